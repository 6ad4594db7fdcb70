// What iterations and children say that their steps came to, held against the steps themselves as their own events tell them;
// what a further try keeps, and what begins again, is counted as it was said.

import { type StepDefinition } from '../../src/core/definition/model.ts';
import { type RunEvent } from '../../src/core/run/events.ts';
import { type FoldedRun } from './folded.ts';
import { type History } from './history.ts';

const LETTERS: Readonly<Record<string, string>> = {
  NOT_CREATED: 'n',
  PAUSED: 'p',
  WAITING_FOR_SIGNALS: 'w',
  WAITING_FOR_PERMITS: 'q',
  RUNNING: 'r',
  RETRY_PENDING: 't',
  SUCCEEDED: 's',
  COMPLETED_WITH_ERROR: 'e',
  SKIPPED: 'k',
  UNSATISFIED: 'u',
  FAILED: 'f',
  STOPPED: 'x',
  TIMED_OUT: 'o',
};

/** Says what is wrong with what was counted. */
export function checkLeaves({ events }: History, runs: readonly FoldedRun[]): readonly string[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return runs.flatMap((run) => {
    const follow: Following = { run, byId, said: new Map(), attempts: new Map(), children: new Map() };
    const wrong = (events.get(run.id) ?? []).flatMap(({ event }) => takeEvent(follow, event as RunEvent));
    return [...wrong, ...[...follow.said].flatMap(([id, leaves]) => checkIteration(byId.get(id), leaves))];
  });
}

/** A run, and what its iterations and children have said so far. */
interface Following {
  readonly run: FoldedRun;
  readonly byId: ReadonlyMap<string, FoldedRun>;
  /** By the iteration's id. */
  readonly said: Map<string, string | undefined>;
  /** Of loops, by step. */
  readonly attempts: Map<number, number>;
  /** By step. */
  readonly children: Map<number, string>;
}

function takeEvent(following: Following, event: RunEvent): readonly string[] {
  const { run, byId, said, attempts, children } = following;
  if (event.type === 'LoopStarted') attempts.set(event.step, event.attempt);
  if (event.type === 'ChildCreated') children.set(event.step, event.run);
  if (event.type === 'IterationEnded') said.set(iterationId(run, event, attempts), event.leaves);
  if (event.type === 'IterationsStarted') return checkKept(run, event);
  if (event.type === 'IterationReopened') return takeBack(following, event);
  const child = event.type === 'ChildCounted' ? byId.get(children.get(event.step) ?? '') : undefined;
  return event.type === 'ChildCounted' && child !== undefined ? checkChild(child, event.leaves) : [];
}

function takeBack(
  { run, said, attempts }: Following,
  event: Extract<RunEvent, { type: 'IterationReopened' }>,
): readonly string[] {
  const id = iterationId(run, event, attempts);
  const before = said.get(id);
  said.delete(id);
  return before === event.leaves ? [] : [`${id} takes back another count than it had given`];
}

function iterationId(
  { id, defined }: FoldedRun,
  { step, index }: { readonly step: number; readonly index: number },
  attempts: ReadonlyMap<number, number>,
): string {
  const attempt = attempts.get(step) ?? 1;
  return `${id}/${defined[step]?.id ?? ''}[${String(index)}${attempt === 1 ? '' : `.${String(attempt)}`}]`;
}

/** Steps that are no loops say how they ended, each in its place. */
function checkIteration(iteration: FoldedRun | undefined, leaves = ''): readonly string[] {
  if (iteration === undefined) return [];
  const said = leaves.split('|');
  let slot = 0;
  return iteration.defined.flatMap((step, index) => {
    const own = said[slot];
    slot += widthOf(step);
    const status = iteration.steps[index]?.status ?? '';
    if (isLoop(step) || own === LETTERS[status]) return [];
    return [`${iteration.id} counts its step ${step.id} as ${own ?? 'nothing'}, and it is ${status}`];
  });
}

/** A child of plain steps alone says how many ended how. */
function checkChild({ id, defined, steps }: FoldedRun, leaves: string): readonly string[] {
  if (defined.some((step) => widthOf(step) > 1)) return [];
  const counted = [...leaves.matchAll(/([a-z])([0-9]*)/gu)]
    .flatMap(([, letter = '', count = '']) => Array.from({ length: count === '' ? 1 : Number(count) }, () => letter))
    .sort()
    .join('');
  const wanted = steps.map(({ status }) => LETTERS[status] ?? '?').sort();
  return counted === wanted.join('') ? [] : [`${id} counts ${leaves}, and its steps are ${wanted.join('')}`];
}

/** What is kept is counted once for each iteration, in the place of every step that is no loop. */
function checkKept(run: FoldedRun, event: Extract<RunEvent, { type: 'IterationsStarted' }>): readonly string[] {
  const [first] = innerOf(run.defined[event.step]);
  if (first === undefined || isLoop(first)) return [];
  const counts = [...(event.leaves?.split('|')[0] ?? '').matchAll(/[a-z]([0-9]*)/gu)];
  const counted = counts.reduce((sum, [, count = '']) => sum + (count === '' ? 1 : Number(count)), 0);
  const kept = Object.values(event.keptBad ?? {}).reduce((sum, count) => sum + count, event.kept ?? 0);
  if (counted === kept) return [];
  return [`${run.id} keeps ${String(kept)} iterations and counts the steps of ${String(counted)}`];
}

function widthOf(step: StepDefinition): number {
  if (isLoop(step)) return 1 + innerOf(step).reduce((sum, inner) => sum + widthOf(inner), 0);
  return step.work.kind === 'workflow' && step.work.async !== true ? 2 : 1;
}

function isLoop({ work }: StepDefinition): boolean {
  return 'steps' in work;
}

function innerOf(step: StepDefinition | undefined): readonly StepDefinition[] {
  return step !== undefined && 'steps' in step.work ? step.work.steps : [];
}
