// The ways in which an attempt fails, as data. Codes are stable: people grep for them and docs explain them.

import { type Failure } from '../../core/failure.ts';
import { failed, type Failed } from '../../core/result.ts';

/** Something that only the author of the step can cure: the same again ends the same. */
export function authorFailure(code: string, message: string, hint: string): Failed<Failure> {
  return failed({ kind: 'USER', code, message, hint, retryable: false });
}

/** The step did something wrong, perhaps only this time. */
export function stepFailure(code: string, message: string, hint: string): Failed<Failure> {
  return failed({ kind: 'USER', code, message, hint, retryable: true });
}

/** The machine, the store or the server did not do its part. */
export function platformFailure(code: string, message: string, hint?: string): Failed<Failure> {
  return failed({ kind: 'PLATFORM', code, message, ...(hint !== undefined && { hint }), retryable: true });
}

/** What an unknown thing that was thrown says about itself. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code that Node gives an error of the operating system, such as `ENOENT`. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
