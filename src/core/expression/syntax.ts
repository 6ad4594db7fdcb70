// The syntax tree of expressions; that of statements is in statements.ts. Chains (`a + b - c`, `x.y[0].z()`) are flat lists, not nested nodes, so that the
// depth of a tree is the depth of its brackets: bounded by the parser, and safe to walk recursively everywhere.

import { type Span } from './fault.ts';
import { type Thing } from './thing.ts';

/** Binary operators of which both sides are always evaluated. */
export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

/** Any expression node. */
export type Node = Literal | Name | Path | Call | NewArray | Assignment | Operation | Logic | Unary | Conditional;

/** A constant. */
export interface Literal extends Span {
  readonly kind: 'literal';
  readonly value: Thing;
}

/** A variable. */
export interface Name extends Span {
  readonly kind: 'name';
  readonly name: string;
}

/** A target followed by one or more links: `target.member[index].method(…)`. */
export interface Path extends Span {
  readonly kind: 'path';
  readonly target: Node;
  readonly links: readonly Link[];
}

/** One step along a path. Spans are those of the step's own text. */
export type Link = Member | Index | MethodCall;

/** `.name` */
export interface Member extends Span {
  readonly kind: 'member';
  readonly name: string;
}

/** `[index]` */
export interface Index extends Span {
  readonly kind: 'index';
  readonly index: Node;
}

/** `.method(arguments)` */
export interface MethodCall extends Span {
  readonly kind: 'method';
  readonly name: string;
  readonly arguments: readonly Node[];
}

/** A call of a class's function: `Util.incrementDateInt(d, 1)`; for `new Map()` its name is `new`. */
export interface Call extends Span {
  readonly kind: 'call';
  readonly owner: string;
  readonly name: string;
  readonly arguments: readonly Node[];
}

/** `new int[n]` with its length, or `new int[]{1, 2}` with its items. */
export interface NewArray extends Span {
  readonly kind: 'array';
  readonly item: string;
  readonly length?: Node;
  readonly items?: readonly Node[];
}

/** `x = value`, `x += value`, `a[i] = value`: it may stand where a statement may, and on the right of another. */
export interface Assignment extends Span {
  readonly kind: 'assignment';
  readonly target: Name | Path;
  /** Of `+=` and the like. */
  readonly operator?: Operator;
  readonly value: Node;
}

/** A chain of operators of equal precedence, applied from left to right. */
export interface Operation extends Span {
  readonly kind: 'operation';
  readonly first: Node;
  readonly rest: readonly Operand[];
}

/** An operator and what stands on its right; the span is the operator's. */
export interface Operand extends Span {
  readonly operator: Operator;
  readonly node: Node;
}

/** `a && b && c` or `a || b || c`, evaluated only as far as needed. */
export interface Logic extends Span {
  readonly kind: 'logic';
  readonly operator: '&&' | '||';
  readonly operands: readonly Node[];
}

/** `!a` or `-a`. */
export interface Unary extends Span {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Node;
}

/** `condition ? yes : no`, of which only one branch is evaluated. */
export interface Conditional extends Span {
  readonly kind: 'conditional';
  readonly condition: Node;
  readonly yes: Node;
  readonly no: Node;
}
