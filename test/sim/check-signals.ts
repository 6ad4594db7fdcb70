// Signals and ticks: every signal is judged exactly once by every trigger that listens (I9), every tick fires once or is
// recorded as skipped (I10). Triggers are followed through the log by hand.

import { type SignalTrigger, type TriggerDefinition } from '../../src/core/definition/model.ts';
import { type Entry } from '../../src/core/json.ts';
import { type TriggerVerdict } from '../../src/core/signal/signal.ts';
import { type FoldedRun } from './folded.ts';
import { type History, pair, type PlacedCommit, type PlacedEvent, placeText } from './history.ts';

interface Trigger {
  definition: TriggerDefinition;
  isArmed: boolean;
  isPaused: boolean;
  /** Signals with a greater number come for certain. */
  since: number | undefined;
}

/** Says what is wrong with signals. */
export function checkSignals(history: History, runs: readonly FoldedRun[]): readonly string[] {
  const triggers = new Map<string, Trigger>();
  const verdicts = new Map<string, Map<string, TriggerVerdict>>();
  const wrong: string[] = [];
  for (const placed of history.commits) {
    const before = new Map([...triggers].map(([id, trigger]) => [id, { ...trigger }]));
    for (const { entity, event } of placed.commit.events)
      if (entity.startsWith('trigger:')) follow(triggers, entity, event);
    const judged = judgedIn(history, placed);
    if (judged === undefined) continue;
    const { signal, params, found } = judged;
    const listening = [...before].filter(
      ([id, trigger]) => hears(trigger, judged) && isIn(history, id, placed.partition),
    );
    const known = verdicts.get(signal) ?? new Map<string, TriggerVerdict>();
    verdicts.set(signal, known);
    for (const verdict of found) {
      if (known.has(verdict.trigger)) wrong.push(`I9: ${verdict.trigger} judged ${signal} twice`);
      known.set(verdict.trigger, verdict);
      wrong.push(...checkVerdict(verdict, { trigger: before.get(verdict.trigger), params, placed }));
    }
    for (const [id] of listening)
      if (!known.has(id)) wrong.push(`I9: ${id} listened and did not judge ${signal} in ${placeText(placed)}`);
  }
  return [...wrong, ...checkPublications(history, triggers, verdicts), ...checkStarts(runs, verdicts)];
}

function follow(triggers: Map<string, Trigger>, id: string, event: PlacedEvent['event']): void {
  const trigger = triggers.get(id);
  if (event.type === 'TriggerArmed') {
    const isSame =
      trigger?.definition.kind === 'signal' &&
      event.definition.kind === 'signal' &&
      trigger.definition.signal === event.definition.signal;
    const since = isSame && trigger.isArmed ? trigger.since : undefined;
    triggers.set(id, { definition: event.definition, isArmed: true, isPaused: event.paused, since });
  }
  if (trigger === undefined) return;
  if (event.type === 'TriggerDisarmed') Object.assign(trigger, { isArmed: false, since: undefined });
  if (event.type === 'TriggerListening') trigger.since = event.since;
  if (event.type === 'TriggerPaused') trigger.isPaused = true;
  if (event.type === 'TriggerResumed') trigger.isPaused = false;
}

/** What the triggers of a partition made of one signal. */
interface Judged {
  readonly name: string;
  readonly sequence: number;
  readonly signal: string;
  readonly params: readonly Entry[];
  readonly found: readonly TriggerVerdict[];
}

/** What the triggers of a partition made of a signal in this commit, if it took one. */
function judgedIn({ sent }: History, { partition, commit }: PlacedCommit): Judged | undefined {
  const { in: place } = commit;
  if (place === undefined) return undefined;
  const message = sent.get(pair(place.from, partition))?.[place.sequence - 1]?.message;
  if (message?.type !== 'SignalArrived') return undefined;
  const found = commit.out.flatMap((out) => (out.message.type === 'VerdictsReached' ? out.message.verdicts : []));
  const { name, sequence, signal, params } = message;
  return { name, sequence, signal, params, found };
}

function checkVerdict(
  verdict: TriggerVerdict,
  {
    trigger,
    params,
    placed,
  }: { readonly trigger: Trigger | undefined; readonly params: readonly Entry[]; readonly placed: PlacedCommit },
): readonly string[] {
  if (trigger?.definition.kind !== 'signal')
    return [`I9: ${verdict.trigger} judged in ${placeText(placed)} and was not armed`];
  const expected = trigger.isPaused ? 'PAUSED' : isMet(trigger.definition, params) ? 'STARTED' : 'UNMET';
  return verdict.verdict === expected
    ? []
    : [`I9: ${verdict.trigger} said ${verdict.verdict} and not ${expected} in ${placeText(placed)}`];
}

function isMet({ where }: SignalTrigger, params: readonly Entry[]): boolean {
  const rows = Number(params.find(({ name }) => name === 'rows')?.value);
  return where.every((clause) => clause.param === 'rows' && clause.operator === '>=' && rows >= Number(clause.operand));
}

/** Every published signal: numbered without a gap, answered by all who were asked, judged by all who listen still. */
function checkPublications(
  { events, commits }: History,
  triggers: ReadonlyMap<string, Trigger>,
  verdicts: ReadonlyMap<string, ReadonlyMap<string, TriggerVerdict>>,
): readonly string[] {
  const wrong: string[] = [];
  const last = new Map<string, number>();
  for (const { event } of commits.flatMap(({ commit }) => commit.events)) {
    if (event.type !== 'SignalPublished') continue;
    const { id, name, sequence } = event;
    if (sequence !== (last.get(name) ?? 0) + 1) wrong.push(`${id} is number ${String(sequence)} of ${name}`);
    last.set(name, sequence);
    wrong.push(...checkAnswers(event, events.get(id) ?? []));
    for (const [trigger, known] of triggers) {
      if (hears(known, event) && verdicts.get(id)?.has(trigger) !== true) {
        wrong.push(
          `I9: ${trigger} listens to ${name} since ${String(known.since)} and never heard of number ${String(sequence)}`,
        );
      }
    }
  }
  const deaf = [...triggers].filter(([, trigger]) => isUnheard(trigger));
  return [...wrong, ...deaf.map(([trigger]) => `I9: ${trigger} never began to listen`)];
}

function isUnheard({ definition, isArmed, since }: Trigger): boolean {
  return isArmed && definition.kind === 'signal' && since === undefined;
}

function checkAnswers(
  { id, awaited }: Extract<PlacedEvent['event'], { type: 'SignalPublished' }>,
  later: readonly PlacedEvent[],
): readonly string[] {
  const answered = later.flatMap(({ event }) => (event.type === 'VerdictsReceived' ? [event.partition] : []));
  if ([...answered].sort().join(' ') === [...awaited].sort().join(' ')) return [];
  return [`I9: ${id} awaited verdicts of ${awaited.join(' ')} and got those of ${answered.join(' ')}`];
}

/** What started runs, and what runs say that started them, are one to one. */
function checkStarts(
  runs: readonly FoldedRun[],
  verdicts: ReadonlyMap<string, ReadonlyMap<string, TriggerVerdict>>,
): readonly string[] {
  const caused = new Map<string, string>();
  const wrong: string[] = [];
  for (const { id, cause } of runs) {
    if (!cause.includes(' ')) continue;
    if (caused.has(cause)) wrong.push(`I9: ${id} and ${caused.get(cause) ?? ''} have one cause: ${cause}`);
    caused.set(cause, id);
  }
  for (const [signal, known] of verdicts) {
    for (const verdict of known.values()) {
      if (verdict.verdict !== 'STARTED') continue;
      const cause = `${signal.slice('signal:'.length)} ${verdict.trigger.slice('trigger:'.length)}`;
      if (caused.get(cause) !== verdict.run)
        wrong.push(`I9: ${verdict.trigger} started ${verdict.run}, which does not know of ${signal}`);
      caused.delete(cause);
    }
  }
  return [...wrong, ...[...caused].map(([cause, id]) => `I9: ${id} was started by ${cause}, who does not know of it`)];
}

/** A trigger hears every signal of its name with a greater number than that from which on it listens, and no other. */
function hears(
  { definition, isArmed, since }: Trigger,
  { name, sequence }: Pick<Judged, 'name' | 'sequence'>,
): boolean {
  return (
    isArmed && definition.kind === 'signal' && definition.signal === name && since !== undefined && sequence > since
  );
}

function isIn({ events }: History, entity: string, partition: number): boolean {
  return events.get(entity)?.[0]?.in.partition === partition;
}
