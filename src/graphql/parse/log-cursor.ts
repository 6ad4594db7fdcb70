// Cursors of step logs beside those of the change feed. Both are `ChangeCursor`s outside; a log's names a line of an attempt and
// bears a partition that no feed has, so that neither passes for the other.

import { type Cursor } from '../../core/partition/cursor.ts';
import { badInput } from '../errors/bad-input.ts';

const LOG_PARTITION = 9_999;

/** A line of a step's attempt. */
export interface LogPlace {
  readonly attempt: number;
  readonly line: number;
}

/** Writes a place in a step's log. */
export function logCursorOf({ attempt, line }: LogPlace): Cursor {
  return [{ partition: LOG_PARTITION, n: line, i: attempt }];
}

/** Reads a place in a step's log; undefined if none was given. */
export function logPlaceOf(cursor: Cursor | null | undefined): LogPlace | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const [place] = cursor;
  if (place?.partition !== LOG_PARTITION || cursor.length > 1) {
    throw badInput('The cursor is not of a log.', 'Take `cursor` of a chunk of the same step.');
  }
  return { attempt: place.i, line: place.n };
}

/** A place in the change feed; undefined if none was given. */
export function feedCursor(cursor: Cursor | null | undefined): Cursor | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  if (cursor.some((place) => place.partition === LOG_PARTITION)) {
    throw badInput(
      "The cursor is of a step's log, not of the change feed.",
      'Take `cursor` of a change, a run or a payload.',
    );
  }
  return cursor;
}
