// One thing that is wrong with a definition, and how it becomes a refusal with its place in the text.

import { nearest } from '../expression/nearest.ts';
import { type Refusal } from '../refusal.ts';
import { locate, locateKey } from './source/locate.ts';
import { type Position, type SourceNode } from './source/node.ts';

/** What is wrong, by which rule, where, and what to write instead. */
export interface Problem {
  /** A stable, kebab-case name such as `unknown-key`. */
  readonly rule: string;
  readonly message: string;
  /** Into the definition, outermost first. */
  readonly path: readonly string[];
  readonly hint?: string;
  /** What to write instead, when we can tell. */
  readonly suggestion?: string;
  /** A name that does not exist, and those that do: the nearest becomes the suggestion and replaces the hint. */
  readonly meant?: Mistyped;
  /** The exact place, if the reader knows it; otherwise it is found by the path. */
  readonly at?: Position;
  /** Points at the key at the end of the path instead of its value. */
  readonly onKey?: true;
  /** Characters into the text at the path, for a part of it. */
  readonly offset?: number;
}

/** A name that may be mistyped. */
export interface Mistyped {
  readonly word: string;
  readonly among: readonly string[];
}

/** A problem with its place. */
export interface PlacedProblem {
  readonly problem: Problem;
  readonly path: readonly string[];
  readonly position: Position;
}

/** Finds the place of a problem in the text that the tree came from. */
export function placed(problem: Problem, root: SourceNode): PlacedProblem {
  if (problem.at !== undefined) return { problem, path: problem.path, position: problem.at };
  const found = problem.onKey === true ? locateKey(root, problem.path) : locate(root, problem.path);
  return { problem, path: found.path, position: pointInto(found.node, found.position, problem.offset) };
}

/** Lines of a text are lines of the source too, all beginning in one column. */
function pointInto(node: SourceNode, position: Position, offset: number | undefined): Position {
  if (offset === undefined || node.kind !== 'scalar' || node.content === undefined) return position;
  const before = String(node.value).slice(0, offset).split('\n');
  return { line: node.content.line + before.length - 1, column: node.content.column + (before.at(-1) ?? '').length };
}

/** Makes the refusal of a problem. Only here the nearest name is looked for: that takes time. */
export function refusalOf({ problem, path, position }: PlacedProblem): Refusal {
  const { rule, message, meant } = problem;
  const near = meant && nearest(meant.word, meant.among);
  const hint = near === undefined ? problem.hint : `Did you mean "${near}"?`;
  const suggestion = near ?? problem.suggestion;
  return {
    code: 'BAD_DEFINITION',
    message: clipped(message),
    path,
    ...(hint === undefined ? {} : { hint: clipped(hint) }),
    place: { ...position, rule, ...(suggestion === undefined ? {} : { suggestion }) },
  };
}

const LONGEST_MESSAGE = 600;

/** Messages quote the user's text, which may be of any length. */
function clipped(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}
