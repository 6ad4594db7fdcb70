// The syntax tree of statements. A program is a block; an expression by itself is a block of one statement.

import { type DeclaredType } from './declared.ts';
import { type Span } from './fault.ts';
import { type Node } from './syntax.ts';

/** Any statement. */
export type Statement = Block | Evaluation | Declaration | If | Loop | Jump | Return | Throw;

/** Statements one after the other: `{ … }`, or a whole program. */
export interface Block extends Span {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
}

/** An expression as a statement. */
export interface Evaluation extends Span {
  readonly kind: 'evaluation';
  readonly node: Node;
}

/** `int x = 1, y;` */
export interface Declaration extends Span {
  readonly kind: 'declaration';
  readonly type: DeclaredType;
  readonly variables: readonly Variable[];
}

/** One variable of a declaration; the span is that of its name. */
export interface Variable extends Span {
  readonly name: string;
  readonly value?: Node;
}

/** `if (condition) yes else no` */
export interface If extends Span {
  readonly kind: 'if';
  readonly condition: Node;
  readonly yes: Statement;
  readonly no?: Statement;
}

/** `while (condition) body`, `for (init; condition; update) body`. Without a condition it goes on until it is left. */
export interface Loop extends Span {
  readonly kind: 'loop';
  readonly init?: Statement;
  readonly condition?: Node;
  readonly update?: Node;
  readonly body: Statement;
}

/** `break;` or `continue;` */
export interface Jump extends Span {
  readonly kind: 'break' | 'continue';
}

/** `return value;` */
export interface Return extends Span {
  readonly kind: 'return';
  readonly value: Node;
}

/** `throw "message";` */
export interface Throw extends Span {
  readonly kind: 'throw';
  readonly value: Node;
}
