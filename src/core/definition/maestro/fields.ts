// What every part of a Maestro definition is read with: maps with known keys, where null says the same as nothing.

import { compile } from '../../expression/compile.ts';
import { type ExpressionFault, caret } from '../../expression/fault.ts';
import { type Entry, type Json } from '../../json.ts';
import { type Fields, type Shape, readFields } from '../reading/fields.ts';
import { readJson } from '../reading/json-values.ts';
import { itemsOf, readText } from '../reading/scalars.ts';
import { type Spot, keyOf, nodeName, report } from '../reading/spot.ts';
import { type Position, type SourceNode } from '../source/node.ts';

/** Reads a map with these keys; what is null is left out. */
export function fieldsOf(spot: Spot, shape: Shape): Fields {
  const fields = readFields(spot, shape) ?? new Map<string, Spot>();
  return new Map([...fields].filter(([, { node }]) => !isNull(node)));
}

/** Tells whether nothing stands there. */
export function isNull(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null && node.isTold !== true;
}

/** The text under a key, if it is there and one. */
export function textOf(fields: Fields, key: string): string | undefined {
  const spot = fields.get(key);
  return spot && readText(spot);
}

/** Reads one of the fixed words, in any case; `words` leads from each, in lower case, to what it means. */
export function wordOf<W>(spot: Spot, words: ReadonlyMap<string, W>): W | undefined {
  const source = spot.node.kind === 'scalar' ? spot.node.source : '';
  const known = words.get(source.toLowerCase());
  if (known !== undefined) return known;
  const given = source === '' ? nodeName(spot.node) : `\`${source}\``;
  const among = Array.from(words.keys(), (word) => word.toUpperCase());
  const message = `${keyOf(spot)} is one of ${among.join(', ')}, and this is ${given}.`;
  report(spot, 'unknown-word', message, { meant: { word: source.toUpperCase(), among } });
  return undefined;
}

/** The items of a list; what is none is told. */
export function listOf(spot: Spot): readonly Spot[] {
  if (spot.node.kind === 'list') return itemsOf(spot);
  report(spot, 'wrong-type', `${keyOf(spot)} must be a list, and this is ${nodeName(spot.node)}.`);
  return [];
}

/** Reads whatever stands under these keys as it is, to be kept. */
export function carriedOf(fields: Fields, keys: readonly string[], prefix = ''): readonly Entry[] {
  return keys.flatMap((key) => {
    const spot = fields.get(key);
    const value: Json | undefined = spot && readJson(spot);
    return value === undefined ? [] : [{ name: `${prefix}${key}`, value }];
  });
}

/** Says that something is not there yet, and what to do instead. */
export function reportNotYet(spot: Spot, what: string, instead: string): void {
  const place = spot.keyAt === undefined ? {} : { at: spot.keyAt };
  report(spot, 'not-yet', `${what} is not yet supported here: this version of Downbeat does not have it.`, {
    hint: instead,
    ...place,
  });
}

/** Tells whether a list or a map holds nothing. */
export function isEmpty(node: SourceNode): boolean {
  if (node.kind === 'scalar') return isNull(node);
  return node.kind === 'list' ? node.items.length === 0 : node.entries.size === 0;
}

/** Tells everything that is wrong with a name. */
export function checkName(spot: Spot, what: string, name: string, faults: (name: string) => readonly string[]): void {
  const remarks = spot.keyAt !== undefined && spot.path.at(-1) === name ? { at: spot.keyAt } : {};
  for (const fault of faults(name)) {
    report(spot, 'bad-identifier', `"${shown(name)}" cannot be ${what}: ${fault}.`, remarks);
  }
}

const LONGEST_SHOWN = 60;

/** A text of the user's as a message shows it. */
export function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** Reads the text of an expression, which must compile; names are looked up only when it is evaluated. */
export function expressionOf(spot: Spot): string | undefined {
  const { node } = spot;
  const isBare = node.kind === 'scalar' && typeof node.value !== 'string' && node.value !== null;
  const source = isBare ? node.source : readText(spot);
  if (source === undefined) return undefined;
  const compiled = compile(source);
  if (compiled.ok) return source;
  reportFault(spot, source, compiled.failure);
  return undefined;
}

function reportFault(spot: Spot, source: string, fault: ExpressionFault): void {
  const { suggestion } = fault;
  report(spot, 'bad-expression', `${fault.message}\n${caret(source, fault)}`, {
    at: pointInto(spot.node, source, fault.from),
    ...(suggestion === undefined ? {} : { suggestion, hint: `Did you mean ${suggestion}?` }),
  });
}

function pointInto(node: SourceNode, source: string, offset: number): Position {
  if (node.kind !== 'scalar' || node.content === undefined) return node.at;
  const before = source.slice(0, offset).split('\n');
  return { line: node.content.line + before.length - 1, column: node.content.column + (before.at(-1) ?? '').length };
}
