// Why a step or a run ended badly, in a form that a person can act on.

/** Who has to act: the author of the step, the platform, the clock, or us. */
export type FailureKind = 'USER' | 'PLATFORM' | 'TIMEOUT' | 'INTERNAL';

/** Why a run or an attempt did not succeed. */
export interface Failure {
  readonly kind: FailureKind;
  /** A stable, upper-case code such as `EXIT_CODE` or `STEP_TIMEOUT`. */
  readonly code: string;
  /** One sentence: what happened, and where. */
  readonly message: string;
  /** What to do next, when we know. */
  readonly hint?: string;
  /** Whether trying the same again can help. */
  readonly retryable: boolean;
}
