// Laws of the expression language, for any text and any value.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Names, check } from '../../../src/core/expression/check.ts';
import { compile } from '../../../src/core/expression/compile.ts';
import { evaluate } from '../../../src/core/expression/evaluate.ts';
import { caret } from '../../../src/core/expression/fault.ts';
import { type Value, type ValueType } from '../../../src/core/expression/value.ts';
import { NAMES, run, scope, valueOf } from './scope.ts';

const TYPES = new Map<string, ValueType>([
  ['island', 'string'],
  ['cutoff', 'long'],
  ['share', 'double'],
  ['isReady', 'boolean'],
  ['names', 'string_array'],
  ['numbers', 'long_array'],
]);
const TYPED: Names = {
  typeOf: ([root = '', ...rest]) => (rest.length === 0 ? TYPES.get(root) : undefined),
  candidates: () => [...TYPES.keys()],
};

const word = fc.constantFrom(
  ...'island cutoff share isReady nothing names numbers settings steps params missing this new return if import'.split(
    ' ',
  ),
  ...'String Math Util Long constructor __proto__ length split replaceAll get toString clean rows min max format'.split(
    ' ',
  ),
  ...'else while for break continue throw int double boolean String Map DateTime x y m a put new_ DateTimeZone UTC'.split(
    ' ',
  ),
  ...'DateTimeFormat Arrays System Days plusDays forID asList += -= *= /= %= void final'.split(' '),
  ...'( ) [ ] { } . , ; ? : ! && || == != < <= > >= + - * / % = => & ` # @ \\ \n'.split(' '),
  ...`1 0 42 9223372036854775807 1.5 1e3 0x1F 017 'a' "b" 'c "\\u0041" '[a-z]+' /* */ // true false null`.split(' '),
);
const words = fc.array(word, { maxLength: 30 }).map((list) => list.join(' '));

const leaf = fc.constantFrom(
  ...'island cutoff share isReady names numbers null true false 0 1 2 7 1.5 "a" "7" numbers[0] names[1] names.length'.split(
    ' ',
  ),
);
const { sound } = fc.letrec<{ sound: string }>((tie) => ({
  sound: fc.oneof(
    { maxDepth: 4, depthSize: 'medium', withCrossShrink: true },
    leaf,
    fc
      .tuple(
        tie('sound'),
        fc.constantFrom('+', '-', '*', '/', '%', '<', '<=', '>', '>=', '==', '!=', '&&', '||'),
        tie('sound'),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('sound').map((inner) => `!${inner}`),
    tie('sound').map((inner) => `- ${inner}`),
    fc.tuple(tie('sound'), tie('sound')).map(([a, b]) => `(${a} ? ${b} : ${b})`),
    fc.tuple(tie('sound'), tie('sound')).map(([a, b]) => `Math.min(${a}, ${b})`),
    tie('sound').map((inner) => `(${inner}).toString()`),
    fc.tuple(tie('sound'), tie('sound')).map(([a, b]) => `(${a}).split(${b})`),
    tie('sound').map((inner) => `(${inner}).intValue()`),
  ),
}));

const variable = fc.constantFrom('x', 'y', 'cutoff');
const number = fc.constantFrom(
  '0',
  '1',
  'x',
  'y',
  'cutoff',
  'numbers[0]',
  'numbers.length',
  'x + 1',
  'y * x',
  'x - y',
  'a[0]',
);
const test = fc.constantFrom(
  'x < 5',
  'y > x',
  'isReady',
  'x % 2 == 0',
  'a.length > 2',
  'm.size() < 4',
  'true',
  'x.length() > 1',
);
const { statement } = fc.letrec<{ statement: string }>((tie) => {
  const block = fc.array(tie('statement'), { maxLength: 4 }).map((list) => `{ ${list.join(' ')} }`);
  return {
    statement: fc.oneof(
      { maxDepth: 4, depthSize: 'medium', withCrossShrink: true },
      fc
        .tuple(variable, fc.constantFrom('=', '+=', '-=', '*=', '/=', '%='), number)
        .map((parts) => `${parts.join(' ')};`),
      fc
        .tuple(fc.constantFrom('int', 'long', 'double', 'String', 'Map'), variable, number)
        .map(([type, name, value]) => `${type} ${name} = ${value};`),
      fc.tuple(number, number).map(([index, value]) => `a[${index}] = ${value};`),
      fc
        .tuple(number, fc.constantFrom('x', 'm', 'a', 'settings', '"v"'))
        .map(([key, value]) => `m.put("k" + (${key}), ${value});`),
      fc.constantFrom(
        'break;',
        'continue;',
        'return x;',
        'throw "x" + y;',
        'numbers[0] = 9;',
        'm = new HashMap();',
        'a = new int[3];',
        ';',
      ),
      fc.constantFrom(
        'a = numbers;',
        'x = "s";',
        'd = new DateTime(x); d.plusDays(y);',
        'settings.put("k", m);',
        '"" + m;',
        'a = Arrays.asList(m, a);',
      ),
      fc.tuple(test, block, block).map(([condition, yes, no]) => `if (${condition}) ${yes} else ${no}`),
      fc.tuple(test, block).map(([condition, yes]) => `if (${condition}) ${yes}`),
      fc.tuple(test, block).map(([condition, body]) => `while (${condition}) ${body}`),
      fc
        .tuple(variable, number, block)
        .map(([name, bound, body]) => `for (${name} = 0; ${name} < ${bound}; ${name} += 1) ${body}`),
    ),
  };
});
const program = fc
  .tuple(fc.boolean(), fc.array(statement, { maxLength: 6 }), number)
  .map(
    ([begins, list, last]) =>
      `${begins ? 'x = 1; y = 2; a = new long[3]; m = new Map(); ' : ''}${list.join(' ')} ${last}`,
  );

describe('for any program', () => {
  it('it compiles or not, is checked, and ends within its fuel with a value or a fault', () => {
    let values = 0;
    fc.assert(
      fc.property(program, fc.constantFrom('fault' as const, 'null' as const), (source, undefinedNames) => {
        const before = JSON.stringify([...NAMES], (_, value: unknown) => shown(value));
        const compiled = compile(source);
        if (!compiled.ok) {
          expect(compiled.failure.code).toBe('EXPRESSION_SYNTAX');
          return;
        }
        check(compiled.value, { ...TYPED, undefinedNames });
        const context = { fuel: { steps: 20_000, memory: 200_000 }, undefinedNames };
        const result = evaluate(compiled.value, scope, context);
        expect(evaluate(compiled.value, scope, context)).toStrictEqual(result);
        expect(JSON.stringify([...NAMES], (_, value: unknown) => shown(value))).toBe(before);
        if (result.ok) values += 1;
        else expect(result.failure.to).toBeLessThanOrEqual(source.length);
      }),
      { numRuns: 2000 },
    );
    expect(values).toBeGreaterThan(200);
  });

  it('what the check lets pass meets no name or type fault, except by NULL', () => {
    let passed = 0;
    fc.assert(
      fc.property(program, (source) => {
        const compiled = compile(`long x = 1; long y = 2; long[] a = new long[3]; Map m = new Map(); ${source}`);
        if (!compiled.ok || check(compiled.value, TYPED).length > 0) return;
        // What a list of all sorts holds is known only when it is evaluated.
        if (source.includes('asList')) return;
        // So is whether the variable or the name outside is meant, where the variable may have no value yet.
        if ([...compiled.value.names.bindings.values()].includes('maybe')) return;
        const locals = [...compiled.value.names.locals.values()];
        if (locals.some((local) => local.type === undefined && local.name !== 'd')) return;
        const result = evaluate(compiled.value, scope, { fuel: { steps: 20_000, memory: 200_000 } });
        passed += 1;
        if (result.ok || result.failure.message.includes('VOID')) return;
        expect(result.failure.code).toMatch(/^EXPRESSION_(?:FAILED|LIMIT)$/);
      }),
      { numRuns: 2000 },
    );
    expect(passed).toBeGreaterThan(100);
  });
});

describe('for any text at all', () => {
  it('compiling, checking, evaluating and showing the fault never throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 200 }), words), (source) => {
        const compiled = compile(source);
        const result = compiled.ok
          ? evaluate(compiled.value, scope, { fuel: { steps: 10_000, memory: 100_000 } })
          : compiled;
        if (compiled.ok) check(compiled.value, TYPED);
        if (result.ok) return;
        const { from, to } = result.failure;
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(source.length);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(caret(source, result.failure).split('\n')).toHaveLength(2);
      }),
      { numRuns: 2000 },
    );
  });

  it('the same text with the same names gives the same result', () => {
    fc.assert(
      fc.property(fc.oneof(words, sound), (source) => {
        expect(run(source)).toStrictEqual(run(source));
      }),
    );
  });
});

describe('for any well-formed expression', () => {
  it('what the check lets pass meets no name or type fault, except by NULL', () => {
    let passed = 0;
    fc.assert(
      fc.property(sound, (source) => {
        const compiled = compile(source);
        if (!compiled.ok || check(compiled.value, TYPED).length > 0) return;
        const result = evaluate(compiled.value, scope);
        passed += 1;
        if (result.ok || source.includes('null')) return;
        expect(result.failure.code).toMatch(/^EXPRESSION_(?:FAILED|LIMIT)$/);
      }),
      { numRuns: 2000 },
    );
    expect(passed).toBeGreaterThan(200);
  });

  it('the right side of && and || is not looked at when the left side decides', () => {
    fc.assert(
      fc.property(sound, (source) => {
        const seen: string[] = [];
        const watching = (name: string): Value | undefined => {
          seen.push(name);
          return NAMES.get(name);
        };
        expect(valueOf(`false && ${source}`, watching)).toBe(false);
        expect(valueOf(`true || ${source}`, watching)).toBe(true);
        expect(valueOf(`true ? 1 : ${source}`, watching)).toBe(1n);
        expect(seen).toStrictEqual([]);
      }),
    );
  });

  it('LONG arithmetic is that of 64-bit two’s complement', () => {
    const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(long, long, (a, b) => {
        const names = (name: string): Value | undefined => (name === 'a' ? a : name === 'b' ? b : undefined);
        expect(valueOf('a + b', names)).toBe(BigInt.asIntN(64, a + b));
        expect(valueOf('a - b', names)).toBe(BigInt.asIntN(64, a - b));
        expect(valueOf('a * b', names)).toBe(BigInt.asIntN(64, a * b));
        expect(valueOf('a < b', names)).toBe(a < b);
        if (b !== 0n) expect(valueOf('(a / b) * b + a % b == a', names)).toBe(true);
        expect(valueOf('Long.parseLong(String.valueOf(a))', names)).toBe(a);
      }),
    );
  });

  it('any text survives as a literal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (value) => {
        const names = (name: string): Value | undefined => (name === 's' ? value : undefined);
        const written = valueOf('s.escape()', names);
        if (typeof written !== 'string') throw new Error('not a text');
        expect(valueOf(`"${written}"`)).toBe(value);
      }),
    );
  });

  it('an evaluation never changes what it was given', () => {
    const before = JSON.stringify([...NAMES], (_, value: unknown) => shown(value));
    fc.assert(
      fc.property(fc.oneof(words, sound), (source) => {
        run(source);
      }),
    );
    expect(JSON.stringify([...NAMES], (_, value: unknown) => shown(value))).toBe(before);
  });
});

function shown(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value.toString()}n`;
  return value instanceof Map ? [...value] : value;
}
