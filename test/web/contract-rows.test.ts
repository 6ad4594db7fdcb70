import { describe, expect, it } from 'vitest';
import { contractRows, isClosed } from '../../web/src/model/contract-rows.ts';

describe('a contract in rows', () => {
  it('says of each parameter what it must be, those that are needed first', () => {
    const schema = {
      properties: {
        note: { type: 'string', maxLength: 5, description: 'in plain words' },
        rows: { type: ['integer', 'null'], minimum: 1 },
        sites: { type: 'array', maxItems: 3, items: { const: 'a' } },
        old: false,
        free: {},
      },
      required: ['rows', 'extra'],
      additionalProperties: false,
    };
    expect(contractRows(schema).map(({ name, text, isRequired }) => [name, text, isRequired])).toEqual([
      ['rows', 'a whole number or null, at least 1', true],
      ['extra', 'anything', true],
      ['note', 'a text, at most 5 characters: in plain words', false],
      ['sites', 'a list of which each is "a", at most 3 items', false],
      ['old', 'not allowed', false],
      ['free', 'anything', false],
    ]);
    expect([isClosed(schema), isClosed({}), isClosed(true)]).toEqual([true, false, false]);
    expect(contractRows(true)).toEqual([]);
  });
});
