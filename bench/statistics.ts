// What many measurements say: the order statistics that so many of them can carry, and nothing finer.

/** Milliseconds, or whatever was measured, in ascending order. */
export interface Distribution {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  /** Absent below 20 measurements: it would be the largest one under another name. */
  readonly p95: number | undefined;
  /** Absent below 100 measurements. */
  readonly p99: number | undefined;
  readonly max: number;
}

const ENOUGH_FOR_P95 = 20;
const ENOUGH_FOR_P99 = 100;

/** Orders the measurements and takes the nearest rank of each quantile; nothing is left out and nothing smoothed. */
export function distributionOf(measurements: readonly number[]): Distribution {
  if (measurements.length === 0) throw new Error('Nothing was measured.');
  const sorted = [...measurements].sort((left, right) => left - right);
  const rank = (quantile: number): number => sorted[Math.ceil(quantile * sorted.length) - 1] ?? Number.NaN;
  return {
    count: sorted.length,
    min: rank(1 / sorted.length),
    median: rank(0.5),
    p95: sorted.length < ENOUGH_FOR_P95 ? undefined : rank(0.95),
    p99: sorted.length < ENOUGH_FOR_P99 ? undefined : rank(0.99),
    max: rank(1),
  };
}
