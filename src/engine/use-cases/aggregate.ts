// A run over its restarts (maestro-behaviour §5.10): each step in the newest attempt of the run in which it came to something,
// and what all of them come to together.

import { graphOf } from '../../core/definition/graph.ts';
import { type RunPlace, runPlaceOf } from '../../core/ids.ts';
import { type RunState, type RunStatus, type StepState } from '../../core/run/state.ts';
import { type AggregatedRun, type AggregatedStep, type ViewedRun } from '../views.ts';

/** How many attempts of a run are looked at, from the newest back. */
const MOST_ATTEMPTS = 50;

/** Puts together what the attempts of a run came to; `earlier` reads an attempt of the same run. */
export async function aggregate(
  { state, definition }: ViewedRun,
  earlier: (place: RunPlace) => Promise<RunState | undefined>,
): Promise<AggregatedRun> {
  const attempts = [state];
  for (let newest = state; beginsMidway(newest) && newest.attempt > 1 && attempts.length < MOST_ATTEMPTS;) {
    const before = await earlier({ ...placeOf(newest), attempt: newest.attempt - 1 });
    if (before === undefined) break;
    attempts.push(before);
    newest = before;
  }
  const { steps } = graphOf(definition);
  return {
    status: statusOf(attempts),
    steps: steps.map(({ step, index }) => stepOver(attempts, { stepId: step.id, index })),
  };
}

/** Whether a restart or a fork let it go on with what was done before. */
function beginsMidway({ cause, path }: RunState): boolean {
  return path === undefined && cause.kind === 'RESTART' && cause.from !== undefined;
}

function stepOver(
  attempts: readonly RunState[],
  { stepId, index }: { readonly stepId: string; readonly index: number },
): AggregatedStep {
  const ran = attempts.find(({ steps }) => cameToSomething(steps[index])) ?? attempts[0];
  const step = ran?.steps[index];
  if (ran === undefined || step === undefined) throw new Error(`${stepId} is in no attempt of its run`);
  const { status, startedAt, endedAt } = step;
  return {
    stepId,
    status,
    ranIn: ranIn(ran, step),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

function cameToSomething(step: StepState | undefined): boolean {
  return step !== undefined && step.status !== 'NOT_CREATED';
}

/** What a restart or a fork kept ran where it says; all else in the attempt at hand. */
function ranIn(run: RunState, { attempts, keptFrom, keptFromRun }: StepState): RunPlace {
  if (keptFrom === undefined || attempts.length > 0) return placeOf(run);
  return keptFromRun === undefined ? { ...placeOf(run), attempt: keptFrom } : runPlaceOf(keptFromRun);
}

/** What the attempts come to together, the newest first: a good end does not hide what went wrong in a step it left out. */
function statusOf([newest, ...before]: readonly RunState[]): RunStatus {
  if (newest === undefined) throw new Error('a run has an attempt');
  if (newest.status !== 'SUCCEEDED' || before.length === 0) return newest.status;
  const all = [newest, ...before];
  const statuses = newest.steps.map(
    (_, index) => all.find(({ steps }) => cameToSomething(steps[index]))?.steps[index]?.status,
  );
  for (const bad of ['FAILED', 'TIMED_OUT', 'STOPPED'] as const) if (statuses.includes(bad)) return bad;
  return statuses.includes(undefined) ? statusOf(before) : newest.status;
}

function placeOf({ workflowId, number, attempt, path }: RunState): RunPlace {
  return { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
}
