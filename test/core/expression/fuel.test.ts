// Hazard: an expression that would take too long or too much (reliability A27, A28). Every bomb ends in
// EXPRESSION_LIMIT, saying what was used, before the time or the memory is spent.

import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/core/expression/compile.ts';
import { evaluate } from '../../../src/core/expression/evaluate.ts';
import { type Value } from '../../../src/core/expression/value.ts';
import { faultOf, run, scope, valueOf } from './scope.ts';

const HALL_OF_MIRRORS =
  'm = new Map(); for (i = 0; i < 60; i += 1) { n = new Map(); n.put("a", m); n.put("b", m); m = n; } m;';

const text = (length: number): string => 'a'.repeat(length);
const names = (values: Readonly<Record<string, Value>>) => {
  const known = new Map(Object.entries(values));
  return (name: string): Value | undefined => known.get(name);
};

describe('a bomb ends in EXPRESSION_LIMIT, quickly', () => {
  const big = names({
    s: text(1_000_000),
    list: text(400_000).split(''),
    deep: [[text(2_000_000)]],
    wide: '%1$9999s'.repeat(5000),
  });
  const chain = (call: string, times: number): string => `s${call.repeat(times)}.length()`;

  it.each<readonly [what: string, source: string]>([
    ['a text that doubles with every call', `'a'${".replace('a', 'aa')".repeat(400)}`],
    ['a text that doubles with every regular expression', `'a'${".replaceAll('a', 'aa')".repeat(300)}`],
    ['a text that is added to itself', Array.from({ length: 1000 }, () => 's').join(' + ')],
    ['ever wider padding', 'String.format(wide, 1)'],
    ['huge values cut to nothing', `String.format('${'%1$.0s'.repeat(1500)}', deep)`],
    [
      'huge values shown again and again',
      Array.from({ length: 400 }, () => 'String.valueOf(deep).isEmpty()').join(' || '),
    ],
    ['an array that is too long', "s.split('')"],
    ['a range that is too long', 'Util.intsBetween(0, 9223372036854775807, 1)'],
    ['days without end', 'Util.dateIntsBetween(10000101, 99991231, 1)'],
    ['joins of joins', `String.join(s, list)`],
    ['a search that compares everything', chain(".replace('b', 'c')", 500).replace("'b'", "'" + text(4000) + "b'")],
    ['a scan at every match', "s.replaceAll('a(.*b)?', 'x')"],
    ['a regular expression that is too large', `s.split('${'(a{1000})'.repeat(100)}')`],
    ['a regular expression that is too long', `s.split('${text(1001)}')`],
    ['a loop without end', 'while (true) {}'],
    ['a loop without end or condition', 'for (;;) { x = 1; }'],
    ['a loop of loops', 'for (i = 0; i < 20000; i += 1) for (j = 0; j < 20000; j += 1) { k = i * j; }'],
    ['a text that doubles in a loop', 'x = "a"; while (true) x += x;'],
    ['a map without end', 'm = new Map(); for (i = 0; true; i += 1) m.put("k" + i, i);'],
    ['an array that is too long to make', 'new int[9223372036854775807]'],
    ['arrays and arrays', 'a = new Object[25000]; for (i = 0; i < 25000; i += 1) a[i] = new int[25000];'],
    ['a map that holds the same maps again and again', HALL_OF_MIRRORS],
    ['such a map as text', `${HALL_OF_MIRRORS} "" + m`],
    [
      'a map in a map in a map',
      'm = new Map(); for (i = 0; i < 5000; i += 1) { n = new Map(); n.put("m", m); m = n; } m',
    ],
    ['zones and zones', 'while (true) DateTimeZone.forID("Europe/Madrid");'],
    [
      'dates and dates',
      'd = new DateTime(0); while (true) for (i = 0; i < 25000; i += 1) d = d.plusDays(1).minusDays(1);',
    ],
    ['one regular expression after the other', `s${".replaceAll('x(a*)(a*)(a*)b', 'c')".repeat(250)}`],
  ])('%s', (_, source) => {
    const from = process.cpuUsage();
    const fault = faultOf(source, big);
    expect(fault.code).toBe('EXPRESSION_LIMIT');
    expect(process.cpuUsage(from).user).toBeLessThan(3_000_000);
  });

  it('a regular expression that takes exponential time elsewhere takes linear time here', () => {
    const victim = names({ s: `${text(5000)}b` });
    const from = performance.now();
    expect(valueOf("s.replaceAll('^(a+)+$', 'x').length()", victim)).toBe(5001n);
    expect(valueOf("s.split('^(a|aa)+$').length", victim)).toBe(1n);
    expect(performance.now() - from).toBeLessThan(1000);
  });
});

describe('a text that is too deep or too long is refused before it is evaluated', () => {
  it.each<readonly [what: string, source: string]>([
    ['blocks', '{'.repeat(4000) + '1;' + '}'.repeat(4000)],
    ['conditions', 'if (true) '.repeat(900) + '1;'],
    ['assignments', 'a = '.repeat(2000) + '1'],
    ['brackets', '('.repeat(4000) + '1' + ')'.repeat(4000)],
    ['negations', '!'.repeat(9000) + 'true'],
    ['signs', '- '.repeat(4000) + '1'],
    ['indexes', 'a['.repeat(3000)],
    ['choices', 'true?'.repeat(1900) + '1'],
    ['arguments', 'a.b('.repeat(2000)],
    ['10,001 characters', ' '.repeat(10_000) + '1'],
  ])('%s', (_, source) => {
    expect(faultOf(source).code).toBe('EXPRESSION_LIMIT');
  });

  it('long chains are not deep', () => {
    expect(valueOf(Array.from({ length: 3000 }, () => '1').join('+'))).toBe(3000n);
    expect(valueOf(Array.from({ length: 1500 }, () => 'true').join('&&'))).toBe(true);
    expect(valueOf(`' '${'.trim()'.repeat(1400)}`)).toBe('');
    expect(valueOf(`${'('.repeat(120)}1${')'.repeat(120)}`)).toBe(1n);
  });
});

describe('fuel', () => {
  it('is counted in steps and bytes, and the fault tells how much was used', () => {
    const fault = faultOf('1 + 1 + 1 + 1', undefined, { steps: 2, memory: 1000 });
    expect(fault.code).toBe('EXPRESSION_LIMIT');
    expect(fault.message).toContain('2 of 2 steps');
    expect(faultOf("'ab' + 'cd'", undefined, { steps: 100, memory: 7 }).message).toContain('7 of 7 bytes');
    expect(run("'ab' + 'cd'", undefined, { steps: 100, memory: 8 }).ok).toBe(true);
  });

  it('is the same for every evaluation, however often the expression was evaluated before', () => {
    const fuel = { steps: 2050, memory: 1000 };
    const outcomes = [1, 2, 3].map(() => run("'a1b2c'.split('[0-9][a-z]{0,3}').length", undefined, fuel));
    expect(outcomes[1]).toStrictEqual(outcomes[0]);
    expect(outcomes[2]).toStrictEqual(outcomes[0]);
  });
});

it('a simple condition takes far less than 10 µs', () => {
  const compiled = compile('steps.clean.rows > cutoff && island == "Biscoe"');
  if (!compiled.ok) throw new Error(compiled.failure.message);
  const times = 10_000;
  const rounds = [1, 2, 3, 4, 5].map(() => {
    const from = process.cpuUsage();
    for (let count = 0; count < times; count++) evaluate(compiled.value, scope);
    return process.cpuUsage(from).user / times;
  });
  expect(Math.min(...rounds)).toBeLessThan(10);
});
