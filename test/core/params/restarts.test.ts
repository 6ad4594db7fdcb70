// What a restart makes of the parameters that the run had before.

import { describe, expect, test } from 'vitest';

import { type Declared, type Occasion } from '../../../src/core/params/resolve-params.ts';
import { type ParamMode } from '../../../src/core/params/mode.ts';
import { again, refusals, resolve, valuesOf } from './occasion.ts';

const FLOW = (mode: ParamMode): readonly Declared[] => [
  { name: 'base', type: 'long', value: 1 },
  { name: 'sum', type: 'long', expression: 'base + 1', mode },
];

describe('a restart', () => {
  test('keeps the values that were in effect, and who set them', () => {
    const before = resolve(FLOW('mutable'), [{ name: 'base', value: 10 }]);
    expect(resolve(FLOW('mutable'), [], again(before))).toEqual(before);
    expect(before).toEqual([
      { name: 'base', type: 'long', value: 10, source: 'LAUNCH' },
      { name: 'sum', type: 'long', value: 11 },
    ]);
  });

  test.each([
    ['mutable', 11],
    ['mutable_on_start_restart', 11],
    ['mutable_on_start', 11],
    ['immutable', 101],
    ['constant', 11],
  ] as const)('an expression that is %s has the value %i after its base has changed', (mode, sum) => {
    const before = resolve(FLOW(mode), [{ name: 'base', value: 10 }]);
    const after = resolve(FLOW(mode), [{ name: 'base', value: 100 }], again(before));
    expect(valuesOf(after)).toEqual({ base: 100, sum });
  });

  test('remembers every layer that it overrides', () => {
    const first = resolve(FLOW('mutable'), [{ name: 'base', value: 10 }]);
    const second = resolve(
      FLOW('mutable'),
      [
        { name: 'base', value: 100 },
        { name: 'sum', value: 5 },
      ],
      again(first),
    );
    expect(second).toEqual([
      {
        name: 'base',
        type: 'long',
        value: 100,
        source: 'RESTART',
        overridden: [{ source: 'LAUNCH', value: 10 }],
      },
      { name: 'sum', type: 'long', value: 5, source: 'RESTART', overridden: [{ source: 'DEFINITION', value: 11 }] },
    ]);
    const third = resolve(FLOW('mutable'), [{ name: 'base', value: 1000 }], again(second));
    expect(third[0]?.overridden).toEqual([
      { source: 'LAUNCH', value: 10 },
      { source: 'RESTART', value: 100 },
    ]);
  });

  test('merges a map with the one that was in effect', () => {
    const flow: readonly Declared[] = [{ name: 'model', type: 'map', value: { a: 1 } }];
    const first = resolve(flow, [{ name: 'model', value: { b: 2 } }]);
    const second = resolve(flow, [{ name: 'model', value: { c: 3 } }], again(first));
    expect(valuesOf(second)).toEqual({ model: { a: 1, b: 2, c: 3 } });
  });

  test('does not fill in what was filled in already', () => {
    const flow: readonly Declared[] = [
      { name: 'island', type: 'string' },
      { name: 'path', type: 'string', value: 'data/${island}' },
    ];
    const first = resolve(flow, [{ name: 'island', value: '${nobody}' }]);
    expect(valuesOf(first)).toEqual({ island: '${nobody}', path: 'data/${nobody}' });
    expect(valuesOf(resolve(flow, [], again(first)))).toEqual(valuesOf(first));
  });

  test('with an expression: an immutable one that came from above is worked out anew, a literal stays', () => {
    const flow: readonly Declared[] = [
      { name: 'base', type: 'long', value: 1 },
      { name: 'a', type: 'long', value: 0, mode: 'immutable' },
      { name: 'b', type: 'long', value: 0, mode: 'immutable' },
    ];
    const above: Occasion = { ...again([]), source: 'SUBWORKFLOW' };
    const first = resolve(
      flow,
      [
        { name: 'a', expression: 'base * 2' },
        { name: 'b', value: 9 },
      ],
      above,
    );
    const second = resolve(flow, [{ name: 'base', value: 50 }], again(first));
    expect(valuesOf(second)).toEqual({ base: 50, a: 100, b: 9 });
  });

  test('knows histories that do not say who set a value', () => {
    const old = [{ name: 'base', type: 'long', value: 10 } as const, { name: 'sum', type: 'long', value: 3 } as const];
    expect(valuesOf(resolve(FLOW('mutable'), [], again(old)))).toEqual({ base: 10, sum: 3 });
  });

  test('refuses names that the workflow does not have', () => {
    const before = resolve(FLOW('mutable'));
    expect(refusals(FLOW('mutable'), [{ name: 'bse', value: 1 }], again(before))).toMatchObject([
      { message: 'The workflow has no parameter "bse".', hint: 'Did you mean "base"?' },
    ]);
  });
});
