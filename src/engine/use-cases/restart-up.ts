// Restarting a run that a step of another run waits for: the restart begins at the first run around it that goes on, or at the
// outermost, and comes down from there, so that each step picks up the run that begins again (maestro-behaviour §5.5).
//
// 1. The runs may live in different partitions. Here the way up is only read; what is found is judged again by the partition
//    that decides, and refused if it is no longer so.
// 2. Nobody climbs over a step that did not wait, over one that has another run by now, or when the caller says so.

import { graphOf } from '../../core/definition/graph.ts';
import { enclosingPlace, type EntityId, isSameRun, runEntity, type RunPlace, runPlaceOf } from '../../core/ids.ts';
import { type Entry } from '../../core/json.ts';
import { type CommandBody, type RunTarget } from '../../core/partition/command.ts';
import { loopStepOf, type RestartPoint, type StepParamsWish, type Within } from '../../core/run/restart-from.ts';
import { childRunOf, firstCause, isTerminalRun, type ParentStep, type RunState } from '../../core/run/state.ts';
import { type RunView } from '../engine.ts';
import { type RunReader } from './read-runs.ts';

/** Reads the runs on the way. */
type Runs = Pick<RunReader, 'place' | 'view'>;

/** How many workflows may run one within the other. */
const DEEPEST = 10;

/** A restart as a caller wishes it. */
export interface RestartWish {
  readonly run: RunTarget;
  readonly params: readonly Entry[];
  readonly stepParams?: readonly StepParamsWish[];
  readonly from?: RestartPoint;
  /** The step at which it begins is left out. */
  readonly skip?: true;
}

type Restart = Extract<CommandBody, { type: 'RestartRun' }>;

/**
 * What to ask for, and of which run, so that all that waited for the run picks it up again; undefined if nobody waited, or if
 * the run cannot be restarted: then it is asked itself.
 */
export async function restartUp(runs: Runs, wish: RestartWish, actor: string): Promise<Restart | undefined> {
  const asked = await restartable(runs, wish);
  if (asked === undefined) return undefined;
  let found: Restart | undefined;
  let at: RunView = asked;
  const { from, skip } = wish;
  let begins: Omit<Within, 'run'> = { actor, ...(from && { from }), ...(skip && { skip }) };
  for (let depth = 0; depth < DEEPEST; depth++) {
    const top = await topOf(runs, at, begins, actor);
    if (top === undefined || (await goesOnAnew(runs, top.run.state))) return found;
    const parent = await waitingFor(runs, top.run.state);
    if (parent === undefined) return found;
    const within: Within = { ...top.begins, run: runEntity(top.run.state) };
    begins = { actor, from: { kind: 'STEP', step: parent.stepId, within } };
    found = {
      type: 'RestartRun',
      run: targetOf(parent.run.state),
      params: [],
      ...(begins.from && { from: begins.from }),
    };
    if (!isTerminalRun(parent.run.state.status)) return found;
    at = parent.run;
  }
  return found;
}

/** The run that is meant, if it can be restarted as it is wished. */
async function restartable(
  runs: Runs,
  { run, params, stepParams = [], from }: RestartWish,
): Promise<RunView | undefined> {
  const place = await runs.place(run);
  const view = place && (await runs.view(place));
  const isGiven = params.length + stepParams.length > 0;
  if (view === undefined || !isTerminalRun(view.state.status) || view.state.superseded) return undefined;
  const isRefused = (run.path !== undefined && isGiven) || !canBeginAt(view, from);
  return isRefused ? undefined : view;
}

/** A step that is not there is refused before anything begins. */
function canBeginAt({ definition }: RunView, from: RestartPoint | undefined): boolean {
  return from?.kind !== 'STEP' || definition.steps.some(({ id }) => id === from.step);
}

/** Whether a run was started again since, and goes on: what it keeps of this attempt is judged there. */
async function goesOnAnew(runs: Runs, { workflowId, number, superseded }: RunState): Promise<boolean> {
  const newest = superseded ? await runs.place({ workflowId, number }) : undefined;
  const view = newest && (await runs.view(newest));
  return view !== undefined && !isTerminalRun(view.state.status);
}

/** The run in which an iteration stands, if all around it is over, with where that begins for it. */
async function topOf(
  runs: Runs,
  view: RunView,
  begins: Omit<Within, 'run'>,
  actor: string,
): Promise<{ readonly run: RunView; readonly begins: Omit<Within, 'run'> } | undefined> {
  let found: { readonly run: RunView; readonly begins: Omit<Within, 'run'> } = { run: view, begins };
  for (;;) {
    const { state } = found.run;
    if (!isTerminalRun(state.status)) return undefined;
    const around = enclosingPlace(state);
    if (around === undefined) return found;
    const outer = await runs.view(around);
    if (outer === undefined) return undefined;
    const within: Within = { ...found.begins, run: runEntity(state) };
    found = { run: outer, begins: { actor, from: { kind: 'STEP', step: loopStepOf(state.path ?? ''), within } } };
  }
}

/** The run, or the iteration, whose step waited for a run and still has it, in the newest attempt. */
async function waitingFor(
  runs: Runs,
  child: RunState,
): Promise<{ readonly run: RunView; readonly stepId: string } | undefined> {
  const cause = firstCause(child.cause);
  if (cause.kind !== 'WORKFLOW') return undefined;
  for (const place of await placesOf(runs, cause.parent)) {
    const run = await runs.view(place);
    if (run !== undefined && waits(run, cause.parent, runEntity(child))) return { run, stepId: cause.parent.stepId };
  }
  return undefined;
}

/** Where the step may be: in the newest attempt, or in the one that started the run. */
async function placesOf(runs: Runs, { run }: ParentStep): Promise<readonly RunPlace[]> {
  const { attempt, ...name } = runPlaceOf(run);
  const newest = await runs.place(name);
  return newest === undefined || newest.attempt === attempt ? [{ ...name, attempt }] : [newest, { ...name, attempt }];
}

function waits({ definition, state }: RunView, { stepId }: ParentStep, child: EntityId): boolean {
  const index = graphOf(definition).indexes.get(stepId);
  const node = index === undefined ? undefined : graphOf(definition).steps[index];
  const has = childRunOf(index === undefined ? undefined : state.steps[index]);
  if (node?.step.work.kind !== 'workflow' || has === undefined || !isSameRun(has, child)) return false;
  // An iteration of an attempt that was restarted may be kept by the newest: that is judged where it is decided.
  const isOld = state.superseded && state.path === undefined;
  return !isOld && !node.isFinal && node.step.work.async !== true;
}

function targetOf({ workflowId, number, attempt, path }: RunState): RunTarget {
  return { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
}
