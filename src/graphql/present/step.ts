// A step of a run as the schema shows it.

import { graphOf, type GraphStep } from '../../core/definition/graph.ts';
import { type FileReference } from '../../core/definition/model.ts';
import { attemptId, type EntityId, type RunPlace } from '../../core/ids.ts';
import { stepActions } from '../../core/run/actions.ts';
import { isTerminalStep, type StepState, type StepStatus } from '../../core/run/state.ts';
import { type RunView } from '../../engine/engine.ts';
import { type Artifact, type Step, type StepAttempt, type StepPhase } from '../generated/schema.ts';
import { awaitsOf, bypassOf } from './awaited-signal.ts';
import { failureModeOf } from './failure-mode.ts';
import { loopOf } from './iteration.ts';
import { objectOf } from './object.ts';
import { stepParamTraceOf } from './param-trace.ts';
import { placeOf, stepId } from './public-id.ts';

/** What the fields of `Step` are resolved from. */
export interface StepSource extends Omit<
  Step,
  | '__typename'
  | 'breakpoint'
  | 'child'
  | 'explanation'
  | 'flattened'
  | 'iterations'
  | 'logTail'
  | 'nestedSteps'
  | 'permits'
> {
  readonly __typename: 'Step';
  readonly place: RunPlace;
  readonly view: RunView;
  /** Its place in the definition. */
  readonly index: number;
  /** The run that it started. */
  readonly childRun: EntityId | undefined;
}

/** The step of that place in the definition; undefined if there is none. */
export function stepOf(view: RunView, index: number): StepSource | undefined {
  const state = view.state.steps[index];
  const node = graphOf(view.definition).steps[index];
  return state === undefined || node === undefined ? undefined : present(view, state, node);
}

/** All steps of a run, in the order of the definition. */
export function stepsOf(view: RunView): readonly StepSource[] {
  return graphOf(view.definition).steps.flatMap((_, index) => stepOf(view, index) ?? []);
}

/** The step with that id; undefined if there is none. */
export function stepNamed(view: RunView, id: string): StepSource | undefined {
  const index = graphOf(view.definition).indexes.get(id);
  return index === undefined ? undefined : stepOf(view, index);
}

function present(view: RunView, state: StepState, { index, isFinal, step: definition }: GraphStep): StepSource {
  const place = placeOf(view.state);
  const { work } = definition;
  const hasBegun = state.status !== 'NOT_CREATED';
  const isLoop = work.kind === 'foreach' || work.kind === 'while';
  // A step that goes on with what a restart kept has attempts of its own.
  const isKept = isTerminalStep(state.status) && state.attempts.length === 0;
  return {
    __typename: 'Step',
    id: stepId({ ...place, newest: !view.state.superseded }, definition.id),
    place,
    view,
    index,
    childRun: hasBegun ? state.child?.run : undefined,
    isFinal,
    onFailure: failureModeOf(definition),
    keptFrom: isKept ? state.keptFrom : null,
    keptFromRun: isKept ? state.keptFromRun : null,
    paramTrace: stepParamTraceOf(definition, state),
    loop: isLoop && hasBegun && state.loop !== undefined ? loopOf(work, state.loop) : null,
    allowedActions: view.state.quarantine === undefined ? stepActions(view.state, state, isFinal, view.returns) : [],
    stepId: definition.id,
    name: definition.name,
    kind: definition.work.kind,
    phase: phaseOf(state.status),
    status: state.status,
    needs: definition.needs.map((need) => need.step),
    awaits: awaitsOf(state),
    bypass: bypassOf(state),
    attempts: attemptsOf(place, state, definition.id),
    outputs: objectOf(state.outputs),
    artifacts: state.artifacts.map(artifactOf),
    failure: state.failure,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
  };
}

function attemptsOf(place: RunPlace, state: StepState, step: string): readonly StepAttempt[] {
  return state.attempts.map((attempt) => ({
    id: attemptId(place, step, attempt.number),
    number: attempt.number,
    startedAt: attempt.startedAt,
    endedAt: attempt.endedAt,
    failure: attempt.failure,
  }));
}

function artifactOf({ path, hash, size }: FileReference): Artifact {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { path, hash, size: String(size), url: `/artifacts/${hash}?filename=${encodeURIComponent(name)}` };
}

/** The phase of a status: six words that never change. */
export function phaseOf(status: StepStatus): StepPhase {
  switch (status) {
    case 'NOT_CREATED':
    case 'PAUSED':
    case 'WAITING_FOR_SIGNALS':
    case 'WAITING_FOR_PERMITS':
    case 'RETRY_PENDING':
      return 'WAITING';
    case 'RUNNING':
      return 'RUNNING';
    case 'SUCCEEDED':
    case 'COMPLETED_WITH_ERROR':
      return 'SUCCEEDED';
    case 'SKIPPED':
    case 'UNSATISFIED':
      return 'SKIPPED';
    case 'FAILED':
    case 'TIMED_OUT':
      return 'FAILED';
    case 'STOPPED':
      return 'STOPPED';
  }
}
