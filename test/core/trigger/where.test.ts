// What a trigger demands of a signal's parameters.

import { describe, expect, test } from 'vitest';

import { type Clause } from '../../../src/core/definition/model.ts';
import { type Json } from '../../../src/core/json.ts';
import { clauseText, unmetClause } from '../../../src/core/signal/match.ts';
import { entries } from '../../support/given.ts';

function meets(operator: Clause['operator'], operand: Json, actual?: Json): boolean {
  const params = actual === undefined ? [] : [{ name: 'rows', value: actual }];
  return unmetClause([{ param: 'rows', operator, operand }], params) === undefined;
}

describe('a clause', () => {
  const operators = ['==', '!=', '<', '<=', '>', '>='] as const;
  test.each([
    ['a smaller number', 99, 100, ['!=', '<', '<=']],
    ['the same number', 100, 100, ['==', '<=', '>=']],
    ['a greater number', 100.5, 100, ['!=', '>', '>=']],
    ['a text before it', 'Biscoe', 'Dream', ['!=', '<', '<=']],
    ['the same text', 'Dream', 'Dream', ['==', '<=', '>=']],
    ['a text after it', 'b', 'B', ['!=', '>', '>=']],
    ['a number where a text is wanted', 100, '100', ['!=']],
    ['a text where a number is wanted', '100', 100, ['!=']],
    ['the same truth', true, true, ['==', '<=', '>=']],
    ['the other truth', true, false, ['!=']],
    ['the same list', [1, 2], [1, 2], ['==', '<=', '>=']],
    ['another list', [1, 2], [2, 1], ['!=']],
    ['nothing where something is wanted', undefined, 100, ['!=']],
    ['nothing where nothing is wanted', undefined, null, ['==', '<=', '>=']],
    ['null where a number is wanted', null, 0, ['!=']],
  ])('against %s (%j against %j) is met by %j', (_, actual, operand, met) => {
    expect(operators.filter((operator) => meets(operator, operand, actual))).toEqual(met);
  });

  test('that is not met first is the one that decides, with the value it met', () => {
    const where: readonly Clause[] = [
      { param: 'island', operator: '==', operand: 'Dream' },
      { param: 'rows', operator: '>=', operand: 100 },
      { param: 'size', operator: '<', operand: 5 },
    ];
    expect(unmetClause(where, entries({ island: 'Dream', rows: 7 }))).toEqual({ clause: where[1], actual: 7 });
    expect(unmetClause(where, entries({ island: 'Dream', rows: 100 }))).toEqual({ clause: where[2], actual: null });
    expect(unmetClause(where, entries({ island: 'Dream', rows: 100, size: 4, more: 1 }))).toBeUndefined();
    expect(unmetClause([], [])).toBeUndefined();
  });

  test('reads as a person would write it', () => {
    expect(clauseText({ param: 'rows', operator: '>=', operand: 100 })).toBe('rows >= 100');
    expect(clauseText({ param: 'island', operator: '==', operand: 'Dream' })).toBe('island == "Dream"');
  });
});
