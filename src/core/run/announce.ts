// What a step publishes with its success, and never without it. Imported definitions alone.

import { type Announcement } from '../definition/model.ts';
import { type ExpressionFault } from '../expression/fault.ts';
import { type Entry } from '../json.ts';
import { type Result, success } from '../result.ts';
import { failStep, stepOf } from './ending.ts';
import { expressionFailure } from './evaluation.ts';
import { filledName, filledValue } from './filled-value.ts';
import { type Level } from './level.ts';
import { signalTooLarge } from './room.ts';
import { atStep } from './steps-port.ts';
import { type RunWork } from './work.ts';

/** Publishes what a step that succeeds has to say; answers false, and the step failed, if that cannot be made. */
export function announceSuccess(
  work: RunWork,
  { step: index, outputs = [] }: { readonly step: number; readonly outputs?: readonly Entry[] },
): boolean {
  const step = stepOf(work, index);
  if (step?.announces === undefined) return true;
  const level = atStep(withOutputs(work, index, outputs), index);
  const made: { readonly name: string; readonly params: readonly Entry[] }[] = [];
  for (const announcement of step.announces) {
    const signal = madeOf(level, announcement);
    if (!signal.ok) {
      failStep(work, index, expressionFailure(step.id, signal.failure));
      return false;
    }
    made.push(signal.value);
  }
  const tooLarge = made
    .map(({ name, params }) => signalTooLarge(step.id, name, params))
    .find((one) => one !== undefined);
  if (tooLarge !== undefined) {
    failStep(work, index, tooLarge);
    return false;
  }
  for (const { name, params } of made) work.publish(name, params, step.id);
  return true;
}

/** The level as it will be when the step has ended: what it gave is there. */
function withOutputs(level: Level, index: number, outputs: readonly Entry[]): Level {
  const { run } = level;
  const steps = run.steps.map((state, place) => (place === index ? { ...state, outputs } : state));
  return { ...level, run: { ...run, steps } };
}

function madeOf(
  level: Level,
  { signal, params }: Announcement,
): Result<{ readonly name: string; readonly params: readonly Entry[] }, ExpressionFault> {
  const name = filledName(level, signal);
  if (!name.ok) return name;
  const entries: Entry[] = [];
  for (const param of params) {
    const value = filledValue(level, param);
    if (!value.ok) return value;
    entries.push({ name: param.name, value: value.value });
  }
  return success({ name: name.value, params: entries });
}
