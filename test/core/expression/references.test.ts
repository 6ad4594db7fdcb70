// Which names an expression refers to, and the cache of compiled expressions.

import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/core/expression/compile.ts';

function references(source: string): readonly string[] {
  const compiled = compile(source);
  if (!compiled.ok) throw new Error(compiled.failure.message);
  return compiled.value.references.map((reference) => {
    return `${reference.path.join(' ')} @ ${source.slice(reference.from, reference.to)}`;
  });
}

describe('references', () => {
  it.each<readonly [source: string, expected: readonly string[]]>([
    ['1 + 2', []],
    ['cutoff', ['cutoff @ cutoff']],
    ['steps.clean.rows > cutoff', ['steps clean rows @ steps.clean.rows', 'cutoff @ cutoff']],
    ["steps['a-b'].x", ["steps a-b x @ steps['a-b'].x"]],
    ["params['k']", ["params k @ params['k']"]],
    ["params.get('k')", ["params k @ params.get('k')"]],
    ['settings.get("k")', ['settings @ settings']],
    ['names[i].length()', ['names @ names', 'i @ i']],
    ['names[0].x', ['names @ names']],
    ['a.b[c.d].e', ['a b @ a.b', 'c d @ c.d']],
    ['Util.incrementDateInt(TARGET_RUN_DATE, -1)', ['TARGET_RUN_DATE @ TARGET_RUN_DATE']],
    ['a ? b : c || !d', ['a @ a', 'b @ b', 'c @ c', 'd @ d']],
    ["(a).b + 'x'.replace(c, d)", ['a b @ a).b', 'c @ c', 'd @ d']],
    ['a + a', ['a @ a', 'a @ a']],
    ['int x = a; x + b', ['a @ a', 'b @ b']],
    ['x = x + 1; x', ['x @ x']],
    ['x += 1', ['x @ x']],
    ['m = steps; m.clean.rows', ['steps @ steps']],
    ['if (c) { x = 1; } else { x = 2; } x', ['c @ c']],
    ['if (c) { x = 1; } x', ['c @ c', 'x @ x']],
    ['if (c) { return 1; } else { x = 2; } x', ['c @ c']],
    ['for (int i = 0; i < n; i += 1) { s = i; } s', ['n @ n', 's @ s']],
    ['while (more) { last = i; i = next; }', ['more @ more', 'i @ i', 'next @ next']],
    ['a[i] = b', ['a @ a', 'i @ i', 'b @ b']],
    ['int[] a = {b, new int[c].length}; throw d + new DateTime(e)', ['b @ b', 'c @ c', 'd @ d', 'e @ e']],
    ["params.getFromStep(s, 'x')", ['params @ params', 's @ s']],
    ['import java.util.Map; Map m = new Map(); m.put(k, v); DateTimeZone.UTC', ['k @ k', 'v @ v']],
  ])('of %s', (source, expected) => {
    expect(references(source)).toStrictEqual(expected);
  });
});

describe('compile', () => {
  it('answers the same expression for the same text', () => {
    expect(compile('1 + cutoff * 77')).toBe(compile('1 + cutoff * 77'));
  });

  it('keeps a bounded number of expressions', () => {
    const first = compile('"first of many"');
    for (let count = 0; count < 600; count++) compile(`${String(count)} + 1`);
    expect(compile('"first of many"')).not.toBe(first);
    expect(compile('"first of many"')).toStrictEqual(first);
  });
});
