// The answer to a cursor that leads nowhere any more.

import { UnavailableError } from './unavailable-error.ts';

/** A cursor that cannot be resumed from, and why. */
export function cursorExpired(why = 'What lies behind this cursor is no longer kept.'): UnavailableError {
  return new UnavailableError('CURSOR_EXPIRED', `${why} Watch without \`after\` to begin with a snapshot.`);
}
