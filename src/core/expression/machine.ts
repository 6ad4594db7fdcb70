// The state of one evaluation, and what compiled code is: closures over the tree that work on such a state.

import { type Budget } from './budget.ts';
import { type DeclaredType } from './declared.ts';
import { type ProgramNames } from './references.ts';
import { type Thing } from './thing.ts';
import { type Value } from './value.ts';

/** Looks up a root name; undefined when there is no such name, which is a fault of the expression. */
export type Scope = (name: string) => Value | undefined;

/** One evaluation. */
export interface Machine extends Budget {
  readonly scope: Scope;
  /** The values of the variables; undefined while one has none. */
  readonly locals: (Thing | undefined)[];
  /** Copies of what came from outside, for a program that changes elements. */
  readonly copies: Map<string, Thing>;
  /** The types of the items of arrays that the program made or declared. */
  readonly items: Map<Thing, DeclaredType['item']>;
  /** The value of the last statement so far. */
  result: Thing;
}

/** A compiled expression. */
export type Run = (machine: Machine) => Thing;

/** How a statement ended: it went on to the next, or left the loop, the round or the program. */
export type Ending = 'next' | 'break' | 'continue' | 'return';

/** A compiled statement. */
export type Perform = (machine: Machine) => Ending;

/** What the parts of a program know of the whole while they are compiled. */
export interface Builder {
  readonly names: ProgramNames;
}
