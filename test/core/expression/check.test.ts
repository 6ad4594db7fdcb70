// The static check of names and types.

import { describe, expect, it } from 'vitest';
import { type Names, check } from '../../../src/core/expression/check.ts';
import { compile } from '../../../src/core/expression/compile.ts';
import { type ExpressionFault } from '../../../src/core/expression/fault.ts';
import { type ValueType } from '../../../src/core/expression/value.ts';

const TYPES = new Map<string, ValueType | 'unknown'>([
  ['island', 'string'],
  ['cutoff', 'long'],
  ['share', 'double'],
  ['isReady', 'boolean'],
  ['names', 'string_array'],
  ['numbers', 'long_array'],
  ['labels', 'string_map'],
  ['settings', 'map'],
  ['dynamic', 'unknown'],
  ['dynamic.value', 'unknown'],
  ['params', 'unknown'],
  ['params.k', 'string'],
  ['steps', 'unknown'],
  ['steps.clean', 'unknown'],
  ['steps.clean.rows', 'long'],
  ['steps.clean.columns', 'long'],
  ['steps.a-b', 'unknown'],
  ['steps.a-b.rows', 'long'],
]);

const NAMES: Names = {
  typeOf: (path) => TYPES.get(path.join('.')),
  candidates: (path) => {
    const prefix = path.map((key) => `${key}.`).join('');
    const below = [...TYPES.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    return below.filter((name) => !name.includes('.'));
  },
};

function faults(source: string, expected?: ValueType): readonly ExpressionFault[] {
  const compiled = compile(source);
  if (!compiled.ok) throw new Error(compiled.failure.message);
  return check(compiled.value, NAMES, expected);
}

describe('a sound expression has no faults', () => {
  it.each<readonly [source: string, type: ValueType]>([
    ['steps.clean.rows > cutoff', 'boolean'],
    ["steps['a-b'].rows + 1", 'long'],
    ["params['k'] + params.get('k')", 'string'],
    ['cutoff + share', 'double'],
    ['cutoff / 2', 'long'],
    ['"a" + cutoff', 'string'],
    ['null + 1', 'string'],
    ['names[0]', 'string'],
    ['names.length', 'long'],
    ['numbers[cutoff] * 2', 'long'],
    ["labels['x'].toUpperCase()", 'string'],
    ['labels.x', 'string'],
    ["labels.get('x')", 'string'],
    ['settings.deep.deeper[0].x', 'string'],
    ["settings['x'] > 1", 'boolean'],
    ["dynamic.value.split(',')", 'string_array'],
    ['island.split(",")', 'string_array'],
    ['island.split(",")[0].length() > 1 && isReady', 'boolean'],
    ['isReady ? 1 : 2', 'long'],
    ['isReady ? 1 : 2.0', 'double'],
    ['isReady ? null : island', 'string'],
    ['Math.min(cutoff, 2)', 'long'],
    ['Math.min(cutoff, share)', 'double'],
    ['Util.dateIntsBetween(20240101, 20240105, 1)', 'long_array'],
    ['!isReady', 'boolean'],
    ['-share', 'double'],
    ['cutoff == null || island != null', 'boolean'],
    ['null < 1', 'boolean'],
    ['cutoff', 'double'],
    ['cutoff', 'string'],
    ['isReady', 'string'],
    ['numbers', 'double_array'],
    ['labels', 'map'],
    ['null', 'boolean'],
    ['settings.anything', 'boolean'],
  ])('%s as %s', (source, type) => {
    expect(faults(source, type)).toStrictEqual([]);
  });
});

describe('a fault is found before the run', () => {
  const rows: readonly (readonly [source: string, code: string, message: RegExp, suggestion?: string])[] = [
    ['cutof > 1', 'EXPRESSION_NAME', /no name cutof/, 'cutoff'],
    ['Mat.min(1, 2)', 'EXPRESSION_NAME', /Mat/, 'Math'],
    ['steps.clean.rowz', 'EXPRESSION_NAME', /no rowz in steps\.clean\. It has rows, columns\./, 'steps.clean.rows'],
    ['steps.cleam.rows', 'EXPRESSION_NAME', /no cleam in steps/, 'steps.clean'],
    ["steps['a-c'].rows", 'EXPRESSION_NAME', /no a-c in steps/, "steps['a-b']"],
    ["params['x']", 'EXPRESSION_NAME', /no x in params/],
    ['island.length', 'EXPRESSION_NAME', /length/, 'length()'],
    ['island.toUppercase()', 'EXPRESSION_NAME', /toUppercase/, 'toUpperCase'],
    ['dynamic.value.reverse()', 'EXPRESSION_NAME', /reverse/],
    ['cutoff.rows', 'EXPRESSION_NAME', /long has no rows/],
    ['island.constructor', 'EXPRESSION_FORBIDDEN', /constructor/],
    ['steps.__proto__', 'EXPRESSION_FORBIDDEN', /__proto__/],
    ['process', 'EXPRESSION_FORBIDDEN', /process/],
    ['island > 1', 'EXPRESSION_TYPE', /a string and a long/],
    ['island < "a"', 'EXPRESSION_TYPE', /compareTo/],
    ['island == cutoff', 'EXPRESSION_TYPE', /==/],
    ['names == names', 'EXPRESSION_TYPE', /string_array/],
    ['cutoff + null', 'EXPRESSION_TYPE', /null/],
    ['null <= 1', 'EXPRESSION_TYPE', /null/],
    ['isReady + 1', 'EXPRESSION_TYPE', /boolean/],
    ['cutoff && isReady', 'EXPRESSION_TYPE', /&& takes a boolean, not a long/],
    ['!cutoff', 'EXPRESSION_TYPE', /! takes a boolean/],
    ['-island', 'EXPRESSION_TYPE', /string/],
    ['cutoff ? 1 : 2', 'EXPRESSION_TYPE', /condition/],
    ['names["0"]', 'EXPRESSION_TYPE', /by a long/],
    ['labels[0]', 'EXPRESSION_TYPE', /by a string/],
    ['island[0]', 'EXPRESSION_TYPE', /cannot be indexed/],
    ['island.startsWith(1)', 'EXPRESSION_TYPE', /argument 1/],
    ['island.startsWith()', 'EXPRESSION_TYPE', /1 argument, not 0/],
    ['Math.pow("a", 2)', 'EXPRESSION_TYPE', /number as argument 1/],
  ];

  it.each(rows.map((row) => ({ source: row[0], row })))('$source', ({ source, row: [, code, message, suggestion] }) => {
    const found = faults(source);
    expect(found).toHaveLength(1);
    expect(found[0]?.code).toBe(code);
    expect(found[0]?.message).toMatch(message);
    if (suggestion !== undefined) expect(found[0]?.suggestion).toBe(suggestion);
  });

  it('a name with a dash that was written like a subtraction gets its right form suggested', () => {
    const [first] = faults('steps.a-b.rows');
    expect(first?.message).toMatch(/no a in steps/);
    expect(first?.suggestion).toBe("steps['a-b']");
  });

  it('all faults are reported, each once', () => {
    expect(faults('cutof > 1 && islan.length() > 3 || !cutoff').map((fault) => fault.message)).toStrictEqual([
      'There is no name cutof here.',
      'There is no name islan here.',
      '! takes a boolean, not a long.',
    ]);
    expect(faults('missing[other] + missing.get(third)')).toHaveLength(4);
  });

  it('says which type was expected of the result', () => {
    expect(faults('cutoff + 1', 'boolean')[0]?.message).toBe('This is a long, but a boolean is expected.');
    expect(faults('share', 'long')).toHaveLength(1);
    expect(faults('island', 'string_array')).toHaveLength(1);
    expect(faults('missing', 'boolean')).toHaveLength(1);
  });
});
