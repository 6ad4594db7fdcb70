// Laying settings of a parameter over one another, and the laws that hold for it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type ValueType } from '../../../src/core/expression/value.ts';
import { type Json } from '../../../src/core/json.ts';
import { type Setting, mergeSettings, sameSetting } from '../../../src/core/params/merge.ts';

const literal = (json: Json): Setting => ({ kind: 'literal', json });
const expression = (source: string): Setting => ({ kind: 'expression', source });

const CASES: readonly (readonly [string, ValueType, Setting, Setting, Setting])[] = [
  ['a text replaces a text', 'string', literal('a'), literal('b'), literal('b')],
  ['a list replaces a list', 'long_array', literal([1, 2, 3]), literal([4]), literal([4])],
  [
    'a STRING_MAP is merged by key, new keys last',
    'string_map',
    literal({ b: '1', a: '2' }),
    literal({ c: '3', b: '4' }),
    literal({ b: '4', a: '2', c: '3' }),
  ],
  [
    'a MAP is merged at every depth',
    'map',
    literal({ model: { depth: 3, name: 'x' }, seeds: [1, 2] }),
    literal({ model: { depth: 5 }, seeds: [3] }),
    literal({ model: { depth: 5, name: 'x' }, seeds: [3] }),
  ],
  [
    'inside a MAP, another kind of value replaces',
    'map',
    literal({ a: { b: 1 } }),
    literal({ a: 2 }),
    literal({ a: 2 }),
  ],
  ['a literal replaces an expression', 'map', expression('x'), literal({ a: 1 }), literal({ a: 1 })],
  ['an expression replaces a literal', 'map', literal({ a: 1 }), expression('x'), expression('x')],
  [
    'a key `__proto__` is only a key',
    'string_map',
    literal(JSON.parse('{"__proto__":"1"}') as Json),
    literal({ a: '2' }),
    literal(JSON.parse('{"__proto__":"1","a":"2"}') as Json),
  ],
];

describe('a merge', () => {
  test.each(CASES)('%s', (...[, type, base, over, merged]) => {
    const result = mergeSettings(type, base, over);
    expect(JSON.stringify(result)).toBe(JSON.stringify(merged));
  });

  test('over nothing is what comes', () => {
    expect(mergeSettings('map', undefined, literal({ a: 1 }))).toEqual(literal({ a: 1 }));
  });
});

const key = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor');
const leaf = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.string({ maxLength: 3 }),
  fc.array(fc.integer(), { maxLength: 2 }),
);

/** Maps of one shape: a key that holds a map in one holds a map in all. */
const ofOneShape = fc
  .dictionary(key, fc.boolean())
  .chain((shape) =>
    fc.tuple(
      ...[0, 1, 2].map(() =>
        fc.record(
          Object.fromEntries(
            Object.entries(shape).map(([name, isMap]): [string, fc.Arbitrary<Json>] => [
              name,
              isMap ? (fc.dictionary(key, leaf) as fc.Arbitrary<Json>) : (leaf as fc.Arbitrary<Json>),
            ]),
          ),
          { requiredKeys: [] },
        ),
      ),
    ),
  ) as unknown as fc.Arbitrary<readonly [Json, Json, Json]>;

const anyMap = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf))) as fc.Arbitrary<Json>;
const anySetting: fc.Arbitrary<Setting> = fc.oneof(anyMap.map(literal), fc.constantFrom('x', 'y').map(expression));

describe('laws of the merge', () => {
  test('literals of one shape: it does not matter which two are merged first', () => {
    fc.assert(
      fc.property(ofOneShape, ([a, b, c]) => {
        const left = mergeSettings('map', mergeSettings('map', literal(a), literal(b)), literal(c));
        const right = mergeSettings('map', literal(a), mergeSettings('map', literal(b), literal(c)));
        expect(JSON.stringify(left)).toBe(JSON.stringify(right));
      }),
    );
  });

  test('a setting over itself changes nothing, and doing it twice is doing it once', () => {
    fc.assert(
      fc.property(anySetting, anySetting, (base, over) => {
        const once = mergeSettings('map', base, over);
        expect(sameSetting(mergeSettings('map', base, base), base)).toBe(true);
        expect(sameSetting(mergeSettings('map', once, over), once)).toBe(true);
      }),
    );
  });

  test('every key of the base stays, in its place', () => {
    fc.assert(
      fc.property(anyMap, anyMap, (base, over) => {
        const merged = mergeSettings('map', literal(base), literal(over));
        const keys = Object.keys((merged as { json: object }).json);
        expect(keys.slice(0, Object.keys(base as object).length)).toEqual(Object.keys(base as object));
      }),
    );
  });

  test('for every other type, what comes last holds', () => {
    const types = fc.constantFrom<ValueType>('string', 'long', 'double', 'boolean', 'string_array', 'long_array');
    fc.assert(
      fc.property(types, anySetting, anySetting, (type, base, over) => {
        expect(mergeSettings(type, base, over)).toBe(over);
      }),
    );
  });
});
