// If this trigger had been different: replays what happened against the triggers of a definition, and compares the runs with those that
// there are. So that it can be trusted it also replays the triggers as they were, and says whether that gives exactly what there is.

import { type Definition } from '../../../core/definition/model.ts';
import { isTimed } from '../../../core/definition/is-timed.ts';
import { moment } from '../../../core/explanation/sentences.ts';
import { type EntityId, signalEntity, workflowEntity } from '../../../core/ids.ts';
import { type Refusal } from '../../../core/refusal.ts';
import { type Result, failed, success } from '../../../core/result.ts';
import { type TriggerVerdict } from '../../../core/signal/signal.ts';
import { type Milliseconds } from '../../../core/time.ts';
import { signalsOf } from '../../../core/trigger/trigger.ts';
import { compareStarts, type Difference, whenOf } from '../../../core/what-if/compare-starts.ts';
import { type Happening, signalsOfStart, timeOf, type TriggerStart } from '../../../core/what-if/past.ts';
import { type KnownPast, knownPast, otherPast, pastWithout } from '../../../core/what-if/pasts.ts';
import { createReplay, type Replay, replayPast } from '../../../core/what-if/replay.ts';
import { type Knowledge, whyDifferent } from '../../../core/what-if/why-different.ts';
import { type Definitions } from '../../definitions.ts';
import { type Outside } from '../../outside.ts';
import { type WhatIfCases, type WhatIfDifference, type WhatIfView, type WhatIfWish } from '../../what-if-cases.ts';
import { readOne } from '../apply-workflow.ts';
import { type Span } from './listed.ts';
import { namedPair, nameOfPair, type PairedTrigger, pairedTriggers } from './paired-triggers.ts';
import { type FactParts, triggerFacts, type TriggerFacts } from './trigger-facts.ts';
import { type WorkflowPast, workflowPast } from './workflow-past.ts';

/** What is asked through. */
export interface WhatIfParts extends FactParts {
  readonly definitions: Definitions;
}

/** For how long others wait at the most. */
const longestTurn: Milliseconds = 10;
const mostWaiting = 8;

/** Creates the use case. Questions are answered one after the other: each may hold a month of signals in memory. */
export function createWhatIf(parts: WhatIfParts): WhatIfCases {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    whatIf: async (wish) => {
      if (waiting >= mostWaiting) return { ok: false, refusals: [tooManyAsk] };
      waiting += 1;
      const answered = last.then(() => answerOf(parts, wish)).finally(() => (waiting -= 1));
      last = answered.catch(() => undefined);
      return answered;
    },
  };
}

const tooManyAsk: Refusal = {
  code: 'LIMIT_EXCEEDED',
  message: `${String(mostWaiting)} questions of this kind are being answered already, one after the other.`,
  path: [],
  hint: 'Ask again in a minute.',
};

async function answerOf(parts: WhatIfParts, wish: WhatIfWish): ReturnType<WhatIfCases['whatIf']> {
  const answer = await ask(parts, wish);
  return answer.ok ? { ok: true, value: answer.value } : { ok: false, refusals: answer.failure };
}

async function ask(parts: WhatIfParts, wish: WhatIfWish): Promise<Result<WhatIfView, readonly Refusal[]>> {
  const read = await readOne(parts, wish.input);
  if (!read.ok) return read;
  const { definition } = read.value;
  const past = await pastOf(parts, definition.id);
  await seenInLists(parts, definition, past);
  // Only now: what the lists show by then lies before it.
  const span = spanOf(wish, parts.node.now() + 1);
  if (!span.ok) return span;
  const pairs = pairedTriggers(definition, inForceWithin(past, span.value), wish.triggers);
  if (!pairs.ok) return pairs;
  const compared: Compared[] = [];
  for (const pair of pairs.value) {
    const facts = await triggerFacts(parts, pair, { workflowId: definition.id, past, span: span.value });
    if (!facts.ok) return facts;
    compared.push(await compare(parts.outside, definition.id, pair, facts.value));
  }
  return success(viewOf({ definition, past, span: span.value }, pairs.value, compared));
}

function spanOf({ from, to = Infinity }: WhatIfWish, now: number): Result<Span, readonly Refusal[]> {
  const end = Math.min(to, now);
  if (from < end) return success({ from, to: end });
  const message = from >= now ? '`from` is still to come.' : '`from` is not earlier than `to`.';
  const hint = 'Ask about a time that lies behind us, such as the last thirty days.';
  return failed([{ code: 'BAD_INPUT', message, path: ['from'], hint }]);
}

async function pastOf(parts: WhatIfParts, workflowId: string): Promise<WorkflowPast | undefined> {
  const partition = parts.node.partitionOf(workflowId);
  const state = (await parts.reader.entity('workflow', workflowEntity(workflowId), partition))?.state;
  return state === undefined ? undefined : workflowPast(parts, partition, state);
}

function inForceWithin(past: WorkflowPast | undefined, { from, to }: Span): readonly Definition[] {
  if (past === undefined) return [];
  return past.versionsWithin(from, to).flatMap((version) => past.definitions.get(version) ?? []);
}

/** The lists are what signals and runs are read from, so they must show all that there is. */
async function seenInLists(
  { reader, node }: WhatIfParts,
  definition: Definition,
  past: WorkflowPast | undefined,
): Promise<void> {
  const triggers = [definition, ...(past?.definitions.values() ?? [])].flatMap((one) => one.triggers);
  const placements = [definition.id, ...triggers.flatMap(signalsOf)];
  const partitions = [...new Set(placements.map((placement) => node.partitionOf(placement)))];
  await reader.projectedTo(await Promise.all(partitions.map((partition) => reader.head(partition))));
}

/** What one pair of triggers comes to. */
interface Compared {
  readonly signals: number;
  readonly isExact: boolean;
  readonly differences: readonly WhatIfDifference[];
  readonly notes: readonly string[];
}

async function compare(
  outside: Outside,
  workflowId: string,
  pair: PairedTrigger,
  known: TriggerFacts,
): Promise<Compared> {
  const { span, runs, signals } = known;
  const { asItWas, other } = await replays(outside, workflowId, pair, known);
  const checked = asItWas === undefined ? [] : compareStarts(runs, within(asItWas.starts, span));
  const differences = compareStarts(runs, within(other?.starts ?? [], span));
  const knowledge: Knowledge = {
    signals: new Map(signals.map((signal) => [signal.id, signal])),
    verdicts: other?.verdicts ?? new Map<EntityId, TriggerVerdict>(),
    isNew: pair.real === undefined,
    ...(pair.changed === undefined ? {} : { changed: pair.changed.trigger }),
  };
  const name = nameOfPair(pair);
  return {
    signals: signals.length,
    isExact: checked.every(({ outcome }) => outcome === 'KEPT'),
    differences: differences.map((one) => shown(one, name, knowledge)),
    notes: [...known.notes, ...notesOn(name, { known, checked, other, pair })],
  };
}

interface Replays {
  readonly asItWas: Replay | undefined;
  readonly other: Replay | undefined;
}

async function replays(
  outside: Outside,
  workflowId: string,
  pair: PairedTrigger,
  known: TriggerFacts,
): Promise<Replays> {
  const real = known.facts === undefined ? undefined : knownPast(known.facts);
  const replayOf = (happenings: readonly Happening[] | undefined): Promise<Replay> | undefined =>
    happenings === undefined
      ? undefined
      : inTurns(outside, replayPast(createReplay(workflowId, real?.sleeps ?? []), happenings, known.span.to));
  return {
    asItWas: await replayOf(real?.happenings),
    other: await replayOf(otherHappenings(pair, known, real)),
  };
}

function otherHappenings(
  { changed }: PairedTrigger,
  known: TriggerFacts,
  real: KnownPast | undefined,
): readonly Happening[] | undefined {
  if (changed === undefined) return undefined;
  const { facts } = known;
  if (facts === undefined || real === undefined) return pastWithout(known.begin, changed, known);
  return otherPast(real, facts, changed);
}

function within<T extends TriggerStart>(starts: readonly T[], { from, to }: Span): readonly T[] {
  return starts.filter((start) => timeOf(start) >= from && timeOf(start) < to);
}

/** Lets others have their turn again and again. */
async function inTurns({ clock }: Outside, replaying: Generator<undefined, Replay, undefined>): Promise<Replay> {
  for (let until = clock.monotonic() + longestTurn; ;) {
    const next = replaying.next();
    if (next.done === true) return next.value;
    if (clock.monotonic() < until) continue;
    await new Promise<void>((resolve) => clock.after(0, resolve));
    until = clock.monotonic() + longestTurn;
  }
}

function shown(difference: Difference, trigger: string, knowledge: Knowledge): WhatIfDifference {
  const why = whyDifferent(difference, knowledge);
  const start = 'real' in difference ? difference.real : difference.replayed;
  const { scheduledFor } = start;
  return {
    outcome: difference.outcome,
    trigger,
    at: whenOf(difference),
    ...(difference.outcome === 'MOVED' ? { wouldBeAt: timeOf(difference.replayed) } : {}),
    ...(scheduledFor === undefined ? {} : { scheduledFor }),
    ...('real' in difference ? { run: difference.real.number } : {}),
    signals: signalsOfStart(start).flatMap((ulid) => {
      const signal = knowledge.signals.get(signalEntity(ulid));
      return signal === undefined ? [] : [{ id: signal.id, name: signal.name, sequence: signal.sequence }];
    }),
    ...(why === undefined ? {} : { why }),
  };
}

interface Told {
  readonly known: TriggerFacts;
  readonly checked: readonly Difference[];
  readonly other: Replay | undefined;
  readonly pair: PairedTrigger;
}

function notesOn(name: string, { known, checked, other, pair }: Told): readonly string[] {
  const notes: string[] = [];
  const off = checked.filter(({ outcome }) => outcome !== 'KEPT').length;
  if (off > 0) {
    notes.push(
      `Replaying ${name} as it really was does not give exactly the runs that there are: ${String(off)} of ${String(checked.length)} differ. What is told of it is near, not exact.`,
    );
  }
  const cut = known.facts?.cutBefore;
  if (cut !== undefined && Number.isFinite(cut)) {
    notes.push(
      `Of ${name} the log is cut before ${moment(cut)}. For the time before, signals are taken in the order of their publication, and pauses from what it made of them.`,
    );
  }
  const refused = other?.refused.filter(({ at }) => at >= known.span.from) ?? [];
  const last = refused.at(-1);
  if (last !== undefined) {
    notes.push(`${String(refused.length)} starts of ${name} would be refused; the last one: ${last.message}`);
  }
  if (pair.changed !== undefined && isNewRhythm(pair, known)) {
    notes.push(`The times of ${name} are counted from ${moment(known.begin)}, since it was not there before.`);
  }
  return notes;
}

/** Whether the times depend on when it was armed, which it never really was. */
function isNewRhythm({ changed }: PairedTrigger, { facts }: TriggerFacts): boolean {
  const trigger = changed?.trigger;
  if (trigger?.kind !== 'every' || trigger.from !== undefined || !isTimed(trigger)) return false;
  const real = facts?.standing?.trigger;
  return real?.kind !== 'every' || real.every !== trigger.every;
}

function viewOf(
  {
    definition,
    past,
    span,
  }: {
    readonly definition: Definition;
    readonly past: WorkflowPast | undefined;
    readonly span: Span;
  },
  pairs: readonly PairedTrigger[],
  compared: readonly Compared[],
): WhatIfView {
  const { createdAt } = past?.state ?? {};
  const isYounger = createdAt !== undefined && createdAt > span.from;
  return {
    workflowId: definition.id,
    from: span.from,
    to: span.to,
    signals: compared.reduce((sum, { signals }) => sum + signals, 0),
    isExact: compared.every(({ isExact }) => isExact),
    triggers: pairs.map(namedPair),
    differences: compared.flatMap(({ differences }) => differences).sort((one, other) => one.at - other.at),
    notes: [
      ...(isYounger
        ? [`${definition.id} is there since ${moment(createdAt)}; triggers that it has are replayed from then on.`]
        : []),
      ...compared.flatMap(({ notes }) => notes),
    ],
  };
}
