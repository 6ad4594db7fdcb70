// Values to and from JSON: coercions that lose nothing, refusals that name both types, and the law that what is
// written is read back.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Value, type ValueType } from '../../../src/core/expression/value.ts';
import { type Json } from '../../../src/core/json.ts';
import { inferType, jsonTypeName } from '../../../src/core/params/infer-type.ts';
import { parseText } from '../../../src/core/params/parse-text.ts';
import { fromJson, toJson } from '../../../src/core/params/value.ts';

describe('reading JSON as a declared type', () => {
  const coerced: readonly [ValueType, Json, Value][] = [
    ['string', 12, '12'],
    ['string', 0.5, '0.5'],
    ['string', true, 'true'],
    ['long', 12, 12n],
    ['long', ' 12 ', 12n],
    ['long', '+7', 7n],
    ['long', '9223372036854775807', 9223372036854775807n],
    ['long', '-9223372036854775808', -9223372036854775808n],
    ['double', 12, 12],
    ['double', '1e3', 1000],
    ['double', '.5', 0.5],
    ['boolean', 'TRUE', true],
    ['boolean', 'false', false],
    ['string_array', ['a', 1], ['a', '1']],
    ['long_array', [1, '2'], [1n, 2n]],
    ['double_array', [1, 2.5], [1, 2.5]],
    ['boolean_array', [true, 'false'], [true, false]],
    ['string_map', { a: 1 }, new Map([['a', '1']])],
    [
      'map',
      { a: 1, b: [0.5, null, { c: 'x' }] },
      new Map<string, Value>([
        ['a', 1n],
        ['b', [0.5, null, new Map([['c', 'x']])]],
      ]),
    ],
  ];

  test.each(coerced)('%s of %j loses nothing', (type, json, value) => {
    expect(fromJson(type, json)).toEqual({ ok: true, value });
  });

  const refused: readonly [ValueType, Json, string][] = [
    ['long', 'abc', 'a long is wanted, and "abc" is a string'],
    ['long', 1.5, 'a long is wanted, and 1.5 is a double'],
    ['long', true, 'a long is wanted, and true is a boolean'],
    ['long', '9223372036854775808', 'a long has 64 bits, and 9223372036854775808 does not fit'],
    [
      'long',
      2 ** 53,
      'the number 9007199254740992 is beyond ±2^53, where JSON is not exact: give the long as a string of digits',
    ],
    ['double', '1e999', 'the double "1e999" is too large'],
    ['double', [1], 'a double is wanted, and [1] is a long_array'],
    ['boolean', 1, 'a boolean is wanted, and 1 is a long'],
    ['boolean', 'yes', 'a boolean is wanted, and "yes" is a string'],
    ['string', null, 'a string is wanted, and null is a null'],
    ['string', { a: 1 }, 'a string is wanted, and {"a":1} is a map'],
    ['long_array', ['1', 'x'], 'in a long_array at [1]: a long is wanted, and "x" is a string'],
    ['string_map', { k: [1] }, 'in a string_map at "k": a string is wanted, and [1] is a long_array'],
    ['map', [1, 'a'], 'a map is wanted, and [1,"a"] is a mixed array'],
    ['string_array', 'a', 'a string_array is wanted, and "a" is a string'],
  ];

  test.each(refused)('%s of %j is refused with both types', (type, json, failure) => {
    expect(fromJson(type, json)).toEqual({ ok: false, failure });
  });

  test('a map nested without end is refused, not followed', () => {
    let json: Json = {};
    for (let depth = 0; depth < 10_000; depth++) json = { deeper: json };
    expect(fromJson('map', json)).toEqual({ ok: false, failure: 'the map is nested more than 64 deep' });
  });

  test('a key __proto__ is only a key, both ways', () => {
    const json = JSON.parse('{"__proto__": "x"}') as Json;
    const value = fromJson('string_map', json);
    expect(value.ok && value.value).toEqual(new Map([['__proto__', 'x']]));
    expect(JSON.stringify(value.ok && toJson('string_map', value.value))).toBe('{"__proto__":"x"}');
  });
});

describe('writing values as JSON', () => {
  const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const double = fc.double().map((number) => (Object.is(number, -0) ? 0 : number));
  const values: readonly [ValueType, fc.Arbitrary<Value>][] = [
    ['string', fc.string({ unit: 'binary' })],
    ['long', long],
    ['double', double],
    ['boolean', fc.boolean()],
    ['string_array', fc.array(fc.string())],
    ['long_array', fc.array(long)],
    ['double_array', fc.array(double)],
    ['boolean_array', fc.array(fc.boolean())],
    ['string_map', fc.array(fc.tuple(fc.string(), fc.string())).map((entries) => new Map(entries))],
    ['map', fc.array(fc.tuple(fc.string(), fc.maxSafeInteger())).map((entries) => mapOf(entries))],
  ];

  test.each(values)('%s survives the way to JSON text and back', (type, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        const json = JSON.parse(JSON.stringify(toJson(type, value))) as Json;
        expect(fromJson(type, json)).toEqual({ ok: true, value });
      }),
    );
  });

  test('a long outside ±2^53 is a string of digits', () => {
    expect(toJson('long', 2n ** 53n)).toBe('9007199254740992');
    expect(toJson('long', 2n ** 53n - 1n)).toBe(9007199254740991);
  });

  test('a double that came as a long is a number', () => {
    expect(toJson('double', 3n)).toBe(3);
    expect(toJson('double_array', [3n, 0.5])).toEqual([3, 0.5]);
  });
});

function mapOf(entries: readonly (readonly [string, number])[]): Value {
  return new Map(entries.map(([key, number]) => [key, BigInt(number)]));
}

describe('inferring a type', () => {
  const inferred: readonly [Json, ValueType | undefined][] = [
    ['x', 'string'],
    [1, 'long'],
    [1.5, 'double'],
    [false, 'boolean'],
    [[], 'string_array'],
    [['a'], 'string_array'],
    [[1, 2], 'long_array'],
    [[1, 2.5], 'double_array'],
    [[true], 'boolean_array'],
    [{ a: 'x' }, 'string_map'],
    [{ a: 1 }, 'map'],
    [{}, 'map'],
    [null, undefined],
    [[1, 'a'], undefined],
    [[[1]], undefined],
    [[null], undefined],
  ];

  test.each(inferred)('%j is %s', (json, type) => {
    expect(inferType(json)).toBe(type);
  });

  test('what has no type still has a name for messages', () => {
    expect([null, [1, 'a'], [[1]]].map(jsonTypeName)).toEqual(['null', 'mixed array', 'mixed array']);
  });

  test('an inferred type always takes the value it was inferred from', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const json = value as Json;
        const type = inferType(json);
        if (type === undefined || hasLargeInteger(json)) return;
        expect(fromJson(type, json).ok).toBe(true);
      }),
    );
  });
});

describe('reading text as a declared type', () => {
  const texts: readonly [ValueType, string, Value][] = [
    ['string', ' as it is ', ' as it is '],
    ['long', '42', 42n],
    ['double', '4.2', 4.2],
    ['boolean', 'true', true],
    ['long_array', '[1, 2]', [1n, 2n]],
    ['string_map', '{"a": "b"}', new Map([['a', 'b']])],
  ];

  test.each(texts)('%s of %j', (type, text, value) => {
    expect(parseText(type, text)).toEqual({ ok: true, value });
  });

  test('an array that is not JSON says what is wanted', () => {
    const read = parseText('long_array', '1, 2');
    expect(!read.ok && read.failure).toMatch(/^a long_array is written as JSON, and the text is not JSON: /u);
  });
});

/** Beyond ±2^53 a whole JSON number is refused as a LONG, on purpose. */
function hasLargeInteger(json: Json): boolean {
  return /\d{16}|e\+/u.test(JSON.stringify(json));
}
