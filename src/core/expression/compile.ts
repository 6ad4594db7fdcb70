// From source text to a compiled expression, once per text: the cache is bounded and answers the same as compiling.

import { type Result, failed } from '../result.ts';
import { type ExpressionFault, faultAt, settle } from './fault.ts';
import { parse } from './parse.ts';
import { type ProgramNames, type Reference, namesOf } from './references.ts';
import { type Block } from './statements.ts';

/** A parsed expression: its text, its tree, and the names that it refers to. */
export interface Expression {
  readonly source: string;
  /** Every occurrence of a name that is not a variable of its own, in the order of the text. */
  readonly references: readonly Reference[];
  readonly root: Block;
  readonly names: ProgramNames;
}

export { type Reference } from './references.ts';

/** How many characters an expression may have. */
const LONGEST_EXPRESSION = 10_000;

const CACHE_SIZE = 500;
const cache = new Map<string, Result<Expression, ExpressionFault>>();

/** Parses an expression; a fault tells what is wrong with the text and where. */
export function compile(source: string): Result<Expression, ExpressionFault> {
  const known = cache.get(source);
  if (known !== undefined) return known;
  if (source.length > LONGEST_EXPRESSION) return tooLong(source);
  const result = settle(() => {
    const root = parse(source);
    const names = namesOf(root);
    return { source, references: names.references, root, names };
  });
  const [oldest] = cache.keys();
  if (cache.size >= CACHE_SIZE && oldest !== undefined) cache.delete(oldest);
  cache.set(source, result);
  return result;
}

function tooLong(source: string): Result<Expression, ExpressionFault> {
  const length = `${String(source.length)} characters; at most ${String(LONGEST_EXPRESSION)} are allowed`;
  const span = { from: LONGEST_EXPRESSION, to: source.length };
  return failed(faultAt('EXPRESSION_LIMIT', `The expression has ${length}.`, span));
}
