// What functions and methods are made of: parameters, the type they answer with, and the work. Arguments are checked
// against the parameters by `problemOf`, both before evaluation (types) and during it (values).

import { type Budget } from '../budget.ts';
import { type DateTime, type Made, type Thing, type ThingMap } from '../thing.ts';
import { type Kind, type Type, isNumeric } from '../types.ts';

interface Accepted {
  readonly string: string;
  readonly long: bigint;
  readonly number: bigint | number;
  readonly double: number;
  readonly boolean: boolean;
  readonly array: readonly Thing[];
  readonly map: ThingMap;
  /** A date, or its milliseconds. */
  readonly instant: DateTime | bigint;
  readonly any: Thing;
}

type AcceptedObject = { readonly [K in Made['kind']]: Extract<Made, { readonly kind: K }> };

type Plain = keyof Accepted | Made['kind'];

type Plainly<P extends Plain> = P extends keyof Accepted ? Accepted[P] : AcceptedObject[P & Made['kind']];

/** What a parameter accepts: one kind, optionally (`?`, at the end), or any number of values (`any*`, last). */
export type Parameter = Plain | `${Plain}?` | 'any*';

type Given<P> = P extends Plain ? Plainly<P> : P extends `${infer Q extends Plain}?` ? Plainly<Q> | undefined : never;

type Arguments<P extends readonly Parameter[]> = P extends readonly [...infer Head, 'any*']
  ? readonly [...{ readonly [I in keyof Head]: Given<Head[I]> }, ...Thing[]]
  : { readonly [I in keyof P]: Given<P[I]> };

/** What a call answers with: always the same type, or one that depends on the types of the arguments. */
export type Returns = Type | ((types: readonly Type[]) => Type);

/** A function or method. A method's first parameter is the value it is called on. */
export interface Callable {
  readonly parameters: readonly Parameter[];
  readonly returns: Returns;
  readonly run: (given: readonly Thing[], budget: Budget) => Thing;
}

/** The functions of one class, or the methods of one kind of value, by name. */
export type Callables = ReadonlyMap<string, Callable>;

/** Declares a function or method; the work sees its arguments as its parameters promise them. */
export function callable<const P extends readonly Parameter[]>(
  parameters: P,
  returns: Returns,
  run: (given: Arguments<P>, budget: Budget) => Thing,
): Callable {
  return { parameters, returns, run: run as unknown as Callable['run'] };
}

const ACCEPTED_TEXTS: ReadonlyMap<string, string> = new Map([['instant', 'DateTime or long']]);

/** Says what is wrong with the arguments of a call, if anything. `receivers` is 1 for methods, 0 for functions. */
export function problemOf(
  called: Callable,
  kinds: readonly (Kind | 'unknown')[],
  receivers: 0 | 1,
): string | undefined {
  const { parameters } = called;
  const most = parameters.includes('any*') ? Infinity : parameters.length;
  const least = parameters.filter((parameter) => !parameter.endsWith('?') && parameter !== 'any*').length;
  if (kinds.length < least || kinds.length > most) {
    return `takes ${countText(least - receivers, most - receivers)}, not ${String(kinds.length - receivers)}`;
  }
  for (const [position, kind] of kinds.entries()) {
    const parameter = parameters[position] ?? 'any';
    if (!accepts(parameter, kind)) {
      return `takes ${withArticle(ACCEPTED_TEXTS.get(plainOf(parameter)) ?? plainOf(parameter))} as argument ${String(position - receivers + 1)}, not ${withArticle(kind)}`;
    }
  }
  return undefined;
}

/** Tells the type that a call answers with. */
export function returnType(called: Callable, types: readonly Type[]): Type {
  return typeof called.returns === 'function' ? called.returns(types) : called.returns;
}

/** Writes what is called: `Math.min`, `new Map`. */
export function callText({ owner, name }: { readonly owner: string; readonly name: string }): string {
  return name === 'new' ? `new ${owner}` : `${owner}.${name}`;
}

/** Names a kind within a sentence. */
export function withArticle(kind: string): string {
  if (kind === 'null') return kind;
  if (kind === 'unknown') return 'a value of unknown type';
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function accepts(parameter: Parameter, kind: Kind | 'unknown'): boolean {
  const plain = plainOf(parameter);
  if (plain === 'any' || kind === 'unknown') return true;
  if (plain === 'instant') return kind === 'DateTime' || kind === 'long';
  return plain === 'number' ? isNumeric(kind) : plain === kind;
}

function plainOf(parameter: Parameter): string {
  return parameter.replace(/[?*]$/, '');
}

function countText(least: number, most: number): string {
  if (most === Infinity) return `${String(least)} or more arguments`;
  if (least !== most) return `${String(least)} to ${String(most)} arguments`;
  return least === 1 ? '1 argument' : `${least === 0 ? 'no' : String(least)} arguments`;
}
