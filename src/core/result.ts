// Expected outcomes as values: what a caller can cause or cure is returned, never thrown.

/** Either a value or the reason why there is none. */
export type Result<T, F> = Success<T> | Failed<F>;

/** The value was made. */
export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

/** The value could not be made, and this is why. */
export interface Failed<F> {
  readonly ok: false;
  readonly failure: F;
}

/** Wraps a value as a success. */
export function success<T>(value: T): Success<T> {
  return { ok: true, value };
}

/** Wraps a reason as a failure. */
export function failed<F>(failure: F): Failed<F> {
  return { ok: false, failure };
}

/** Fails loudly when something that cannot be, is: a bug of ours, never the user's doing. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${message}`);
}
