// Expressions and `${name}` of parameters: worked out once, when the run is made.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type ValueType } from '../../../src/core/expression/value.ts';
import { type Json } from '../../../src/core/json.ts';
import { fill, quoted } from '../../../src/core/params/fill.ts';
import { type Declared } from '../../../src/core/params/resolve-params.ts';
import { LAUNCH, refusals, resolve, valuesOf } from './occasion.ts';

const computed = (name: string, type: ValueType, expression: string): Declared => ({ name, type, expression });
const plain = (name: string, type: ValueType, value: Json): Declared => ({ name, type, value });

describe('an expression', () => {
  test('sees all other parameters, in any order of declaration', () => {
    const flow = [computed('c', 'long', 'b + a'), computed('b', 'long', 'a * 10'), plain('a', 'long', 3)];
    expect(valuesOf(resolve(flow))).toEqual({ c: 33, b: 30, a: 3 });
    expect(valuesOf(resolve(flow, [{ name: 'a', value: 4 }]))).toEqual({ c: 44, b: 40, a: 4 });
  });

  test('is left out when a start gives a value', () => {
    const flow = [computed('a', 'long', '1 / 0')];
    expect(resolve(flow, [{ name: 'a', value: 5 }])).toEqual([{ name: 'a', type: 'long', value: 5, source: 'LAUNCH' }]);
  });

  test('can itself be given by a layer above, and is remembered', () => {
    const flow = [plain('a', 'long', 2), plain('b', 'long', 0)];
    expect(resolve(flow, [{ name: 'b', expression: 'a + 1' }])[1]).toEqual({
      name: 'b',
      type: 'long',
      value: 3,
      source: 'LAUNCH',
      expression: 'a + 1',
    });
  });

  test.each<readonly [ValueType, string, Json]>([
    ['string', '1 + 1', '2'],
    ['string', '2.5', '2.5'],
    ['string', '1 > 2', 'false'],
    ['double', '7', 7],
    ['long', '7 / 2', 3],
    ['double_array', 'Util.intsBetween(0, 3, 1)', [0, 1, 2]],
    ['long_array', 'Util.dateIntsBetween(20240228, 20240302, 1)', [20240228, 20240229, 20240301]],
    ['string_array', '"a,b".split(",")', ['a', 'b']],
    ['map', 'm', { x: '1' }],
  ])('a %s can be %s', (type, expression, value) => {
    const flow = [computed('a', type, expression), plain('m', 'string_map', { x: '1' })];
    expect(valuesOf(resolve(flow))['a']).toEqual(value);
  });

  test.each<readonly [ValueType, string, string]>([
    ['long', '1.5', 'a long is wanted, and the expression yields a double'],
    ['long', '"1"', 'a long is wanted, and the expression yields a string'],
    ['boolean', '1', 'a boolean is wanted, and the expression yields a long'],
    ['string', 'm.get("y")', 'a string is wanted, and the expression yields null'],
    ['long_array', '"a,b".split(",")', 'in a long_array at [0]: a long is wanted, and the expression yields a string'],
    ['map', '1', 'a map is wanted, and the expression yields a long'],
  ])('a %s cannot be %s', (type, expression, why) => {
    const flow = [computed('a', type, expression), plain('m', 'string_map', { x: '1' })];
    expect(refusals(flow)).toMatchObject([{ message: `The parameter "a" cannot have this value: ${why}.` }]);
  });

  test('that fails is shown with the place, once, and not again for what needs it', () => {
    const flow = [computed('b', 'long', 'a + 1'), computed('a', 'long', '10 / zero'), plain('zero', 'long', 0)];
    const refused = refusals(flow);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.path).toEqual(['params', 'a']);
    expect(refused[0]?.message).toMatch(/^The parameter "a" could not be worked out: .+\n10 \/ zero\n +\^/u);
  });

  test('sees the names of the occasion', () => {
    const names = (name: string) => (name === 'run' ? new Map([['number', 7n]]) : undefined);
    expect(valuesOf(resolve([computed('a', 'long', 'run.number')], [], { ...LAUNCH, names }))).toEqual({ a: 7 });
  });
});

describe('parameters that need one another', () => {
  test('in a circle are refused by the way round', () => {
    const flow = [
      computed('a', 'long', 'b'),
      computed('b', 'long', 'c'),
      computed('c', 'long', 'a'),
      plain('d', 'long', 1),
    ];
    expect(refusals(flow)).toEqual([
      {
        code: 'BAD_INPUT',
        message: 'These parameters need one another in a circle (a → b → c → a), so none could ever be worked out.',
        path: ['params', 'a'],
        hint: 'Give one of them a value, or let one do without the next.',
      },
    ]);
  });

  test('a parameter that needs itself is one', () => {
    expect(refusals([plain('a', 'string', 'x${a}')])).toMatchObject([
      { message: 'The parameter "a" needs itself (a → a), so none could ever be worked out.' },
    ]);
  });

  test('a value from the start opens the circle', () => {
    const flow = [computed('from', 'long', 'to - 1'), computed('to', 'long', 'from + 1')];
    expect(valuesOf(resolve(flow, [{ name: 'to', value: 10 }]))).toEqual({ from: 9, to: 10 });
    expect(valuesOf(resolve(flow, [{ name: 'from', value: 3 }]))).toEqual({ from: 3, to: 4 });
  });

  test('what is not asked for closes no circle', () => {
    const flow = [computed('a', 'long', 'true ? 1 : b'), computed('b', 'long', 'a')];
    expect(valuesOf(resolve(flow))).toEqual({ a: 1, b: 1 });
  });

  test('a chain of a thousand is worked out', () => {
    const chain = Array.from({ length: 999 }, (_, at) => computed(`p${String(at)}`, 'long', `p${String(at + 1)} + 1`));
    expect(resolve([...chain, plain('p999', 'long', 0)])[0]?.value).toBe(999);
  });

  test('texts that double again and again end with the limit', () => {
    const flow = Array.from({ length: 40 }, (_, at) =>
      plain(`p${String(at)}`, 'string', at === 0 ? 'xxxxxxxxxx' : `\${p${String(at - 1)}}\${p${String(at - 1)}}`),
    );
    expect(refusals(flow)).toMatchObject([{ code: 'LIMIT_EXCEEDED' }]);
  });
});

describe('names in literals', () => {
  test.each<readonly [ValueType, Json, Json]>([
    ['string', 'data/${day}/${island}.csv', 'data/20260115/Biscoe.csv'],
    ['string', '$${day} costs $5, $day', '${day} costs $5, $day'],
    ['string', '${list} ${model.name}', '["a","b"] forest'],
    ['string_array', ['${island}', 'b'], ['Biscoe', 'b']],
    ['string_map', { '${island}': '${day}', b: 'x' }, { Biscoe: '20260115', b: 'x' }],
    ['map', { path: '${island}', deep: { list: ['${day}', 1] } }, { path: 'Biscoe', deep: { list: ['20260115', 1] } }],
  ])('a %s %j becomes %j', (type, literal, value) => {
    const flow = [
      plain('a', type, literal),
      plain('day', 'long', 20260115),
      plain('island', 'string', 'Biscoe'),
      plain('list', 'string_array', ['a', 'b']),
      plain('model', 'map', { name: 'forest' }),
    ];
    expect(valuesOf(resolve(flow))['a']).toEqual(value);
  });

  test('what is filled in is not read again', () => {
    const flow = [plain('a', 'string', '${b}'), plain('b', 'string', '$${c}')];
    expect(valuesOf(resolve(flow))).toEqual({ a: '${c}', b: '${c}' });
  });

  test('a value that is given stands as it is', () => {
    expect(valuesOf(resolve([plain('a', 'string', '')], [{ name: 'a', value: '${HOME} $${x}' }]))).toEqual({
      a: '${HOME} $${x}',
    });
  });

  test('a map merged with a given one is filled in where the definition wrote it, and nowhere else', () => {
    const flow = [plain('m', 'string_map', { a: '${x}', b: '${x}' }), plain('x', 'string', '1')];
    expect(valuesOf(resolve(flow, [{ name: 'm', value: { b: '${x}' } }]))).toEqual({
      m: { a: '1', b: '${x}' },
      x: '1',
    });
  });

  test('a name that there is not is refused', () => {
    expect(refusals([plain('a', 'string', 'x ${nobody}')])[0]?.message).toBe(
      'The parameter "a" could not be worked out: There is no name nobody here.\nx ${nobody}\n  ^^^^^^^^^',
    );
  });
});

describe('laws', () => {
  test('a quoted value fills in to itself, whatever is in it', () => {
    const text = fc.stringMatching(/^[$\\{}ab]*$/u);
    const cases = fc.oneof(
      fc.tuple(fc.constant<ValueType>('string'), text),
      fc.tuple(fc.constant<ValueType>('string_array'), fc.array(text)),
      fc.tuple(fc.constant<ValueType>('string_map'), fc.dictionary(text, text)),
      fc.tuple(fc.constant<ValueType>('map'), fc.dictionary(text, fc.oneof(text, fc.array(text)))),
    ) as fc.Arbitrary<[ValueType, Json]>;
    fc.assert(
      fc.property(cases, ([type, value]) => {
        expect(fill(type, quoted(type, value), () => undefined)).toEqual({ ok: true, value });
      }),
    );
  });

  test('any declarations have values or a refusal, and the same ones every time', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'nobody');
    const setting = fc.oneof(
      fc.integer({ min: -9, max: 9 }).map((value) => ({ type: 'long' as const, value })),
      fc.tuple(name, name).map(([x, y]) => ({ type: 'long' as const, expression: `${x} / ${y}` })),
      fc.tuple(name, name).map(([x, y]) => ({ type: 'string' as const, value: `\${${x}}-\${${y}}` })),
    );
    const flows = fc.tuple(setting, setting, setting, setting);
    fc.assert(
      fc.property(flows, fc.option(fc.integer()), (settings, given) => {
        const flow = settings.map((one, at): Declared => ({ name: 'abcd'.charAt(at), ...one }));
        const values = given === null ? [] : [{ name: 'b', value: given }];
        const refused = refusals(flow, values);
        expect(refusals(flow, values)).toEqual(refused);
        if (refused.length > 0) return;
        const resolved = resolve(flow, values);
        expect(resolved.map((param) => param.name)).toEqual(['a', 'b', 'c', 'd']);
        expect(resolve(flow, values)).toEqual(resolved);
        const [, second] = resolved;
        if (given !== null) expect(second?.value).toBe(second?.type === 'string' ? String(given) : given);
      }),
    );
  });
});
