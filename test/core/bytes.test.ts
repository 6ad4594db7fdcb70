// The count of bytes is never below what MongoDB takes, however awkward the value, and not far above it for ordinary ones.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { bytesOf } from '../../src/core/bytes.ts';
import { bsonBytes } from '../support/document-limits.ts';

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\u0000', '\n', '"', '\\', 'é', '漢', '😀', '\ud800', '\udc00', 'a') }),
);
const keys = fc.oneof(texts, fc.constantFrom('$ref', '__proto__', 'toBSON', '$json', 'a\u0000b'));
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    texts,
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.array(fc.tuple(keys, tie('value'))).map((fields) => {
      const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const [key, value] of fields) object[key] = value;
      return { ...object };
    }),
  ),
}));

describe('the count of bytes', () => {
  test('is never below what the store takes', () => {
    fc.assert(
      fc.property(values.value, (value) => {
        // Around the value the store has a document of its own, and a mark where it keeps text.
        expect(bytesOf(value) + 40).toBeGreaterThanOrEqual(bsonBytes(value));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['a long text', 'word '.repeat(20_000), 1.1],
    ['a text of another script', '漢字'.repeat(20_000), 1.1],
    ['a list of small numbers', Array.from({ length: 5_000 }, (_, place) => place), 1.6],
    [
      'rows of a table',
      Array.from({ length: 500 }, (_, row) => ({ row, name: 'Adelie', mass: 3_750.5, ok: true })),
      1.8,
    ],
  ])('of %s is not far above it', (_, value, most) => {
    expect(bytesOf(value) / bsonBytes(value)).toBeLessThan(most);
  });

  test('of what is undefined is nothing', () => {
    expect(bytesOf({ a: undefined })).toBe(bytesOf({}));
  });

  test('of a list of a hundred thousand items is above what the store takes', () => {
    const list = Array.from({ length: 100_001 }, () => 1);
    expect(bytesOf(list)).toBeGreaterThan(bsonBytes(list));
  });
});
