// Contracts of signals: what fits, what does not and why; which schemas are understood; and what a new one would refuse.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paramFaults, valueFaults } from '../../../../src/core/definition/contract/faults.ts';
import { narrowings } from '../../../../src/core/definition/contract/narrowing.ts';
import { looksLikeSchema, schemaProblems } from '../../../../src/core/definition/contract/schema-problems.ts';
import { readShortForm } from '../../../../src/core/definition/contract/short-form.ts';
import { type Schema } from '../../../../src/core/definition/contract/keywords.ts';
import { type Json, type JsonObject } from '../../../../src/core/json.ts';

const measured: JsonObject = {
  type: 'object',
  properties: {
    rows: { type: 'integer', minimum: 1 },
    island: { enum: ['Biscoe', 'Dream'] },
    day: { type: 'string', format: 'date' },
    sites: {
      type: 'array',
      maxItems: 2,
      items: { type: 'object', required: ['name'], properties: { name: { type: 'string', maxLength: 5 } } },
    },
  },
  required: ['rows'],
  additionalProperties: false,
};

function said(value: JsonObject): readonly string[] {
  const params = Object.entries(value).map(([name, member]) => ({ name, value: member }));
  return paramFaults(measured, params).map(({ message, hint }) =>
    hint === undefined ? message : `${message} ${hint}`,
  );
}

describe('a publication', () => {
  it('fits a contract', () => {
    expect(said({ rows: 3, island: 'Dream', day: '2024-02-29', sites: [{ name: 'a' }] })).toEqual([]);
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['lacks what is required', {}, ['`rows` is missing.']],
    ['has another type', { rows: '3' }, ['`rows` must be a whole number, and is "3".']],
    ['has a fraction', { rows: 3.5 }, ['`rows` must be a whole number, and is 3.5.']],
    ['is too small', { rows: 0 }, ['`rows` must be at least 1, and is 0.']],
    ['is mistyped', { row: 3 }, ['`rows` is missing.', '`row` is not in the contract. Did you mean "rows"?']],
    [
      'has something unknown',
      { rows: 3, zzzz: 1 },
      ['`zzzz` is not in the contract. There are rows, island, day, sites.'],
    ],
    [
      'has none of the values',
      { rows: 3, island: 'Biskoe' },
      ['`island` must be "Biscoe" or "Dream", and is "Biskoe"; did you mean "Biscoe".'],
    ],
    ['is no day', { rows: 3, day: '2023-02-29' }, ['`day` must be a date as in ISO 8601, and is "2023-02-29".']],
    [
      'is wrong deep inside',
      { rows: 3, sites: [{ name: 'a' }, { name: 'abcdef' }] },
      ['`sites[1].name` must have at most 5 characters, and has 6.'],
    ],
    [
      'has too many',
      { rows: 3, sites: [{}, {}, {}] },
      [
        '`sites` must have at most 2 items, and has 3.',
        '`sites[0].name` is missing.',
        '`sites[1].name` is missing.',
        '`sites[2].name` is missing.',
      ],
    ],
  ])('that %s is told so', (_, value, faults) => {
    expect(said(value)).toEqual(faults);
  });

  it('is told at most twenty faults, and names of objects are only names', () => {
    const many = { type: 'object', additionalProperties: { type: 'string' } };
    const value = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`p${String(n)}`, n]));
    expect(valueFaults(many, value)).toHaveLength(20);
    expect(valueFaults({ required: ['constructor', '__proto__'] }, {})).toHaveLength(2);
    expect(
      valueFaults({ properties: { a: {} }, additionalProperties: false }, JSON.parse('{"__proto__":1}') as Json),
    ).toHaveLength(1);
  });

  it('takes time linear in its text, whatever the pattern', () => {
    expect(valueFaults({ pattern: '^(a+)+$' }, `${'a'.repeat(50_000)}!`)).toHaveLength(1);
  });
});

describe('a schema', () => {
  it.each<[Json, string, readonly string[]]>([
    [{ type: 'strng' }, '`type` must be one or more of null, boolean, integer', ['type']],
    [{ type: [] }, '`type` must be', ['type']],
    [{ properties: { a: { minimum: '1' } } }, '`minimum` must be a number', ['properties', 'a', 'minimum']],
    [{ anyOf: [] }, '`anyOf` is a keyword that contracts of signals do not have', ['anyOf']],
    [{ $ref: '#/x' }, '`$ref` is a keyword', ['$ref']],
    [{ pattern: '(?=a)' }, '`pattern` must be a pattern in RE2 syntax', ['pattern']],
    [{ pattern: '(((a{99}){99}){99}){99}' }, '`pattern` must be', ['pattern']],
    [{ format: 'email' }, '`format` must be one of date, date-time', ['format']],
    [{ items: [{}] }, '`items` must be a schema', ['items']],
    [{ enum: [] }, '`enum` must be a list', ['enum']],
    [{ required: [1] }, '`required` must be a list of names', ['required']],
    [{ maxLength: -1 }, '`maxLength` must be a whole number', ['maxLength']],
    [3, 'A schema must be a map', []],
  ])('like %j is refused, with its place', (schema, message, path) => {
    expect(schemaProblems(schema)).toMatchObject([{ path, message: expect.stringContaining(message) as string }]);
  });

  it('may say things that decide nothing', () => {
    expect(
      schemaProblems({ $schema: 'x', title: 'a', description: 'b', default: 1, examples: [1], ...measured }),
    ).toEqual([]);
  });

  it('can be written in short', () => {
    expect(readShortForm({ rows: 'long', note: 'string?', sites: 'String_Array' })).toEqual({
      ok: true,
      value: {
        type: 'object',
        properties: {
          rows: { type: 'integer' },
          note: { type: 'string' },
          sites: { type: 'array', items: { type: 'string' } },
        },
        required: ['rows', 'sites'],
        additionalProperties: false,
      },
    });
    expect(readShortForm({ rows: 'lnog', day: 3 })).toMatchObject({
      failure: [
        { path: ['rows'], hint: 'Did you mean "long"?' },
        { path: ['day'], message: '`day` must have a type, and this is none.' },
      ],
    });
    expect(looksLikeSchema({ type: 'string', rows: 'long' })).toBe(false);
    expect(looksLikeSchema({ type: 'object' })).toBe(true);
  });
});

describe('a new contract', () => {
  const after = (changed: JsonObject): readonly string[] => narrowings(measured, { ...measured, ...changed });

  it('that takes more narrows nothing', () => {
    const wider = { ...(measured['properties'] as JsonObject), rows: { type: 'number' }, unit: { type: 'string' } };
    expect(after({ properties: wider, required: [], additionalProperties: true })).toEqual([]);
  });

  it('that asks for more says what would be refused', () => {
    expect(after({ required: ['rows', 'day'] })).toEqual(['A publication without `day` would now be refused.']);
    const { rows: _, ...rest } = measured['properties'] as JsonObject;
    expect(after({ properties: rest, required: [] })).toEqual(['A publication with `rows` would now be refused.']);
    expect(
      after({ properties: { ...rest, rows: { type: 'integer', minimum: 10 }, island: { enum: ['Dream'] } } }),
    ).toEqual([
      'A publication in which `rows` is less than 10 would now be refused.',
      'A publication in which `island` is "Biscoe" would now be refused.',
    ]);
  });

  it('accepts whatever the one before accepted, if nothing is said against it', () => {
    fc.assert(
      fc.property(schema(2), schema(2), value(), (before, later, one) => {
        if (valueFaults(before, one).length > 0 || narrowings(before, later).length > 0) return;
        expect(valueFaults(later, one)).toEqual([]);
      }),
      { numRuns: 4_000 },
    );
  });

  it('narrows nothing if it is the same', () => {
    fc.assert(
      fc.property(schema(3), (one) => {
        expect(schemaProblems(one)).toEqual([]);
        expect(narrowings(one, one)).toEqual([]);
      }),
    );
  });
});

function value(): fc.Arbitrary<Json> {
  const scalar = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.integer({ min: -2, max: 3 }),
    fc.constantFrom(0.5, 'a', 'ab', ''),
  );
  const flat = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }));
  return fc.oneof(flat, fc.dictionary(fc.constantFrom('a', 'b'), flat));
}

function schema(depth: number): fc.Arbitrary<Schema> {
  if (depth === 0)
    return fc.constantFrom<Schema>(true, false, {}, { type: 'integer' }, { type: 'string' }, { const: 1 });
  const inner = schema(depth - 1);
  const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined, freq: 2 });
  return fc
    .record({
      type: maybe(
        fc.oneof(
          fc.constantFrom('integer', 'number', 'object', 'string', 'array', 'boolean', 'null'),
          fc.constant(['string', 'number']),
        ),
      ),
      enum: fc.option(fc.array(value(), { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 1 }),
      minimum: maybe(fc.integer({ min: -2, max: 2 })),
      exclusiveMaximum: maybe(fc.integer({ min: -1, max: 3 })),
      maxLength: maybe(fc.integer({ min: 0, max: 2 })),
      pattern: maybe(fc.constantFrom('^a', 'b$')),
      required: maybe(fc.subarray(['a', 'b'])),
      properties: maybe(fc.dictionary(fc.constantFrom('a', 'b'), inner)),
      additionalProperties: maybe(inner),
      items: maybe(inner),
      minItems: maybe(fc.integer({ min: 0, max: 2 })),
    })
    .map((one) => Object.fromEntries(Object.entries(one).filter(([, held]) => held !== undefined)) as JsonObject);
}
