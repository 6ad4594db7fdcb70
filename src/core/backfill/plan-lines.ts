// From keys and the runs that are there to the lines of a plan; and what changed between two plans of the same wish.

import { type Entry, entryOf, type Json } from '../json.ts';
import { sameJson } from '../params/same-json.ts';
import { isTerminalRun, type RunStatus } from '../run/state.ts';
import { type Instant } from '../time.ts';
import { type BackfillPlan, type Redo } from './backfill.ts';
import { type LineVerdict, type PlannedLine, type SeenRun } from './lines.ts';

/** What a line stands for. */
export type LineKey = Pick<PlannedLine, 'scheduledFor' | 'params'>;

/** What is needed of a run to know whether it is of a key. */
export interface KeyedRun {
  readonly number: number;
  readonly attempt: number;
  readonly status: RunStatus;
  readonly scheduledFor?: Instant;
  readonly params?: readonly Entry[];
}

/** Whether a run is for a key: for its time or, where it has none, with its parameters. */
export function isOfKey(run: Pick<KeyedRun, 'scheduledFor' | 'params'>, key: LineKey): boolean {
  if (key.scheduledFor !== undefined) return run.scheduledFor === key.scheduledFor;
  return (key.params ?? []).every(({ name, value }) => {
    const has = entryOf(run.params ?? [], name);
    return has !== undefined && sameJson(has, value);
  });
}

/** A key as text: the same for the same key alone. */
export function keyText({ scheduledFor, params = [] }: LineKey): string {
  if (scheduledFor !== undefined) return new Date(scheduledFor).toISOString();
  const entries = [...params].sort((one, other) => (one.name < other.name ? -1 : 1));
  return JSON.stringify(entries.map(({ name, value }): Json => [name, value]));
}

/** The lines of keys in their order, judged by the runs that are there. */
export function planLines(keys: readonly LineKey[], runs: readonly KeyedRun[], redo: Redo): readonly PlannedLine[] {
  const byTime = new Map<Instant, KeyedRun[]>();
  for (const run of runs) {
    if (run.scheduledFor === undefined) continue;
    const known = byTime.get(run.scheduledFor);
    if (known === undefined) byTime.set(run.scheduledFor, [run]);
    else known.push(run);
  }
  return keys.map((key) => {
    const of =
      key.scheduledFor === undefined ? runs.filter((run) => isOfKey(run, key)) : (byTime.get(key.scheduledFor) ?? []);
    return { ...key, ...judged(of, redo) };
  });
}

/** A run that is not over decides, else the newest one. */
function judged(runs: readonly KeyedRun[], redo: Redo): Pick<PlannedLine, 'verdict' | 'seen'> {
  const newestFirst = [...runs].sort((one, other) => other.number - one.number);
  const going = newestFirst.find(({ status }) => !isTerminalRun(status));
  if (going !== undefined) return { verdict: 'CONFLICT', seen: seenOf(going) };
  const [newest] = newestFirst;
  if (newest === undefined) return { verdict: 'NEW' };
  const isWanted = redo === 'ALL' || (redo === 'FAILED' && newest.status !== 'SUCCEEDED');
  return { verdict: isWanted ? 'REDO' : 'SKIP', seen: seenOf(newest) };
}

function seenOf({ number, attempt, status }: KeyedRun): SeenRun {
  return { number, attempt, status };
}

/** How many lines have which verdict. */
export function countVerdicts(lines: readonly PlannedLine[]): BackfillPlan['verdicts'] {
  const counts = { NEW: 0, REDO: 0, SKIP: 0, CONFLICT: 0 };
  for (const { verdict } of lines) counts[verdict] += 1;
  return counts;
}

/** Everything that a plan promises and saw, as text: what its hash is made of. */
export function planText(
  plan: Omit<BackfillPlan, 'hash' | 'estimate' | 'total' | 'verdicts'>,
  lines: readonly PlannedLine[],
): string {
  const { version, source, params, redo, order, concurrency, stopAfterFailures } = plan;
  return JSON.stringify([
    version,
    source.kind === 'TICKS'
      ? [source.trigger ?? null, source.schedule.params.map(({ name, value }) => [name, value])]
      : [],
    params.map(({ name, value }) => [name, value]),
    [redo, order, concurrency, stopAfterFailures ?? null],
    lines.map((line) => [keyText(line), line.verdict, line.seen?.number ?? 0, line.seen?.attempt ?? 0]),
  ]);
}

/** One line that is different now. */
export interface LineDifference {
  readonly key: LineKey;
  /** Absent: it was not in the plan. */
  readonly before?: Pick<PlannedLine, 'verdict' | 'seen'>;
  /** Absent: it would not be in it any more. */
  readonly after?: Pick<PlannedLine, 'verdict' | 'seen'>;
}

/** The lines that differ between two plans, those of the newer one in its order first. */
export function lineDifferences(
  before: readonly PlannedLine[],
  after: readonly PlannedLine[],
): readonly LineDifference[] {
  const known = new Map(before.map((line) => [keyText(line), line]));
  const changed = after.flatMap((line): readonly LineDifference[] => {
    const old = known.get(keyText(line));
    known.delete(keyText(line));
    if (old === undefined) return [{ key: keyOf(line), after: line }];
    return isSame(old, line) ? [] : [{ key: keyOf(line), before: old, after: line }];
  });
  return [...changed, ...[...known.values()].map((line) => ({ key: keyOf(line), before: line }))];
}

function isSame(one: PlannedLine, other: PlannedLine): boolean {
  return (
    one.verdict === other.verdict &&
    one.seen?.number === other.seen?.number &&
    one.seen?.attempt === other.seen?.attempt
  );
}

function keyOf({ scheduledFor, params }: LineKey): LineKey {
  return { ...(scheduledFor === undefined ? {} : { scheduledFor }), ...(params === undefined ? {} : { params }) };
}

/** The words for a verdict, in a sentence that begins with the line. */
export function verdictText(verdict: LineVerdict, seen: SeenRun | undefined): string {
  const run = seen === undefined ? '' : `run ${String(seen.number)} ${STATUS_WORDS[seen.status]}`;
  switch (verdict) {
    case 'NEW':
      return 'has no run yet';
    case 'REDO':
      return `is done again: ${run}`;
    case 'SKIP':
      return `is left out: ${run}`;
    case 'CONFLICT':
      return `is left out: ${run}, and is not over`;
  }
}

const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  QUEUED: 'waits',
  RUNNING: 'is running',
  PAUSED: 'is paused',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  STOPPED: 'was stopped',
  TIMED_OUT: 'timed out',
};
