// Runs: each ends once and for good (I2), what ran agrees with the ledger (I5, I6), and strategies hold (I7).

import { type Dispatch, type FoldedRun } from './folded.ts';
import { type History, type PlacedCommit, placeText } from './history.ts';
import { type Ledger, type LedgerLine } from './ledger.ts';

/** Says what is wrong with runs. `mayRepeat`: faults explain that an attempt went out again. */
export function checkRuns(
  history: History,
  runs: readonly FoldedRun[],
  {
    ledger,
    mayRepeat,
    troubled,
  }: { readonly ledger: Ledger; readonly mayRepeat: boolean; readonly troubled: ReadonlySet<string> },
): readonly string[] {
  return [
    ...runs.flatMap((run) => run.wrong),
    ...runs
      .filter((run) => run.endedIn === undefined)
      .map((run) => `stuck: ${run.id} is ${run.status}, steps ${run.steps.map(({ status }) => status).join(' ')}`),
    ...checkLedger(runs, ledger.lines),
    ...checkRepeats(runs, mayRepeat, troubled),
    ...checkLimits(history, runs),
  ];
}

function checkLedger(runs: readonly FoldedRun[], lines: readonly LedgerLine[]): readonly string[] {
  const wrong: string[] = [];
  const dispatches = new Map(runs.flatMap((run) => run.dispatches).map((dispatch) => [dispatch.token, dispatch]));
  const begins = new Map<string, LedgerLine>();
  const ends = new Map<string, LedgerLine>();
  for (const line of lines) {
    const known = line.what === 'begin' ? begins : ends;
    if (known.has(line.token)) wrong.push(`I6: ${line.attemptId} had two ${line.what}s with one token`);
    known.set(line.token, line);
    wrong.push(...checkAsked(line, dispatches.get(line.token)));
  }
  for (const { id, succeeded } of runs) {
    for (const { step, token } of succeeded) {
      if (!begins.has(token) || ends.get(token)?.outcome !== 'succeeded') {
        wrong.push(`I6: ${id} step ${step} succeeded, and the ledger does not know of it`);
      }
    }
  }
  return [...wrong, ...runs.flatMap((run) => checkOrder(run, begins, ends))];
}

/** What runs was asked for, by a commit that was durable by then. */
function checkAsked(line: LedgerLine, dispatch: Dispatch | undefined): readonly string[] {
  const isAsked = dispatch?.attemptId === line.attemptId && dispatch.host === line.host;
  if (!isAsked) return [`I6: ${line.attemptId} ran as nobody asked`];
  if (line.at >= dispatch.in.appliedAt) return [];
  return [`an effect before it was durable: ${line.attemptId} ran before ${placeText(dispatch.in)}`];
}

/** I5 in the world: work begins after the work that it needs has ended. */
function checkOrder(
  run: FoldedRun,
  begins: ReadonlyMap<string, LedgerLine>,
  ends: ReadonlyMap<string, LedgerLine>,
): readonly string[] {
  /** Steps of an iteration that began again succeed once more: what counts is the last success before. */
  const endOf = (step: string, before: PlacedCommit): number => {
    const all = run.succeeded.filter((success) => success.step === step);
    const first = run.kept.has(step) ? undefined : all[0];
    const { token } = all.findLast((success) => isBy(success.in, before)) ?? first ?? {};
    return token === undefined ? 0 : (ends.get(token)?.at ?? 0);
  };
  return run.dispatches.flatMap(({ attemptId, token, in: placed }) => {
    const begun = begins.get(token)?.at;
    const step = run.defined.find(({ id }) => attemptId.includes(`/${id}/`));
    const early = step?.needs.filter((need) => begun !== undefined && begun < endOf(need.step, placed)) ?? [];
    return early.map((need) => `I5: ${attemptId} began before ${need.step} had ended`);
  });
}

/** Whether a commit is the other one, or stands before it in the same partition. */
function isBy(one: PlacedCommit, other: PlacedCommit): boolean {
  return one.n < other.n || (one.n === other.n && one.i <= other.i);
}

function checkRepeats(
  runs: readonly FoldedRun[],
  mayRepeat: boolean,
  troubled: ReadonlySet<string>,
): readonly string[] {
  return runs.flatMap(({ dispatches }) =>
    dispatches.flatMap(({ attemptId, isAgain }, place) => {
      if (!isAgain) return [];
      const before = dispatches.slice(0, place).findLast((dispatch) => dispatch.attemptId === attemptId);
      const isExplained = mayRepeat || (before !== undefined && troubled.has(before.host));
      return isExplained ? [] : [`I6: ${attemptId} went out again and no fault explains it`];
    }),
  );
}

/** I7: at every start, no more runs of a workflow go on than its strategy allows at that point of the log. */
function checkLimits({ commits }: History, runs: readonly FoldedRun[]): readonly string[] {
  const wrong: string[] = [];
  const byId = new Map(runs.map((run) => [run.id, run]));
  const going = new Map<string, Set<string>>();
  const limits = new Map<string, number>();
  for (const placed of commits) {
    for (const { entity, event } of placed.commit.events) {
      const run = byId.get(entity);
      if (event.type === 'QueueLimited') limits.set(event.workflowId, event.limit);
      if (run === undefined) continue;
      const together = going.get(run.workflowId) ?? new Set();
      going.set(run.workflowId, together);
      if (event.type === 'RunEnded') together.delete(entity);
      if (event.type !== 'RunStarted' || run.path !== undefined) continue;
      together.add(entity);
      if (together.size > (limits.get(run.workflowId) ?? 0)) wrong.push(tooMany(run, together.size, placed));
    }
  }
  return wrong;
}

function tooMany(run: FoldedRun, count: number, placed: PlacedCommit): string {
  return `I7: ${String(count)} runs of ${run.workflowId} go on in ${placeText(placed)}`;
}
