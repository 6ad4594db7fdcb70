// Whatever JSON users give comes back from BSON as it was.

import fc from 'fast-check';
import { BSON } from 'mongodb';
import { expect, test } from 'vitest';

import { fromStored, toStored } from '../../src/adapters/mongo/stored-json.ts';
import { awkwardJson } from './awkward-json.ts';

function throughBson(value: unknown): unknown {
  const bytes = BSON.serialize({ value: toStored(value) }, { ignoreUndefined: true, checkKeys: false });
  return fromStored(BSON.deserialize(bytes)['value']);
}

const awkwardKeys = [
  '$json',
  '$ref',
  '$id',
  '$',
  '_bsontype',
  'toBSON',
  '__proto__',
  'constructor',
  'a.b',
  '',
  '\u0000',
  '\ud800',
  'length',
];
const key = fc.oneof(fc.constantFrom(...awkwardKeys), fc.string({ unit: 'binary', maxLength: 5 }));
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\udfff', '{"$json":"1"}', 'Int32', 'ObjectId'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
);
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'medium' }, scalar, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc
    .array(fc.tuple(key, tie('value')), { maxLength: 4 })
    .map(
      (entries) =>
        JSON.parse(
          `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
        ) as unknown,
    ),
}));

test('gives back any JSON value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.stringify(throughBson(value))).toBe(JSON.stringify(value));
    }),
    { numRuns: 500 },
  );
});

test('gives back what is awkward, and pollutes nothing', () => {
  expect(JSON.stringify(throughBson(awkwardJson))).toBe(JSON.stringify(awkwardJson));
  expect(({} as Readonly<Record<string, unknown>>)['polluted']).toBeUndefined();
});

test('shares what needs no change', () => {
  const value = { plain: [1, 'a', { b: null }] };

  expect(toStored(value)).toBe(value);
  expect(fromStored(value)).toBe(value);
});
