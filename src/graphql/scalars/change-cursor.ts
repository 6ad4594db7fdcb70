// Places in the change feed: text outside, `Cursor` inside. Page cursors are refused by name, since mixing the two up is easy.

import { GraphQLScalarType, Kind } from 'graphql';
import { type Cursor, decodeCursor, encodeCursor } from '../../core/partition/cursor.ts';
import { badInput } from '../errors/bad-input.ts';
import { isPageCursor } from '../parse/page-cursor.ts';

/** The scalar `ChangeCursor`. */
export const changeCursor = new GraphQLScalarType<Cursor, string>({
  name: 'ChangeCursor',
  serialize: (value) => encodeCursor(value as Cursor),
  parseValue: parseChangeCursor,
  parseLiteral: (node) => parseChangeCursor(node.kind === Kind.STRING ? node.value : undefined),
});

function parseChangeCursor(value: unknown): Cursor {
  const cursor = typeof value === 'string' ? decodeCursor(value) : undefined;
  if (cursor !== undefined) return cursor;
  if (typeof value === 'string' && isPageCursor(value)) {
    throw badInput(
      'This is a page cursor, and a change cursor is wanted.',
      'Take `cursor` of a change, a run or a payload.',
    );
  }
  throw badInput('This is no change cursor; one looks like 3:17.0.', 'Take `cursor` of a change, a run or a payload.');
}
