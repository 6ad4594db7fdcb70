// Hazard: an expression that reaches for the machine (reliability A25, A26, A29). Values are plain data and members
// are looked up in Maps only, so every attempt ends in a fault and nothing global changes.

import { afterEach, describe, expect, it } from 'vitest';
import { faultOf, run, valueOf } from './scope.ts';

const FORBIDDEN = [
  `this.constructor.constructor('return process')()`,
  `''.constructor.constructor('return process')()`,
  `island.constructor`,
  `island['constructor']`,
  `(1).constructor`,
  `names.constructor`,
  `names['__proto__']`,
  `steps.constructor`,
  `steps.__proto__`,
  `steps.clean.prototype`,
  `nothing.constructor`,
  `nothing['__proto__']`,
  `island.getClass()`,
  `island.call(this)`,
  `island.toString().constructor`,
  '`${process}`',
  'island[`constructor`]',
  'process',
  'process.env',
  'globalThis.process',
  'require("fs")',
  'import("fs")',
  'eval("1")',
  'Function("return process")()',
  'function () { return 1 }',
  'async () => 1',
  'await x',
  'x => x',
  'new Function("return 1")',
  'new Proxy(steps, steps)',
  'Proxy',
  'Reflect.get(steps, "a")',
  'Symbol.unscopables',
  'Promise.resolve(1)',
  'Error.prepareStackTrace',
  'class A extends B',
  'super.x',
  'steps instanceof Map',
  'typeof steps',
  'Runtime.getRuntime().exec("ls")',
  'Class.forName("java.lang.Runtime")',
  'System.exit(0)',
  'java.lang.System.exit(0)',
  'new Thread()',
  'WebAssembly',
  'setTimeout("x", 1)',
  'new Object()',
  'new process()',
  'int x = 1; x.constructor',
  'm = new Map(); m.constructor.constructor("return process")()',
  'new int[1].__proto__',
  'new DateTime(0).constructor',
  'DateTimeZone.UTC.__proto__',
  'this.x = 1',
];

describe('an expression cannot reach the machine', () => {
  it.each(FORBIDDEN)('%s', (source) => {
    expect(faultOf(source).code).toBe('EXPRESSION_FORBIDDEN');
  });

  it.each([
    '{ get a() { return 1 } }',
    '({}).polluted',
    '[].constructor',
    '(() => 1)()',
    'steps["__proto__"]["polluted"] = true',
    'String.prototype',
    'Math.constructor("return process")()',
    'String.fromCharCode(65)',
    'island.toString.call(1)',
    'island.valueOf()',
    'island.__lookupGetter__("x").name',
    'island.hasOwnProperty("length")',
    'settings.set("a", 1)',
    'settings.forEach(1)',
    'settings.entries()',
    'settings.size.constructor',
    'names.push(1)',
    'names.map(1)',
    'delete steps.clean',
    'steps.clean.rows++',
    '\\u0063onstructor',
    "'a'.repeat(2**30)",
    'names["length"] = 0',
    'names.length = 0',
    'steps.constructor = 1',
    'new Map().get.call(1)',
    'new DateTime(0).millis',
    'new DateTime(0).zone.id',
    'DateTimeZone.UTC.kind',
    'params.constructor("x")',
    'params.toString()',
    'DateTimeZone.__proto__',
    'new constructor()',
    'new __proto__()',
    'new constructor[1]',
    'constructor x = 1',
    'Map.put("a", 1)',
    'Map.new()',
    'Map.constructor("x")',
    'Util.__proto__',
  ])('nor does it get anywhere by %s', (source) => {
    const result = run(source);
    expect(result.ok).toBe(false);
  });

  it('lets variables, keys and patterns bear any name, and they are only that', () => {
    expect(valueOf('constructor = 1; __proto__ = constructor + 1; __proto__')).toBe(2n);
    expect(
      valueOf('m = new Map(); m.put("__proto__", "x"); m.put("constructor", 1); m.size() + m.get("__proto__")'),
    ).toBe('2x');
    expect(valueOf("params['__proto__']")).toBeNull();
    expect(run('new DateTime(0).toString("__proto__")').ok).toBe(false);
    expect(run('DateTimeZone.forID("__proto__")').ok).toBe(false);
  });

  it('cannot change what it was given', () => {
    const names = ['a', 'b'];
    const inner = new Map([['k', 'v']]);
    const given = (name: string) =>
      name === 'names' ? names : name === 'deep' ? new Map([['inner', inner]]) : undefined;
    expect(valueOf('names[0] = "X"; deep.inner.put("k", names[0]); deep.inner.get("k") + names[0]', given)).toBe('XX');
    expect(names).toStrictEqual(['a', 'b']);
    expect([...inner]).toStrictEqual([['k', 'v']]);
  });

  it('treats names of JavaScript machinery as plain keys where a map has them', () => {
    expect(valueOf('settings.constructor')).toBe('only a key');
    expect(valueOf("settings['__proto__']")).toBeNull();
    expect(valueOf("settings.containsKey('hasOwnProperty')")).toBe(false);
    expect(valueOf('constructor + 1', (name) => (name === 'constructor' ? 1n : undefined))).toBe(2n);
  });

  afterEach(() => {
    expect('polluted' in {}).toBe(false);
  });
});
