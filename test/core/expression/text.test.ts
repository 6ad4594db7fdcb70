// How values are shown, and what counts as a near miss.

import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/core/expression/nearest.ts';
import { text } from '../../../src/core/expression/text.ts';
import { type Value } from '../../../src/core/expression/value.ts';

describe('text', () => {
  it.each<readonly [value: Value, shown: string]>([
    [null, 'null'],
    [true, 'true'],
    [42n, '42'],
    [-9223372036854775808n, '-9223372036854775808'],
    ['as "it" is', 'as "it" is'],
    [1, '1.0'],
    [-1.5, '-1.5'],
    [0, '0.0'],
    [-0, '-0.0'],
    [100, '100.0'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
    [9_999_999, '9999999.0'],
    [1e7, '1.0E7'],
    [12_345_678.9, '1.23456789E7'],
    [1.7976931348623157e308, '1.7976931348623157E308'],
    [0.1 + 0.2, '0.30000000000000004'],
    [[], '[]'],
    [['a', 1n, 1, null, true], '["a",1,1.0,null,true]'],
    [
      new Map<string, Value>([
        ['a"b', ['x']],
        ['c', new Map()],
      ]),
      '{"a\\"b":["x"],"c":{}}',
    ],
  ])('shows %o as %s', (value, shown) => {
    expect(text(value)).toBe(shown);
  });
});

describe('nearest', () => {
  const known = ['cutoff', 'island', 'rows', 'toUpperCase', 'x'];

  it.each<readonly [word: string, expected: string | undefined]>([
    ['cutof', 'cutoff'],
    ['cuttoff', 'cutoff'],
    ['ctuoff', 'cutoff'],
    ['ISLAND', 'island'],
    ['touppercase', 'toUpperCase'],
    ['rowz', 'rows'],
    ['banana', undefined],
    ['', undefined],
    ['y', 'x'],
    ['a'.repeat(100), undefined],
  ])('of %s is %s', (word, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  it('prefers the nearest, then the first', () => {
    expect(nearest('row', ['rowing', 'rows', 'rowx'])).toBe('rows');
    expect(nearest('steps', [])).toBeUndefined();
  });
});
