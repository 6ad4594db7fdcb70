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

describe('programs', () => {
  it.each<readonly [source: string, type: ValueType]>([
    ['int x = cutoff; x > 1', 'boolean'],
    ['if (cutoff > 1) { return true; } return false;', 'boolean'],
    ['if (isReady) { x = 1; } else { x = 2; } x', 'long'],
    ['if (isReady) { throw "no"; } else { return 1; }', 'long'],
    ['while (true) { if (isReady) return 1; }', 'long'],
    ['long s = 0; for (int i = 0; i < numbers.length; i += 1) { s += numbers[i]; } return s;', 'long'],
    ['String[] a = island.split(","); a[0] = "x"; a', 'string_array'],
    ['int[] a = new int[cutoff]; a[0] = 1; a', 'long_array'],
    ['double d = 1; d *= cutoff; d', 'double'],
    ['String s = null; s = island; s.length()', 'long'],
    ['Map m = new HashMap(); m.put("a", 1); m', 'map'],
    ['DateTime d = new DateTime(cutoff, DateTimeZone.UTC); d.plusDays(1).getMillis()', 'long'],
    ['new DateTime("2024-01-01").dayOfMonth().withMaximumValue().toString("yyyyMMdd")', 'string'],
    ['Days.daysBetween(new DateTime(0), new DateTime(1)).getDays()', 'long'],
    ['DateTimeFormat.forPattern("yyyy").withZone(DateTimeZone.forID("UTC")).parseMillis(island)', 'long'],
    ['System.currentTimeMillis() / 1000', 'long'],
    ['Math.random() < 0.5', 'boolean'],
    ["params.getFromStep('a', 'b') > 1", 'boolean'],
    ['params.nextUniqueId()', 'long'],
    ['cutoff = cutoff + 1; cutoff', 'long'],
    ['if (isReady) { island = "x"; } island', 'string'],
    ['import java.util.Map; 1', 'long'],
  ])('%s is sound as a %s', (source, type) => {
    expect(faults(source, type)).toStrictEqual([]);
  });

  it.each<readonly [source: string, code: string, message: RegExp]>([
    ['int x = island; true', 'EXPRESSION_TYPE', /x is an int, which cannot be a string/],
    ['int x = 1; x = island; true', 'EXPRESSION_TYPE', /x is an int/],
    ['int x = null; true', 'EXPRESSION_TYPE', /null/],
    ['int x = 1; x.length(); true', 'EXPRESSION_NAME', /length/],
    ['x = island; x > 1', 'EXPRESSION_TYPE', /string and a long/],
    ['numbers[0] = island; true', 'EXPRESSION_TYPE', /element of this array is a long/],
    ['numbers["0"] = 1; true', 'EXPRESSION_TYPE', /by a long/],
    ['labels["a"] = "b"; true', 'EXPRESSION_TYPE', /put/],
    ['new int[island]; true', 'EXPRESSION_TYPE', /length of an array/],
    ['new int[]{island}; true', 'EXPRESSION_TYPE', /item of the array/],
    ['if (cutoff) { true; } true', 'EXPRESSION_TYPE', /condition of if/],
    ['while (cutoff) {} true', 'EXPRESSION_TYPE', /condition of the loop/],
    ['throw cutoff;', 'EXPRESSION_TYPE', /throw takes a text/],
    ['if (isReady) { y = true; } y', 'EXPRESSION_NAME', /y may have no value yet/],
    ['while (isReady) { y = true; } return y;', 'EXPRESSION_NAME', /y may have no value yet/],
    ['x += 1; true', 'EXPRESSION_NAME', /no name x/],
    ['String cutoff = cutoff; true', 'EXPRESSION_TYPE', /cannot be a long/],
    ['if (isReady) { return true; }', 'EXPRESSION_TYPE', /VOID/],
    ['int x = 1;', 'EXPRESSION_TYPE', /VOID/],
    ['while (true) { break; }', 'EXPRESSION_TYPE', /VOID/],
    ['if (isReady) { return 1; } return true;', 'EXPRESSION_TYPE', /This is a long/],
    ['cutoff = 1', 'EXPRESSION_TYPE', /To compare, write ==/],
    ['new DateTime(0) < new DateTime(1)', 'EXPRESSION_TYPE', /isBefore/],
    ['new DateTime(0)', 'EXPRESSION_TYPE', /This is a DateTime/],
    ['new DateTime(0).plusDays("1"); true', 'EXPRESSION_TYPE', /long as argument 1/],
    ['new DateTime(0).plusDay(1); true', 'EXPRESSION_NAME', /no plusDay/],
    ['params.getFromStep(); true', 'EXPRESSION_TYPE', /1 to 2 arguments/],
    ['params.getFromSteps("a"); true', 'EXPRESSION_NAME', /no function getFromSteps/],
  ])('%s', (source, code, message) => {
    const found = faults(source, 'boolean');
    expect(found.map((fault) => fault.code)).toStrictEqual([code]);
    expect(found[0]?.message).toMatch(message);
  });

  it('suggests what was meant', () => {
    expect(faults('new DateTime(0).plusDay(1); true')[0]?.suggestion).toBe('plusDays');
    expect(faults('params.getFromSteps("a"); true')[0]?.suggestion).toBe('getFromStep');
  });

  it('lets undefined names pass in imported definitions', () => {
    const compiled = compile('if (missing == null) { return other + 1; } return cutoff;');
    if (!compiled.ok) throw new Error(compiled.failure.message);
    expect(check(compiled.value, { ...NAMES, undefinedNames: 'null' }, 'long')).toStrictEqual([]);
    expect(check(compiled.value, NAMES, 'long').map((fault) => fault.code)).toStrictEqual([
      'EXPRESSION_NAME',
      'EXPRESSION_NAME',
    ]);
  });
});
