// The store was written by a newer version of Downbeat than this one.

/** Thrown by `Partitions.open`: this version cannot read what is there, and must not try. */
export class NewerFormatError extends Error {
  readonly code = 'NEWER_FORMAT';
  readonly hint = 'Start a version of Downbeat that is at least as new as the one that wrote this database.';

  constructor(found: number, known: number) {
    super(
      `The database is in format ${String(found)}, and this version of Downbeat knows formats up to ${String(known)}.`,
    );
    this.name = 'NewerFormatError';
  }
}
