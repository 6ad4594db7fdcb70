// Steps that sleep: for as long as they say, or until their timeout, which is final: another try would sleep as long.

import { type StepDefinition } from '../definition/model.ts';
import { type Milliseconds } from '../time.ts';
import { failStep, stepOf } from './ending.ts';
import { limitedStep } from './given-limits.ts';
import { stepTimedOut } from './settle.ts';
import { secondsOf } from './step-params.ts';
import { type RunWork } from './work.ts';

/** Lets a step sleep. */
export function startSleep(work: RunWork, index: number, step: StepDefinition): void {
  const length = lengthOf(work, index, step);
  const timeout = limitedStep(work, index)?.timeout;
  if (length === undefined) return;
  work.emit({ type: 'StepSleeping', step: index, until: work.now + Math.min(length, timeout ?? length) });
}

/** Ends a sleep whose time has come. */
export function endSleep(work: RunWork, index: number): void {
  const step = stepOf(work, index);
  const timeout = limitedStep(work, index)?.timeout;
  const length = step === undefined ? undefined : lengthOf(work, index, step);
  if (timeout !== undefined && length !== undefined && length > timeout) {
    failStep(work, index, { ...stepTimedOut(work, index), retryable: false });
  } else work.emit({ type: 'StepSucceeded', step: index });
}

/** Undefined, and the step failed, if its parameter gives no length. */
function lengthOf(work: RunWork, index: number, { work: own }: StepDefinition): Milliseconds | undefined {
  if (own.kind !== 'sleep') return undefined;
  return own.param === undefined ? own.duration : secondsOf(work, index, own.param);
}
