// The store was written by a newer version of Downbeat than this one.

import { type NewerFormat } from '../core/partition/stored/upcasting.ts';

/** Thrown where something is opened or read that this version cannot read: it must not try. */
export class NewerFormatError extends Error {
  readonly code = 'NEWER_FORMAT';
  readonly hint = 'Start a version of Downbeat that is at least as new as the one that wrote this database.';

  constructor(found: number, known: number, what = 'The database') {
    super(`${what} is in format ${String(found)}, and this version of Downbeat knows formats up to ${String(known)}.`);
    this.name = 'NewerFormatError';
  }
}

/** The error for one thing in the store that is newer than this version. */
export function newerFormat({ what, found, known }: NewerFormat): NewerFormatError {
  return new NewerFormatError(found, known, what);
}
