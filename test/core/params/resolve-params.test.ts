// The parameters of a run at its start: values that are declared and given, and what is refused.

import { describe, expect, test } from 'vitest';

import { type Declared } from '../../../src/core/params/resolve-params.ts';
import { refusals, resolve, valuesOf } from './occasion.ts';

const DECLARED: readonly Declared[] = [
  { name: 'island', type: 'string', value: 'Biscoe' },
  { name: 'cutoff', type: 'long', value: 40 },
  { name: 'day', type: 'string' },
];

describe('parameters at a start', () => {
  test('declared values hold unless the start gives others, and what it gave is remembered', () => {
    const resolved = resolve(DECLARED, [
      { name: 'cutoff', value: '7' },
      { name: 'day', value: 20260101 },
    ]);
    expect(resolved).toEqual([
      { name: 'island', type: 'string', value: 'Biscoe' },
      { name: 'cutoff', type: 'long', value: 7, source: 'LAUNCH' },
      { name: 'day', type: 'string', value: '20260101', source: 'LAUNCH' },
    ]);
  });

  test('everything that is wrong is told at once, with the way to mend it', () => {
    const refused = refusals(DECLARED, [
      { name: 'iland', value: 'x' },
      { name: 'cutoff', value: 'many' },
    ]);
    expect(refused).toEqual([
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
    const [refused] = refusals(DECLARED.slice(0, 1), [{ name: 'island', value: null }]);
    expect(refused?.message).toBe(
      'The parameter "island" cannot have this value: a string is wanted, and null is no value.',
    );
  });

  test('a name far from all others lists those there are', () => {
    const [refused] = refusals(DECLARED.slice(0, 2), [{ name: 'zzz', value: 1 }]);
    expect(refused?.hint).toBe('Its parameters: island, cutoff.');
    const [none] = refusals([], [{ name: 'zzz', value: 1 }]);
    expect(none?.hint).toBe('It takes no parameters; declare them in its definition under "params".');
  });

  test('a name given twice is refused', () => {
    const twice = { name: 'island', value: 'x' };
    const [refused] = refusals(DECLARED.slice(0, 1), [twice, twice]);
    expect(refused?.message).toBe('The parameter "island" is given more than once.');
  });

  test.each([
    'maestro',
    'Maestro',
    'MAESTRO',
    'scheduler',
    'Util',
    'params',
    'AUTH_BLOB',
    'AUTHORIZED_MANAGERS',
    'owner',
  ])('%s is reserved', (name) => {
    const [refused] = refusals(DECLARED.slice(0, 2), [{ name, value: 'x' }]);
    expect(refused).toMatchObject({ code: 'BAD_INPUT', path: ['params', name] });
    expect(refused?.message).toContain('is reserved');
  });

  test('a workflow may have an `owner` parameter of its own', () => {
    const own: Declared = { name: 'owner', type: 'string', value: 'Pygoscelis' };
    expect(valuesOf(resolve([own], [{ name: 'owner', value: 'Eudyptes' }]))).toEqual({ owner: 'Eudyptes' });
  });

  test('parameters that are too long together are refused by their length', () => {
    const [refused] = refusals(DECLARED.slice(0, 1), [{ name: 'island', value: 'x'.repeat(750_000) }]);
    expect(refused).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['params'] });
  });

  test('a map that is given in part is merged with the declared one', () => {
    const model: Declared = { name: 'model', type: 'map', value: { depth: 3, name: 'forest' } };
    expect(resolve([model], [{ name: 'model', value: { depth: 5 } }])).toEqual([
      { name: 'model', type: 'map', value: { depth: 5, name: 'forest' }, source: 'LAUNCH' },
    ]);
  });

  test('what is given but changes nothing is not remembered', () => {
    expect(resolve(DECLARED.slice(0, 1), [{ name: 'island', value: 'Biscoe' }])).toEqual([
      { name: 'island', type: 'string', value: 'Biscoe' },
    ]);
  });
});
