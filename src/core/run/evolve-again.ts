// How the states of an iteration and of its loop change when the iteration begins again.

import { type Instant } from '../time.ts';
import { type IterationReturn, type RunReopened } from './again-events.ts';
import { type LoopState, type RunState, type StepState } from './state.ts';
import { readTally, withoutTally, writeTally } from './tally.ts';

/** The iteration, waiting for a place in its loop. */
export function reopen(run: RunState, event: RunReopened, at: Instant): RunState {
  const { endedAt: _, failure: __, ending: ___, only: ____, ...rest } = run;
  const anew = new Set(event.anew);
  return {
    ...rest,
    status: 'QUEUED',
    steps: run.steps.map((step, index) => (anew.has(index) ? anewIn(event, index, step) : step)),
    reopened: {
      by: event.actor,
      at,
      times: (run.reopened?.times ?? 0) + 1,
      ...(event.from === undefined ? {} : { from: event.from }),
    },
    ...(event.only === undefined ? {} : { only: event.only }),
  };
}

function anewIn({ resumes, within }: RunReopened, index: number, step: StepState): StepState {
  if (within?.step !== index) return unbegun(step, resumes === true);
  return { ...unbegun(step, true), within: within.within };
}

/** A step as if it had not begun, but for what tells its attempts, questions and requests from the earlier ones. */
function unbegun({ attempts, asked, awaiting, loop, child }: StepState, resumes: boolean): StepState {
  const asking = awaiting === undefined || resumes ? awaiting : { ...awaiting, signals: [] };
  return {
    status: 'NOT_CREATED',
    attempts,
    outputs: [],
    artifacts: [],
    ...(attempts.length === 0 ? {} : { formerAttempts: attempts.length }),
    ...(asked === undefined ? {} : { asked }),
    ...(asking === undefined ? {} : { awaiting: asking }),
    ...(resumes && loop !== undefined ? { loop } : {}),
    ...(resumes && child !== undefined ? { child } : {}),
  };
}

/** The loop's step after an event of an iteration that returns. */
export function evolveReturn(step: StepState, event: IterationReturn): StepState {
  const { loop } = step;
  if (loop === undefined) throw new Error(`${event.type} of a loop that has not begun`);
  if (event.type === 'IterationBegunAgain') {
    return { ...step, loop: { ...withoutWaiting(loop, event.index), running: [...loop.running, event.index] } };
  }
  const { firstBad, ...rest } = loop;
  const wasFirst = firstBad?.index === event.index;
  const first = wasFirst ? event.firstBad : firstBad;
  return {
    ...step,
    loop: {
      ...rest,
      again: [...(loop.again ?? []), event.index].sort((one, other) => one - other),
      ended: { ...loop.ended, [event.was]: loop.ended[event.was] - 1 },
      ...uncounted(loop, event),
      ...(first === undefined ? {} : { firstBad: first }),
    },
  };
}

/** The loop without an iteration among those that wait for a place. */
export function withoutWaiting({ again, ...loop }: LoopState, index: number): LoopState {
  const left = again?.filter((other) => other !== index) ?? [];
  return left.length === 0 ? loop : { ...loop, again: left };
}

/** What the iteration's steps had come to is taken back from where it was counted. */
function uncounted(
  { leaves, uncounted: before }: LoopState,
  event: Extract<IterationReturn, { readonly type: 'IterationReopened' }>,
): Pick<LoopState, 'leaves' | 'uncounted'> {
  if (leaves === undefined) return {};
  if (event.leaves !== undefined)
    return { leaves: writeTally(withoutTally(readTally(leaves), readTally(event.leaves))) };
  return before === undefined ? {} : { uncounted: { ...before, [event.was]: before[event.was] - 1 } };
}
