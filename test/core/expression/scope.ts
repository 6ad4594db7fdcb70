// The names that the expression tests evaluate against, and short ways to compile and evaluate.

import { compile } from '../../../src/core/expression/compile.ts';
import { type Context, type Fuel, type Scope, evaluate } from '../../../src/core/expression/evaluate.ts';
import { type ExpressionFault } from '../../../src/core/expression/fault.ts';
import { type Value } from '../../../src/core/expression/value.ts';
import { type Result } from '../../../src/core/result.ts';

/** Names of all kinds, as a run would offer them. */
export const NAMES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['island', 'Biscoe'],
  ['cutoff', 40n],
  ['share', 2.5],
  ['isReady', true],
  ['nothing', null],
  ['names', ['Adelie', 'Gentoo', 'Chinstrap']],
  ['numbers', [1n, 2n, 3n]],
  [
    'settings',
    new Map<string, Value>([
      ['mode', 'fast'],
      ['constructor', 'only a key'],
      ['empty', null],
    ]),
  ],
  ['params', new Map<string, Value>([['k', 'v']])],
  ['TARGET_RUN_DATE', 20240229n],
  [
    'steps',
    new Map<string, Value>([
      [
        'clean',
        new Map<string, Value>([
          ['rows', 120n],
          ['names', ['a', 'b']],
        ]),
      ],
      ['a-b', new Map<string, Value>([['rows', 7n]])],
    ]),
  ],
]);

/** Looks names up in `NAMES`. */
export const scope: Scope = (name) => NAMES.get(name);

/** Compiles and evaluates in one go. */
export function run(source: string, names: Scope = scope, fuel?: Fuel): Result<Value, ExpressionFault> {
  const compiled = compile(source);
  return compiled.ok ? evaluate(compiled.value, names, fuel === undefined ? {} : { fuel }) : compiled;
}

/** The value of an expression that has one. */
export function valueOf(source: string, names: Scope = scope): Value {
  const result = run(source, names);
  if (!result.ok) throw new Error(`${source}: ${result.failure.code} ${result.failure.message}`);
  return result.value;
}

/** The fault of an expression that has one. */
export function faultOf(source: string, names: Scope = scope, fuel?: Fuel): ExpressionFault {
  const result = run(source, names, fuel);
  if (result.ok) throw new Error(`${source} has a value where a fault was expected`);
  return result.failure;
}

/** The value or fault of an expression that is given the time, chance or a run. */
export function runWith(context: Context, source: string, names: Scope = scope): Result<Value, ExpressionFault> {
  const compiled = compile(source);
  return compiled.ok ? evaluate(compiled.value, names, context) : compiled;
}
