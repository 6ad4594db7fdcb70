// The state of one static check: what is known of the names, what was found out about variables, and the faults so far.

import { typeOfDeclared } from './declared.ts';
import { type ExpressionFault, type Span, faultAt } from './fault.ts';
import { type Local, type ProgramNames } from './references.ts';
import { type Node } from './syntax.ts';
import { type Type } from './types.ts';
import { type ValueType } from './value.ts';

/** What is known of the names that an expression may use. */
export interface Names {
  /**
   * The type of a name; `unknown` for one whose type is not known or whose members are names in turn, such as `steps`;
   * undefined when there is no such name. Members of a `map` are not asked for: they are not known before the run.
   */
  readonly typeOf: (path: readonly string[]) => ValueType | 'unknown' | undefined;
  /** What may follow a path; all root names for the empty path. Only for suggestions. */
  readonly candidates: (path: readonly string[]) => readonly string[];
  /** What a name that there is not gives: a fault (native definitions, the default), or NULL (imported ones). */
  readonly undefinedNames?: 'fault' | 'null';
}

/** One check of one program. */
export interface Checker {
  readonly names: Names;
  readonly program: ProgramNames;
  readonly faults: ExpressionFault[];
  readonly infer: (node: Node, checker: Checker) => Type;
  /** The types of variables that are assigned once and not declared. */
  readonly inferred: Map<string, Type>;
  /** What the program can give, and where. */
  readonly results: Result[];
}

/** One place that gives the value of the program; `void` where it ends without one. */
export interface Result extends Span {
  readonly type: Type;
}

/** Adds a fault. */
export function report(checker: Checker, fault: ExpressionFault): 'unknown' {
  checker.faults.push(fault);
  return 'unknown';
}

/** Adds a fault about a type. */
export function reportType(checker: Checker, message: string, span: Span): 'unknown' {
  return report(checker, faultAt('EXPRESSION_TYPE', message, span));
}

/** The type of a variable, where it has a value for sure. */
export function typeOfLocal({ name, type, assignments }: Local, checker: Checker): Type {
  if (type !== undefined) return typeOfDeclared(type);
  return assignments === 1 ? (checker.inferred.get(name) ?? 'unknown') : 'unknown';
}
