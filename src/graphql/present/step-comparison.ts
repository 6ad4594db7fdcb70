// A step in two runs, as the schema shows it.

import { type StepComparison as Compared, type StepStanding as Standing } from '../../core/run/compare-runs.ts';
import { type StepComparison, type StepStanding } from '../generated/schema.ts';

/** A step in both runs. */
export function stepComparisonOf({ a, b, ...step }: Compared): StepComparison {
  return { ...step, a: standingOf(a), b: standingOf(b) };
}

function standingOf(standing: Standing | undefined): StepStanding | undefined {
  if (standing === undefined) return undefined;
  const { took, ...rest } = standing;
  return { ...rest, durationMs: took };
}
