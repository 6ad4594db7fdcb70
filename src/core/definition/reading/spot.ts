// Where the reader stands in a document, and the one place where it writes down what is wrong.
// Reading goes on after a problem, so that all of them are told at once.

import { type Mistyped, type Problem } from '../problem.ts';
import { type Position, type SourceNode } from '../source/node.ts';
import { type StoredTemplate } from '../template/template.ts';

/** What is gathered while one document is read. */
export interface Reading {
  readonly problems: Problem[];
  /**
   * Paths (as JSON) of what could not be read and is a guess or missing in the model: no rule may draw conclusions
   * from it, or one mistake would be told twice.
   */
  readonly doubtful: Set<string>;
  /** Files that the definition names, each with the path of its first mention. */
  readonly filesWanted: Map<string, readonly string[]>;
  /** The template that each step came from that used one, by its node. Absent: none did. */
  readonly templates?: ReadonlyMap<SourceNode, StoredTemplate>;
  /** Asks the owner of the calendar whether it understands a cron text; the answer is a sentence when it does not. */
  readonly checkCron?: (cron: string, timezone: string) => string | undefined;
}

/** A node of the document with the path to it. */
export interface Spot {
  readonly reading: Reading;
  readonly node: SourceNode;
  readonly path: readonly string[];
  /** Where its key stands, if it has one. */
  readonly keyAt?: Position;
}

/** What may be said beyond the message. */
export interface Remarks {
  readonly hint?: string;
  readonly suggestion?: string;
  readonly meant?: Mistyped;
  readonly at?: Position;
}

/** Writes a problem down, at the spot unless the remarks say otherwise. */
export function report(spot: Spot, rule: string, message: string, remarks?: Remarks): void {
  if (spot.node.kind === 'scalar' && spot.node.isTold === true) return;
  spot.reading.problems.push({ rule, message, path: spot.path, at: spot.node.at, ...remarks });
}

/** Marks what the path leads to as not known. */
export function doubt(reading: Reading, path: readonly string[]): void {
  reading.doubtful.add(JSON.stringify(path));
}

/** The key under which the spot stands, for messages. */
export function keyOf(spot: Spot): string {
  const last = spot.path.at(-1);
  if (last === undefined) return 'The definition';
  if (last === 'value' || last === 'type') return `\`${spot.path.slice(-2).join('.')}\``;
  return /^\d+$/u.test(last) ? `Item ${String(Number(last) + 1)} of \`${spot.path.at(-2) ?? ''}\`` : `\`${last}\``;
}

/** What the node is, for messages: `the number 3`, `a list`. */
export function nodeName(node: SourceNode): string {
  if (node.kind !== 'scalar') return `a ${node.kind}`;
  if (node.value === null) return 'empty';
  if (typeof node.value === 'string') return 'a text';
  return typeof node.value === 'boolean' ? `the boolean ${String(node.value)}` : `the number ${String(node.value)}`;
}
