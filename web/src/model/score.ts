// When each try of a step went on, as parts of the whole run: what is drawn beside the step as a bar.

import { type StepAttempt } from '../api/shapes.ts';

/** A bar: where it begins and how long it is, from 0 to 1 of the run's length. */
export interface Bar {
  readonly start: number;
  readonly length: number;
  readonly hasFailed: boolean;
  readonly isOpen: boolean;
}

/** The bars of a step; none while the run has no length. What lies outside the run is cut off. */
export function barsOf(
  attempts: readonly StepAttempt[],
  run: { readonly from: number; readonly to: number },
): readonly Bar[] {
  const whole = run.to - run.from;
  if (whole <= 0) return [];
  return attempts.map(({ startedAt, endedAt, failure }) => {
    const start = share(Date.parse(startedAt) - run.from, whole);
    const end = share((endedAt === null ? run.to : Date.parse(endedAt)) - run.from, whole);
    return { start, length: Math.max(0, end - start), hasFailed: failure !== null, isOpen: endedAt === null };
  });
}

function share(part: number, whole: number): number {
  return Math.min(1, Math.max(0, part / whole));
}
