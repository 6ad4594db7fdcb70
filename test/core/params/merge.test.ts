// The parameters of a run at its start.

import { describe, expect, test } from 'vitest';

import { type Declared, resolveParams } from '../../../src/core/params/merge.ts';

const DECLARED: readonly Declared[] = [
  { name: 'island', type: 'string', value: 'Biscoe' },
  { name: 'cutoff', type: 'long', value: 40 },
  { name: 'day', type: 'string' },
];

describe('parameters at a start', () => {
  test('declared values hold unless the start gives others', () => {
    const resolved = resolveParams(DECLARED, [
      { name: 'cutoff', value: '7' },
      { name: 'day', value: 20260101 },
    ]);
    expect(resolved).toEqual({
      ok: true,
      value: [
        { name: 'island', type: 'string', value: 'Biscoe' },
        { name: 'cutoff', type: 'long', value: 7 },
        { name: 'day', type: 'string', value: '20260101' },
      ],
    });
  });

  test('everything that is wrong is told at once, with the way to mend it', () => {
    const refused = resolveParams(DECLARED, [
      { name: 'iland', value: 'x' },
      { name: 'cutoff', value: 'many' },
    ]);
    expect(!refused.ok && refused.failure).toEqual([
      {
        code: 'BAD_INPUT',
        message: 'The workflow has no parameter "iland".',
        path: ['params', 'iland'],
        hint: 'Did you mean "island"?',
      },
      {
        code: 'BAD_INPUT',
        message: 'The parameter "cutoff" cannot have this value: a long is wanted, and "many" is a string.',
        path: ['params', 'cutoff'],
      },
      {
        code: 'BAD_INPUT',
        message: 'The parameter "day" (string) has no value, neither in the workflow nor at this start.',
        path: ['params', 'day'],
        hint: 'Give it at the start, on the command line as -p day=…',
      },
    ]);
  });

  test('null is no value, even where the workflow has one', () => {
    const refused = resolveParams(DECLARED.slice(0, 1), [{ name: 'island', value: null }]);
    expect(!refused.ok && refused.failure[0]?.message).toBe(
      'The parameter "island" cannot have this value: a string is wanted, and null is no value.',
    );
  });

  test('a name far from all others lists those there are', () => {
    const refused = resolveParams(DECLARED.slice(0, 2), [{ name: 'zzz', value: 1 }]);
    expect(!refused.ok && refused.failure[0]?.hint).toBe('Its parameters: island, cutoff.');
    const none = resolveParams([], [{ name: 'zzz', value: 1 }]);
    expect(!none.ok && none.failure[0]?.hint).toBe(
      'It takes no parameters; declare them in its definition under "params".',
    );
  });

  test('a name given twice is refused', () => {
    const twice = { name: 'island', value: 'x' };
    const refused = resolveParams(DECLARED.slice(0, 1), [twice, twice]);
    expect(!refused.ok && refused.failure[0]?.message).toBe('The parameter "island" is given more than once.');
  });

  test('parameters that are too long together are refused by their length', () => {
    const refused = resolveParams(DECLARED.slice(0, 1), [{ name: 'island', value: 'x'.repeat(750_000) }]);
    expect(!refused.ok && refused.failure[0]).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['params'] });
  });
});
