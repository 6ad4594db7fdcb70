// Signals and ticks: every signal is judged exactly once by every trigger that listens (I9), every tick fires once or is
// recorded as skipped (I10). Triggers are followed through the log by hand.

import { type JoinTrigger, type SignalTrigger, type TriggerDefinition } from '../../src/core/definition/model.ts';
import { type Entry } from '../../src/core/json.ts';
import { type TriggerVerdict } from '../../src/core/signal/signal.ts';
import { type Instant } from '../../src/core/time.ts';
import { createJoinOracle, type JoinOracle } from './check-joins.ts';
import { createTallies } from './check-tallies.ts';
import { type FoldedRun } from './folded.ts';
import { type History, pair, type PlacedCommit, type PlacedEvent, placeText } from './history.ts';

interface Trigger {
  definition: TriggerDefinition;
  isArmed: boolean;
  isPaused: boolean;
  /** By the signal's name: those with a greater number come for certain. */
  since: ReadonlyMap<string, number>;
  /** For a join: what waits. */
  oracle?: JoinOracle;
}

/** Says what is wrong with signals. */
export function checkSignals(history: History, runs: readonly FoldedRun[]): readonly string[] {
  const triggers = new Map<string, Trigger>();
  const verdicts = new Map<string, Map<string, TriggerVerdict>>();
  const wrong: string[] = [];
  const tallies = createTallies();
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const placed of history.commits) {
    const before = new Map([...triggers].map(([id, trigger]) => [id, { ...trigger }]));
    for (const { entity, event } of placed.commit.events) {
      if (!entity.startsWith('trigger:')) continue;
      follow(triggers, entity, event, byId);
      tallies.follow(entity, event);
    }
    const judged = judgedIn(history, placed);
    if (judged === undefined) continue;
    const { signal, found } = judged;
    const listening = [...before].filter(
      ([id, trigger]) => hears(trigger, judged) && isIn(history, id, placed.partition),
    );
    const known = verdicts.get(signal) ?? new Map<string, TriggerVerdict>();
    verdicts.set(signal, known);
    for (const verdict of found) {
      if (known.has(verdict.trigger)) wrong.push(`I9: ${verdict.trigger} judged ${signal} twice`);
      known.set(verdict.trigger, verdict);
      wrong.push(...checkVerdict(verdict, { trigger: before.get(verdict.trigger), judged, placed }));
    }
    for (const [id] of listening)
      if (!known.has(id)) wrong.push(`I9: ${id} listened and did not judge ${signal} in ${placeText(placed)}`);
  }
  return [
    ...wrong,
    ...tallies.wrong(history),
    ...checkPublications(history, triggers, verdicts),
    ...checkStarts(runs, verdicts),
  ];
}

function follow(
  triggers: Map<string, Trigger>,
  id: string,
  event: PlacedEvent['event'],
  runs: ReadonlyMap<string, FoldedRun>,
): void {
  const trigger = triggers.get(id);
  if (event.type === 'TriggerArmed') triggers.set(id, armed(id, event, trigger, runs));
  if (trigger === undefined) return;
  if (event.type === 'TriggerDisarmed') {
    Object.assign(trigger, { isArmed: false, since: new Map() });
    trigger.oracle?.drop();
  }
  if (event.type === 'TriggerListening') {
    const name = event.name ?? namesOf(trigger.definition)[0] ?? '';
    trigger.since = new Map([...trigger.since, [name, event.since]]);
  }
  if (event.type === 'TriggerPaused') trigger.isPaused = true;
  if (event.type === 'TriggerResumed') trigger.isPaused = false;
}

function armed(
  id: string,
  { definition, paused }: Extract<PlacedEvent['event'], { type: 'TriggerArmed' }>,
  trigger: Trigger | undefined,
  runs: ReadonlyMap<string, FoldedRun>,
): Trigger {
  const names = namesOf(definition);
  const isSame = trigger?.isArmed === true && isJoin(trigger.definition) === isJoin(definition);
  const since = new Map([...(isSame ? trigger.since : [])].filter(([name]) => names.includes(name)));
  const oracle = isJoin(definition) ? { oracle: oracleFor(id, definition, trigger, runs) } : {};
  return { definition, isArmed: true, isPaused: paused, since, ...oracle };
}

/** What waits goes on waiting while the signals, their names and keys are the same. */
function oracleFor(
  id: string,
  definition: JoinTrigger,
  before: Trigger | undefined,
  runs: ReadonlyMap<string, FoldedRun>,
): JoinOracle {
  const isSame =
    before !== undefined && isJoin(before.definition) && shapeOf(before.definition) === shapeOf(definition);
  const next = createJoinOracle(id, definition, runs);
  if (isSame && before.oracle !== undefined) next.takeOver(before.oracle);
  return next;
}

function shapeOf({ kind, count, slots, within }: JoinTrigger): string {
  const words = slots.map(({ as, signal, joinOn }) => `${as} ${signal} ${joinOn.join(' ')}`);
  return `${kind} ${String(count)} ${words.join(', ')} ${String(within === undefined)}`;
}

function isJoin(definition: TriggerDefinition): definition is JoinTrigger {
  return 'slots' in definition;
}

function namesOf(definition: TriggerDefinition): readonly string[] {
  if (isJoin(definition)) return definition.slots.map(({ signal }) => signal);
  return 'signal' in definition ? [definition.signal] : [];
}

/** What the triggers of a partition made of one signal. */
interface Judged {
  readonly name: string;
  readonly sequence: number;
  readonly signal: string;
  readonly params: readonly Entry[];
  readonly occurredAt: Instant;
  readonly found: readonly TriggerVerdict[];
}

/** What the triggers of a partition made of a signal in this commit, if it took one. */
function judgedIn({ sent }: History, { partition, commit }: PlacedCommit): Judged | undefined {
  const { in: place } = commit;
  if (place === undefined) return undefined;
  const message = sent.get(pair(place.from, partition))?.[place.sequence - 1]?.message;
  if (message?.type !== 'SignalArrived') return undefined;
  const found = commit.out.flatMap((out) => (out.message.type === 'VerdictsReached' ? out.message.verdicts : []));
  const { name, sequence, signal, params, occurredAt = commit.at } = message;
  return { name, sequence, signal, params, occurredAt, found };
}

function checkVerdict(
  verdict: TriggerVerdict,
  {
    trigger,
    judged,
    placed,
  }: { readonly trigger: Trigger | undefined; readonly judged: Judged; readonly placed: PlacedCommit },
): readonly string[] {
  if (trigger === undefined || namesOf(trigger.definition).length === 0)
    return [`I9: ${verdict.trigger} judged in ${placeText(placed)} and was not armed`];
  const { definition, isPaused, oracle } = trigger;
  if (oracle !== undefined && !isPaused)
    return oracle.judge({ ...judged, rows: rowsOf(judged.params), at: placed.commit.at }, verdict);
  const taken =
    definition.kind === 'absent'
      ? 'HEARD'
      : isKept(definition, verdict.trigger, { judged, placed })
        ? 'PENDING'
        : 'STARTED';
  const expected = isPaused ? 'PAUSED' : 'where' in definition && isMet(definition, judged.params) ? taken : 'UNMET';
  return verdict.verdict === expected
    ? []
    : [`I9: ${verdict.trigger} said ${verdict.verdict} and not ${expected} in ${placeText(placed)}`];
}

/** A signal that is folded waits, unless its run starts with it. */
function isKept(
  definition: TriggerDefinition,
  trigger: string,
  { judged, placed }: { readonly judged: Judged; readonly placed: PlacedCommit },
): boolean {
  if (definition.kind !== 'signal' || definition.fold === undefined) return false;
  const taken = placed.commit.events.flatMap(({ entity, event }) =>
    entity === trigger && event.type === 'SignalsJoined' ? event.signals : [],
  );
  return !taken.some((one) => one === judged.signal);
}

function rowsOf(params: readonly Entry[]): number {
  return Number(params.find(({ name }) => name === 'rows')?.value);
}

function isMet({ where }: Pick<SignalTrigger, 'where'>, params: readonly Entry[]): boolean {
  const rows = rowsOf(params);
  return where.every(({ param, operator, operand }) => {
    if (param !== 'rows') return false;
    return operator === '==' ? rows === operand : operator === '>=' && rows >= Number(operand);
  });
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
          `I9: ${trigger} listens to ${name} since ${String(known.since.get(name))} and never heard of number ${String(sequence)}`,
        );
      }
    }
  }
  const deaf = [...triggers].filter(([, trigger]) => isUnheard(trigger));
  return [...wrong, ...deaf.map(([trigger]) => `I9: ${trigger} never began to listen`)];
}

function isUnheard({ definition, isArmed, since }: Trigger): boolean {
  return isArmed && namesOf(definition).some((name) => !since.has(name));
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
  const folded = new Set<string>(runs.filter(({ cause }) => cause === 'FOLD').map(({ id }) => id));
  const wrong: string[] = [];
  for (const { id, cause } of runs) {
    if (!cause.includes(' ')) continue;
    if (caused.has(cause)) wrong.push(`I9: ${id} and ${caused.get(cause) ?? ''} have one cause: ${cause}`);
    caused.set(cause, id);
  }
  for (const [signal, known] of verdicts) {
    for (const verdict of known.values()) {
      if (verdict.verdict !== 'STARTED' || folded.has(verdict.run)) continue;
      const cause = `${signal.slice('signal:'.length)} ${verdict.trigger.slice('trigger:'.length)}`;
      if (caused.get(cause) !== verdict.run)
        wrong.push(`I9: ${verdict.trigger} started ${verdict.run}, which does not know of ${signal}`);
      caused.delete(cause);
    }
  }
  return [...wrong, ...[...caused].map(([cause, id]) => `I9: ${id} was started by ${cause}, who does not know of it`)];
}

/** A trigger hears every signal of its names with a greater number than that from which on it listens, and no other. */
function hears({ isArmed, since }: Trigger, { name, sequence }: Pick<Judged, 'name' | 'sequence'>): boolean {
  const from = since.get(name);
  return isArmed && from !== undefined && sequence > from;
}

function isIn({ events }: History, entity: string, partition: number): boolean {
  return events.get(entity)?.[0]?.in.partition === partition;
}
