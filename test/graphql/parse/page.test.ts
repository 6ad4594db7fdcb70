import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../../src/graphql/parse/page.ts';
import { decodePageCursor, encodePageCursor, isPageCursor } from '../../../src/graphql/parse/page-cursor.ts';

describe('page cursors', () => {
  it('lead back to their place in their list', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), fc.string(), (list, at, id) => {
        const cursor = encodePageCursor(list, { at, id });
        expect(isPageCursor(cursor)).toBe(true);
        expect(decodePageCursor(list, cursor)).toEqual({ at, id });
      }),
    );
  });

  it('are refused in another list, and when a character was changed', () => {
    const cursor = encodePageCursor('runs', { at: 5, id: 'run:a/1.1' });
    expect(() => decodePageCursor('signals', cursor)).toThrow('not valid for this query');
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom('a', 'Z', '0', '.'), (place, character) => {
        const changed = cursor.slice(0, place) + character + cursor.slice(place + 1);
        if (Buffer.from(changed.slice(5), 'base64url').equals(Buffer.from(cursor.slice(5), 'base64url'))) return;
        expect(() => decodePageCursor('runs', changed)).toThrow('not valid for this query');
      }),
    );
  });

  it('are refused when they are a change cursor or nonsense', () => {
    for (const text of ['3:17.0', '', 'page.', 'page.bnVsbA', 'page.e30']) {
      expect(() => decodePageCursor('runs', text), text).toThrow('not valid for this query');
    }
  });
});

describe('the arguments of a list', () => {
  it('are 20 items from the start by default', () => {
    expect(parsePage({}, 'runs', { order: 'NEWEST_FIRST' })).toEqual({
      backward: false,
      request: { limit: 20, order: 'NEWEST_FIRST' },
    });
  });

  it('turn the order round to read from the end', () => {
    const before = encodePageCursor('runs', { at: 5, id: 'x' });
    expect(parsePage({ last: 3, before }, 'runs', { order: 'NEWEST_FIRST' })).toEqual({
      backward: true,
      request: { limit: 3, order: 'OLDEST_FIRST', after: { at: 5, id: 'x' } },
    });
  });
});
