// Where the values of secrets come from. Steps name secrets; only who runs a step's program asks for a value, at each attempt,
// and keeps it no longer than the attempt. What is said when there is no value never holds one.

import { type Result } from '../core/result.ts';

/** Why secrets cannot be had: this one is not there, or the place where they are kept cannot be read. */
export interface SecretFault {
  readonly code: 'SECRET_MISSING' | 'SECRETS_UNREADABLE';
  /** What is wrong and where, as the second half of a sentence. */
  readonly why: string;
  readonly hint: string;
}

/** A secret that is there, without its value. */
export interface KnownSecret {
  readonly name: string;
  /** Where it is kept, for people. */
  readonly from: string;
}

/** Looks up secrets. Answers with a fault rather than throw, whatever is wrong with the place where they are kept. */
export interface Secrets {
  /** The values by name, as they are now: all of them or a fault. */
  read(names: readonly string[]): Promise<Result<ReadonlyMap<string, string>, SecretFault>>;
  /** Which secrets there are, in order of their names. */
  list(): Promise<Result<readonly KnownSecret[], SecretFault>>;
}
