// What the steps of a run give is kept in its state, and what iterations give in the records of their loop: so each has a bound.
// A step that gives more than there is room for fails and says so; what it gave is not kept.

import { bytesOf, megabytes } from '../bytes.ts';
import { type Failure } from '../failure.ts';
import { type Entry } from '../json.ts';
import { failStep, stepOf } from './ending.ts';
import { type RunEvent } from './events.ts';
import { ITERATIONS_A_RECORD } from './iterations.ts';
import { type StepState } from './state.ts';
import { givenBy } from './step-params.ts';
import { type RunWork } from './work.ts';

/** How many bytes a run may have with what its steps give, or the record of a thousand iterations with what those give. */
export const roomForOutputs = 8_000_000;

/** How many bytes the parameters of a signal may have that a step publishes: it goes to many partitions at once. */
const mostInSignal = 500_000;

/** A failure's sentence is cut to so many characters where there is no room for more. */
const shortSentence = 200;

type Succeeded = Extract<RunEvent, { readonly type: 'StepSucceeded' }>;

/** Whether there is room for what a step gave. If not, the step fails. */
export function hasRoomFor(work: RunWork, { step, outputs = [], artifacts = [] }: Succeeded): boolean {
  if (outputs.length === 0 && artifacts.length === 0) return true;
  const bytes = bytesOf(outputs) + bytesOf(artifacts);
  if (work.hasRoom(bytes)) return true;
  failStep(work, step, noRoomInRun(stepOf(work, step)?.id ?? '', bytes));
  return false;
}

/** The failure of a signal that a step publishes and that is too large; undefined if it is not. */
export function signalTooLarge(step: string, name: string, params: readonly Entry[]): Failure | undefined {
  const bytes = bytesOf(params);
  if (bytes <= mostInSignal) return undefined;
  return {
    kind: 'USER',
    code: 'OUTPUT_LIMIT',
    message: `The parameters of the signal "${name}" of step "${step}" take ${megabytes(bytes)}, and ${megabytes(mostInSignal)} are the most.`,
    hint: 'Keep what is large as an artifact, or in a file, and publish its address.',
    retryable: false,
  };
}

/** The event, with a shorter sentence where a long failure would not fit into the run any more. */
export function shortened(work: RunWork, event: RunEvent): RunEvent {
  const failure = 'failure' in event ? event.failure : undefined;
  if (failure === undefined || failure.message.length <= shortSentence) return event;
  // The attempt and the step both have it.
  if (work.hasRoom(2 * bytesOf(failure))) return event;
  const { hint: _, ...rest } = failure;
  return { ...event, failure: { ...rest, message: `${failure.message.slice(0, shortSentence)}…` } } as RunEvent;
}

/** What the steps of an iteration have given, as the record of their loop has it: those that gave nothing are left out. */
export function givenByAll(
  steps: readonly StepState[],
): readonly { readonly step: number; readonly values: readonly Entry[] }[] {
  return steps.flatMap((step, inner) => {
    const values = givenBy(step);
    return values.length === 0 ? [] : [{ step: inner, values }];
  });
}

/** Why an iteration failed for whose outputs there is no room in a record, beside those of the others. */
export function noRoomInRecord(chunk: number): Failure {
  const first = chunk * ITERATIONS_A_RECORD;
  const last = first + ITERATIONS_A_RECORD - 1;
  return {
    kind: 'USER',
    code: 'OUTPUT_LIMIT',
    message: `The outputs of the iterations ${String(first)} to ${String(last)} of this loop would take more than ${megabytes(roomForOutputs)} together.`,
    hint: 'Keep what is large as an artifact, or in a file, and give its name as the output.',
    retryable: false,
  };
}

function noRoomInRun(step: string, bytes: number): Failure {
  return {
    kind: 'USER',
    code: 'OUTPUT_LIMIT',
    message: `Step "${step}" gave ${megabytes(bytes)}; with its parameters and what its other steps gave, the run would take more than ${megabytes(roomForOutputs)}.`,
    hint: 'Keep what is large as an artifact, or in a file, and give its name as the output.',
    retryable: false,
  };
}
