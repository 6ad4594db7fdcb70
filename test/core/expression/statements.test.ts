// Statements, declarations, assignments, arrays and maps (maestro-behaviour §3.10, §3.11): tables of values and faults.

import { describe, expect, it } from 'vitest';
import { type Value } from '../../../src/core/expression/value.ts';
import { faultOf, runWith, valueOf } from './scope.ts';

const VALUES: Readonly<Record<string, readonly (readonly [source: string, value: Value])[]>> = {
  'the value is that of return, or else of the last statement': [
    ['1; 2', 2n],
    ['1; 2;', 2n],
    ['return 1; 2', 1n],
    ['{ 1; 2; }', 2n],
    ['{ { return 3; } }', 3n],
    ['x = 5', 5n],
    ['x = 5; x', 5n],
    ['int x = 1; x;', 1n],
    ['int x = 1; return x;;', 1n],
    ['if (isReady) 1; else 2;', 1n],
    ['if (!isReady) { 1; } else if (cutoff > 30) { 2; } else { 3; }', 2n],
    ['if (isReady) { return "yes"; } return "no";', 'yes'],
    ['if (isReady) { return "yes"; }', 'yes'],
  ],
  'white space, comments and imports mean nothing': [
    ['  // first\n /* second */ 1 // last', 1n],
    ['import java.util.Map; import org.joda.time.*; 5', 5n],
    ['import java.util.HashMap;\nMap m = new HashMap();\nm.size()', 0n],
    [';;; 1', 1n],
    ['{} 1', 1n],
  ],
  'variables are declared or just assigned': [
    ['int x = 1, y = x + 1; x + y', 3n],
    ['int x; x', 0n],
    ['long x; x += 5; x', 5n],
    ['double d; d', 0],
    ['boolean b; b', false],
    ['String s; s', null],
    ['String s = null; s + "a"', 'nulla'],
    ['int i = 3000000000; i', 3000000000n],
    ['long l = 10L; l', 10n],
    ['double d = 1; d', 1],
    ['float f = 1.5f; f', 1.5],
    ['Long l = null; l', null],
    ['Integer i = 1; i', 1n],
    ['Object o = "a"; o = 1; o', 1n],
    ['Map m = settings; m.get("mode")', 'fast'],
    ['{ int x = 1; } x', 1n],
    ['if (isReady) { y = 7; } y', 7n],
    ['a = b = 2; a + b', 4n],
    ['cutoff = cutoff + 1; cutoff', 41n],
    ['cutoff += 1; cutoff', 41n],
    ['for (int i = 0; i < 1; i += 1) {} for (int i = 5; i < 6; i += 1) {} i', 6n],
  ],
  'assignments that calculate': [
    ['x = 7; x += 3; x', 10n],
    ['x = 7; x -= 3; x', 4n],
    ['x = 7; x *= 3; x', 21n],
    ['x = 7; x /= 2; x', 3n],
    ['x = 7; x %= 4; x', 3n],
    ['String s = "a"; s += 1; s', 'a1'],
    ['double d = 1; d += 1; d', 2],
    ['x = 9223372036854775807; x += 1; x', -9223372036854775808n],
  ],
  loops: [
    ['int s = 0; for (int i = 0; i < 5; i += 1) { s += i; } s', 10n],
    ['int s = 0; for (i = 0; i < 5; i = i + 1) s += i; s', 10n],
    ['int i = 0; while (i < 5) i += 1; return i;', 5n],
    ['int i = 0; for (;;) { i += 1; if (i == 3) break; } return i;', 3n],
    ['int i = 0; for (; i < 4;) { i += 1; } return i;', 4n],
    ['for (int i = 0; i < 9; i += 1) { if (i == 4) return i; }', 4n],
    ['int s = 0; for (int i = 0; i < 5; i += 1) { if (i == 2) continue; s += i; } s', 8n],
    ['int n = 0; for (int i = 0; i < 3; i += 1) for (int j = 0; j < 3; j += 1) { if (j == 1) break; n += 1; } n', 3n],
    ['while (false) {} 1', 1n],
    ['int n = 0; for (int i = 0; i < 100001; i += 1) n += 1; n', 100001n],
    ['String s = ""; for (int i = 0; i < names.length; i += 1) { s += names[i].substring(0, 1); } s', 'AGC'],
  ],
  arrays: [
    ['new int[2]', [0n, 0n]],
    ['new double[1]', [0]],
    ['new boolean[1]', [false]],
    ['new String[2]', [null, null]],
    ['new int[]{1, 2, 3}', [1n, 2n, 3n]],
    ['new double[]{1, 2.5}', [1, 2.5]],
    ['new String[]{"a", null}', ['a', null]],
    ["new String[]{'a', 'b',}", ['a', 'b']],
    ['new long[]{}', []],
    ['new int[3].length', 3n],
    ['int[] a = {1, 2}; a', [1n, 2n]],
    ['int[] a = new int[3]; a[0] = 5; a[1] += 2; a[2] = a[0]; a', [5n, 2n, 5n]],
    ['int[] a = {1}; int[] b = a; b[0] = 2; a[0]', 2n],
    ['double[] a = {1, 2}; a[0] = 3; a', [3, 2]],
    ['String[] a = "a,b".split(","); a[1] = "z"; a', ['a', 'z']],
    ['names[0] = "X"; names[0] + names.length', 'X3'],
    ['long[] a = numbers; a[0] = 9; a', [9n, 2n, 3n]],
    ['Map[] m = new Map[1]; m[0] = settings; m[0].get("mode")', 'fast'],
    ['Arrays.asList(names).length', 3n],
    ['Arrays.asList(names)', ['Adelie', 'Gentoo', 'Chinstrap']],
    ['Arrays.asList(1, "a")', [1n, 'a']],
    ['DateTime[] d = new DateTime[1]; d[0] = new DateTime(5); d[0].getMillis()', 5n],
  ],
  maps: [
    ['new Map().size()', 0n],
    ['Map m = new LinkedHashMap(); m.put("a", 1); m', new Map([['a', 1n]])],
    ['m = new HashMap(); m.put("a", 1)', null],
    ['m = new HashMap(); m.put("a", 1); m.put("a", 2)', 1n],
    ['m = new HashMap(); m.put("a", 1); m.containsKey("a") && !m.containsKey("b")', true],
    ['m = new HashMap(); m.put("a", null); m.getOrDefault("a", 1)', null],
    ['m = new HashMap(); m.getOrDefault("a", 1)', 1n],
    ['m = new HashMap(); n = new HashMap(); m.put("n", n); n.put("x", names); m["n"].x[0]', 'Adelie'],
    ['settings.put("k", "v"); settings.get("k") + settings.size()', 'v4'],
  ],
  'the condition of a choice decides what is evaluated at all': [
    ['if (false) { 1 / 0; } 1', 1n],
    ['x = 0; false && 1 / x == 1; x', 0n],
    ['if (false) throw "no"; 1', 1n],
  ],
};

describe.each(Object.entries(VALUES))('%s', (_, rows) => {
  it.each(rows)('%s', (source, value) => {
    expect(valueOf(source)).toStrictEqual(value);
  });
});

const FAULTS: Readonly<Record<string, readonly (readonly [source: string, code: string, message: RegExp])[]>> = {
  'what ends without a value is VOID': [
    ['int x = 1;', 'EXPRESSION_TYPE', /VOID/],
    ['int x', 'EXPRESSION_TYPE', /VOID/],
    ['if (!isReady) 1;', 'EXPRESSION_TYPE', /VOID/],
    ['while (false) {}', 'EXPRESSION_TYPE', /VOID/],
    ['1; for (int i = 0; i < 2; i += 1) i;', 'EXPRESSION_TYPE', /VOID/],
  ],
  'a declared type holds': [
    ['int x = "a";', 'EXPRESSION_TYPE', /x is an int, which cannot be a string/],
    ['int x = 1.5;', 'EXPRESSION_TYPE', /a double/],
    ['int x = null;', 'EXPRESSION_TYPE', /null/],
    ['boolean b = 1;', 'EXPRESSION_TYPE', /boolean/],
    ['String s = 1;', 'EXPRESSION_TYPE', /s is a String, which cannot be a long/],
    ['int x = 1; x = "a";', 'EXPRESSION_TYPE', /x is an int/],
    ['int x = 1; x += 1.5;', 'EXPRESSION_TYPE', /x is an int/],
    ['String s = "a"; if (true) { s = 1; }', 'EXPRESSION_TYPE', /String/],
    ['Map m = "a";', 'EXPRESSION_TYPE', /Map/],
    ['int[] a = 1;', 'EXPRESSION_TYPE', /int\[\]/],
    ['int[] a = names;', 'EXPRESSION_TYPE', /int\[\]/],
    ['int[] a = {"a"};', 'EXPRESSION_TYPE', /item of the array is an int/],
    ['int[] a = new int[1]; a[0] = "x";', 'EXPRESSION_TYPE', /int/],
    ['int[] a = new int[1]; String[] b = a;', 'EXPRESSION_TYPE', /String\[\]/],
    ['names[0] = 1', 'EXPRESSION_TYPE', /String/],
    ['DateTime d = 5;', 'EXPRESSION_TYPE', /DateTime/],
  ],
  'what cannot be done to arrays and maps': [
    ['a = new int[2]; a[2] = 1', 'EXPRESSION_FAILED', /2 elements/],
    ['a = new int[2]; a[-1] = 1', 'EXPRESSION_FAILED', /-1/],
    ['a = new int[2]; a["0"] = 1', 'EXPRESSION_TYPE', /by a long/],
    ['settings["mode"] = 1', 'EXPRESSION_TYPE', /put/],
    ['island[0] = "a"', 'EXPRESSION_TYPE', /Only elements/],
    ['new int["a"]', 'EXPRESSION_TYPE', /length/],
    ['new int[-1]', 'EXPRESSION_FAILED', /-1/],
    ['new int[100002]', 'EXPRESSION_LIMIT', /100001/],
    ['m = new Map(); m.put("m", m);', 'EXPRESSION_FAILED', /into itself/],
    ['m = new Map(); n = new Map(); n.put("m", m); m.put("n", n);', 'EXPRESSION_FAILED', /into itself/],
    ['a = new Map[1]; a[0] = new Map(); a[0].put("a", a);', 'EXPRESSION_FAILED', /into itself/],
    ['new Map().put(1, 2)', 'EXPRESSION_TYPE', /string as argument 1/],
    ['new Map(settings)', 'EXPRESSION_TYPE', /no arguments/],
  ],
  'throw and endless loops end the evaluation': [
    ['throw "no rows";', 'EXPRESSION_FAILED', /^no rows$/],
    ['if (cutoff > 1) throw "cutoff is " + cutoff; 1', 'EXPRESSION_FAILED', /^cutoff is 40$/],
    ['throw 1;', 'EXPRESSION_TYPE', /text/],
    ['while (true) {}', 'EXPRESSION_LIMIT', /100001/],
    ['for (int i = 0; i < 100002; i += 1) {}', 'EXPRESSION_LIMIT', /100001/],
    ['while (1) {}', 'EXPRESSION_TYPE', /boolean/],
    ['if (null) 1;', 'EXPRESSION_TYPE', /boolean/],
    ['x += 1', 'EXPRESSION_NAME', /x/],
  ],
  'what is no program': [
    ['{ 1 }', 'EXPRESSION_SYNTAX', /;/],
    ['{ 1;', 'EXPRESSION_SYNTAX', /not closed/],
    ['1; }', 'EXPRESSION_SYNTAX', /\}/],
    ['int x = 1 int y = 2;', 'EXPRESSION_SYNTAX', /;/],
    ['if true 1;', 'EXPRESSION_SYNTAX', /after if/],
    ['if (true)', 'EXPRESSION_SYNTAX', /end/],
    ['if (cutoff = 1) 2;', 'EXPRESSION_SYNTAX', /==/],
    ['for (i = 0; i < 1) {}', 'EXPRESSION_SYNTAX', /condition of for/],
    ['for (int i : names) {}', 'EXPRESSION_SYNTAX', /;/],
    ['break;', 'EXPRESSION_SYNTAX', /loop/],
    ['if (true) continue;', 'EXPRESSION_SYNTAX', /loop/],
    ['return;', 'EXPRESSION_SYNTAX', /value/],
    ['x++;', 'EXPRESSION_SYNTAX', /\+= 1/],
    ['x--;', 'EXPRESSION_SYNTAX', /-= 1/],
    ['for (i = 0; i < 1; i++) {}', 'EXPRESSION_SYNTAX', /\+= 1/],
    ['5 = 6', 'EXPRESSION_SYNTAX', /assigned/],
    ['params = 6', 'EXPRESSION_SYNTAX', /assigned/],
    ["params['a'] = 6", 'EXPRESSION_SYNTAX', /assigned/],
    ['int params = 6', 'EXPRESSION_SYNTAX', /params/],
    ['int int = 6', 'EXPRESSION_SYNTAX', /int/],
    ['1 + (x = 2)', 'EXPRESSION_SYNTAX', /\)/],
    ['int[][] a;', 'EXPRESSION_SYNTAX', /one dimension/],
    ['new int[2][2]', 'EXPRESSION_SYNTAX', /one dimension/],
    ['new int[]', 'EXPRESSION_SYNTAX', /by its length/],
    ['Map<String, String> m;', 'EXPRESSION_SYNTAX', /<…>/],
    ['new HashMap<String, String>()', 'EXPRESSION_SYNTAX', /<…>/],
    ['List l = null;', 'EXPRESSION_NAME', /no type List/],
    ['new List()', 'EXPRESSION_NAME', /cannot make a List/],
    ['char c = 1;', 'EXPRESSION_SYNTAX', /char/],
    ['switch (a) {}', 'EXPRESSION_SYNTAX', /switch/],
    ['do {} while (true);', 'EXPRESSION_SYNTAX', /do/],
    ['try {} catch (e) {}', 'EXPRESSION_SYNTAX', /try/],
    ['import ;', 'EXPRESSION_SYNTAX', /import/],
  ],
};

describe.each(Object.entries(FAULTS))('%s', (_, rows) => {
  it.each(rows)('%s', (source, code, message) => {
    const fault = faultOf(source);
    expect(fault.message).toMatch(message);
    expect(fault.code).toBe(code);
    expect(fault.from).toBeGreaterThanOrEqual(0);
    expect(fault.to).toBeLessThanOrEqual(source.length);
  });
});

describe('in an imported definition, where undefined names are NULL', () => {
  it.each<readonly [source: string, value: Value]>([
    ['missing', null],
    ['missing == null', true],
    ['missing != 1', true],
    ['missing < 1', false],
    ['missing > 1', false],
    ['missing + "x"', 'nullx'],
    ['if (missing == null) { 1; } else { 2; }', 1n],
    ['process', null],
  ])('%s', (source, value) => {
    expect(runWith({ undefinedNames: 'null' }, source)).toStrictEqual({ ok: true, value });
  });

  it.each(['missing - 1', 'missing * 1', 'missing <= 1', '!missing', '-missing', 'missing.x', 'int i = missing;'])(
    '%s is a fault',
    (source) => {
      expect(runWith({ undefinedNames: 'null' }, source)).toMatchObject({ failure: { code: 'EXPRESSION_TYPE' } });
    },
  );
});
