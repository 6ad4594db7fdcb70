// A step of a run as the schema shows it.

import { attemptId, type RunPlace } from '../../core/ids.ts';
import { type FileReference, type StepDefinition } from '../../core/definition/model.ts';
import { type StepState, type StepStatus } from '../../core/run/state.ts';
import { type RunView } from '../../engine/engine.ts';
import { type Artifact, type Step, type StepAttempt, type StepPhase } from '../generated/schema.ts';
import { objectOf } from './object.ts';
import { stepId } from './public-id.ts';

/** What the fields of `Step` are resolved from. */
export interface StepSource extends Omit<Step, '__typename' | 'explanation' | 'logTail'> {
  readonly __typename: 'Step';
  readonly place: RunPlace;
}

/** The step of that place in the definition; undefined if there is none. */
export function stepOf(view: RunView, index: number): StepSource | undefined {
  const state = view.state.steps[index];
  const definition = view.definition.steps[index];
  return state === undefined || definition === undefined ? undefined : present(view, state, definition);
}

/** All steps of a run, in the order of the definition. */
export function stepsOf(view: RunView): readonly StepSource[] {
  return view.definition.steps.flatMap((_, index) => stepOf(view, index) ?? []);
}

function present(view: RunView, state: StepState, definition: StepDefinition): StepSource {
  const { workflowId, number, attempt, superseded } = view.state;
  const place = { workflowId, number, attempt };
  return {
    __typename: 'Step',
    id: stepId({ ...place, newest: !superseded }, definition.id),
    place,
    stepId: definition.id,
    name: definition.name,
    kind: definition.work.kind,
    phase: phaseOf(state.status),
    status: state.status,
    needs: definition.needs.map((need) => need.step),
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
    case 'RETRY_PENDING':
      return 'WAITING';
    case 'RUNNING':
      return 'RUNNING';
    case 'SUCCEEDED':
      return 'SUCCEEDED';
    case 'UNSATISFIED':
      return 'SKIPPED';
    case 'FAILED':
    case 'TIMED_OUT':
      return 'FAILED';
    case 'STOPPED':
      return 'STOPPED';
  }
}
