// What a step of Maestro's prints between its marks, as it is read.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type ValueType } from '../../../src/core/expression/value.ts';
import { type Json } from '../../../src/core/json.ts';
import { printedOutputs } from '../../../src/core/run/printed-outputs.ts';

const declared = (
  [
    ['rows', 'long'],
    ['ratio', 'double'],
    ['label', 'string'],
    ['days', 'long_array'],
    ['words', 'string_map'],
    ['model', 'map'],
  ] as const satisfies readonly (readonly [string, ValueType])[]
).map(([name, type]) => ({ name, type }));

const read = (json: Json) => printedOutputs(JSON.stringify(json), declared);
const faultOf = (json: Json): string => {
  const printed = read(json);
  return printed.ok ? 'nothing' : printed.failure;
};
const valuesOf = (params: Json): unknown => {
  const printed = read({ params });
  return printed.ok ? Object.fromEntries(printed.value.outputs.map(({ name, value }) => [name, value])) : printed;
};

describe('parameters', () => {
  test('get the values that were printed, in the order of the step', () => {
    const printed = read({
      params: {
        label: { type: 'STRING', value: 'a', mode: 'MUTABLE', name: 'label' },
        rows: { type: 'LONG', value: 5, evaluated_result: 6, evaluated_time: 1 },
      },
    });
    expect(printed).toEqual({
      ok: true,
      value: {
        outputs: [
          { name: 'rows', value: 6 },
          { name: 'label', value: 'a' },
        ],
        signals: [],
        isFinal: false,
        notes: [],
      },
    });
  });

  test.each<[string, Json, unknown]>([
    ['without a type, as the step declares it', { rows: { value: 3 } }, { rows: 3 }],
    ['with a type in any case', { rows: { type: 'long', value: 3 } }, { rows: 3 }],
    ['beyond ±2^53, as digits', { rows: { value: '9223372036854775807' } }, { rows: '9223372036854775807' }],
    ['a DOUBLE without a fraction', { ratio: { type: 'DOUBLE', value: 3 } }, { ratio: 3 }],
    ['an array', { days: { type: 'LONG_ARRAY', evaluated_result: [1, 2] } }, { days: [1, 2] }],
    ['a STRING_MAP', { words: { type: 'STRING_MAP', value: { a: 'x' } } }, { words: { a: 'x' } }],
    [
      'a MAP, whose members are parameters',
      { model: { type: 'MAP', value: { a: { type: 'LONG', value: 1 }, b: { type: 'MAP', value: {} } } } },
      { model: { a: 1, b: {} } },
    ],
    ['a MAP as it was worked out', { model: { type: 'MAP', evaluated_result: { a: [1] } } }, { model: { a: [1] } }],
  ])('%s', (_, params, values) => {
    expect(valuesOf(params)).toEqual(values);
  });

  test.each<[Json, string]>([
    [{ params: [] }, '`params` is no map of names and parameters'],
    [{ params: { row: { value: 1 } } }, '"row" is no parameter that the step may set: did you mean "rows"?'],
    [
      { params: { other: { value: 1 } } },
      '"other" is no parameter that the step may set: it may set rows, ratio, label, days, words, model, the parameters of the step whose mode is MUTABLE',
    ],
    [{ params: { rows: 5 } }, 'the parameter "rows" is no map with `type` and `value`'],
    [
      { params: { rows: { type: 'STRING', value: '5' } } },
      'the parameter "rows" is a LONG of the step, and its `type` is "STRING"',
    ],
    [
      { params: { rows: { type: 5, value: '5' } } },
      'the parameter "rows" is a LONG of the step, and its `type` is a long',
    ],
    [{ params: { rows: { type: 'LONG' } } }, 'the parameter "rows" has neither `value` nor `evaluated_result`'],
    [
      { params: { rows: { type: 'LONG', expression: '1 + 1' } } },
      'the parameter "rows" has neither `value` nor `evaluated_result`',
    ],
    [{ params: { rows: { value: 1.5 } } }, 'the parameter "rows" does not fit: a long is wanted, and 1.5 is a double'],
    [
      { params: { model: { type: 'MAP', value: { a: 1 } } } },
      'the parameter "model" has a member "a" that is no map with `type` and `value`',
    ],
    [
      { params: { model: { value: { a: { type: 'LONG', value: 'x' } } } } },
      'the parameter "model" has a member "a" that does not fit: a long is wanted, and "x" is a string',
    ],
    [5, 'it is no JSON object but a long'],
    [{ artifacts: 5 }, '`artifacts` is no map'],
  ])('cannot be read: %j', (json, why) => {
    expect(faultOf(json)).toBe(why);
  });

  test('of a step that may set none are told so', () => {
    const printed = printedOutputs('{"params": {"a": {"value": 1}}}', []);
    expect(printed).toEqual({
      ok: false,
      failure:
        '"a" is no parameter that the step may set: it may set none, the parameters of the step whose mode is MUTABLE',
    });
  });
});

describe('artifacts', () => {
  test('tell that another try would not help', () => {
    const isFinal = (retry: Json): unknown => {
      const printed = read({ artifacts: { maestro_retry: retry } });
      return printed.ok && printed.value.isFinal;
    };
    expect([{ type: 'RETRY', retryable: false }, { retryable: true }, {}, null, 'x'].map(isFinal)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('tell signals, whose parameters stand beside the name or under `params`', () => {
    const printed = read({
      artifacts: {
        maestro_dynamic_output: {
          type: 'DYNAMIC_OUTPUT',
          signal_outputs: [
            { type: 'MAP', value: { name: { type: 'STRING', value: 'table/birds' }, day: { type: 'LONG', value: 5 } } },
            { type: 'MAP', evaluated_result: { name: 'other', params: { a: 'x' }, flag: true } },
            { type: 'MAP', evaluated_result: { name: 'third', params: 3 } },
          ],
        },
      },
    });
    expect(printed).toMatchObject({
      value: {
        signals: [
          { name: 'table/birds', params: [{ name: 'day', value: 5 }] },
          {
            name: 'other',
            params: [
              { name: 'a', value: 'x' },
              { name: 'flag', value: true },
            ],
          },
          { name: 'third', params: [{ name: 'params', value: 3 }] },
        ],
      },
    });
  });

  test.each<[Json, string]>([
    [5, '`maestro_dynamic_output` has no list `signal_outputs`'],
    [{ signal_outputs: {} }, '`maestro_dynamic_output` has no list `signal_outputs`'],
    [{ signal_outputs: [5] }, 'signal 1 of `maestro_dynamic_output` is no map with `type` and `value`'],
    [{ signal_outputs: [{ type: 'MAP', value: {} }] }, 'signal 1 of `maestro_dynamic_output` has no `name`'],
    [
      { signal_outputs: [{ type: 'MAP', evaluated_result: { name: 'a*' } }] },
      'signal 1 of `maestro_dynamic_output` cannot be called "a*": it may have letters, digits, spaces and . , : @ & = \' ( ) { } $ + [ ] - / \\ _ only',
    ],
  ])('cannot be read as signals: %j', (artifact, why) => {
    expect(faultOf({ artifacts: { maestro_dynamic_output: artifact } })).toBe(why);
  });

  test('of other names are told, and so is what stands beside them', () => {
    const printed = read({ artifacts: { report: { value: {} }, maestro_dynamic_output: {} }, job: 1 });
    expect(printed.ok && printed.value.notes).toEqual([
      'The artifact "report" that the step printed was not kept: store what is large elsewhere, and print its address as the value of a parameter.',
      '"job" stands beside `params` and `artifacts` and was left out.',
    ]);
  });
});

describe('any text', () => {
  test('is read or refused by a sentence, and never more than that', () => {
    const param = fc.oneof(
      fc.jsonValue(),
      fc.record(
        { type: fc.oneof(fc.constantFrom('LONG', 'MAP', 'STRING'), fc.jsonValue()), value: fc.jsonValue() },
        { requiredKeys: [] },
      ),
    );
    const names = fc.constantFrom('rows', 'model', 'words', 'days', '__proto__', 'x');
    const json = fc.record(
      {
        params: fc.oneof(fc.jsonValue(), fc.dictionary(names, param)),
        artifacts: fc.oneof(
          fc.jsonValue(),
          fc.record({ maestro_dynamic_output: fc.record({ signal_outputs: fc.array(param) }) }),
        ),
      },
      { requiredKeys: [] },
    );
    const anyText = fc.oneof(
      fc.string(),
      fc.json(),
      json.map((one) => JSON.stringify(one)),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const printed = printedOutputs(text, declared);
        expect(printed.ok || printed.failure !== '').toBe(true);
        if (!printed.ok) return;
        const known = declared.map(({ name }) => name);
        expect(printed.value.outputs.every(({ name }) => known.includes(name as (typeof known)[number]))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['[', '{"a":'])('may be as deep as it likes: %s', (opening) => {
    const closing = opening === '[' ? ']' : '}';
    const deep = `${opening.repeat(50_000)}1${closing.repeat(50_000)}`;
    for (const text of [
      deep,
      `{"params": {"rows": {"value": ${deep}}}}`,
      `{"params": {"model": {"value": ${deep}}}}`,
    ]) {
      expect(printedOutputs(text, declared)).toEqual({ ok: false, failure: 'it is nested more than 100 deep' });
    }
  });

  test.each(['', ' ', '{', 'null x', '{"params": {"rows": NaN}}'])('that is none is told so: %j', (text) => {
    expect(printedOutputs(text, declared)).toEqual({ ok: false, failure: 'it is not JSON' });
  });
});
