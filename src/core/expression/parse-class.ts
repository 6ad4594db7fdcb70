// What begins with a class: calls of its functions, its constants, and `new`. The classes are those of the library;
// there is no way to name any other.

import {
  type Cursor,
  type Read,
  advance,
  expect,
  expectName,
  isSymbol,
  peek,
  readList,
  shown,
  syntax,
  take,
  unknown,
} from './cursor.ts';
import { DECLARABLE, isDeclarable } from './declared.ts';
import { faultAt, raise } from './fault.ts';

import { CONSTANTS, FUNCTIONS } from './library/functions.ts';
import { nearest } from './nearest.ts';
import { type Node } from './syntax.ts';

/** Tells whether the cursor is at a class: only where a dot follows, so that parameters may bear such names. */
export function isAtClass(cursor: Cursor): boolean {
  const { text } = cursor.token;
  return (FUNCTIONS.has(text) || CONSTANTS.has(text)) && isSymbol(peek(cursor), '.');
}

/** Reads `Math.min(…)` or `DateTimeZone.UTC`. */
export function parseClass(cursor: Cursor, read: Read): Node {
  const { text: owner, from } = advance(cursor);
  advance(cursor);
  const { text: name, to } = expectName(cursor, 'after the dot');
  if (!isSymbol(cursor.token, '(')) return constant(owner, name, { from, to });
  const functions = FUNCTIONS.get(owner) ?? new Map<string, unknown>();
  if (name === 'new' || !functions.has(name)) {
    const near = nearest(name, [...functions.keys()]);
    const suggestion = near === undefined || near === 'new' ? undefined : `${owner}.${near}`;
    return unknown(owner, `The class ${owner} has no function ${name}.`, { from, to }, suggestion);
  }
  advance(cursor);
  const passed = readList(cursor, ')', read);
  return { kind: 'call', owner, name, arguments: passed.nodes, from, to: passed.to };
}

function constant(owner: string, name: string, span: { readonly from: number; readonly to: number }): Node {
  const constants = CONSTANTS.get(owner);
  const value = constants?.get(name);
  if (value !== undefined) return { kind: 'literal', value, ...span };
  const near = nearest(name, [...(constants?.keys() ?? [])]);
  const only = constants === undefined ? ', only functions' : '';
  const suggestion = near === undefined ? near : `${owner}.${near}`;
  return unknown(owner, `The class ${owner} has no field ${name}${only}.`, span, suggestion);
}

/** Reads `new Map()`, `new int[3]` or `new int[]{1, 2}`. */
export function parseNew(cursor: Cursor, read: Read): Node {
  const { from } = advance(cursor);
  const { text: name, to } = expectName(cursor, 'of a class after new');
  const span = { from, to };
  if (isSymbol(cursor.token, '<')) refuseGenerics(cursor);
  if (isSymbol(cursor.token, '[')) {
    if (!isDeclarable(name)) return unknown(name, noClass(name), span, nearest(name, DECLARABLE));
    return parseNewArray(cursor, read, { item: name, from });
  }
  if (FUNCTIONS.get(name)?.has('new') !== true) {
    return unknown(name, noClass(name), span, nearest(name, makeable()));
  }
  expect(cursor, '(', `after new ${name}`);
  const passed = readList(cursor, ')', read);
  return { kind: 'call', owner: name, name: 'new', arguments: passed.nodes, from, to: passed.to };
}

function makeable(): readonly string[] {
  return [...FUNCTIONS].filter(([, functions]) => functions.has('new')).map(([name]) => name);
}

function noClass(name: string): string {
  return `The language cannot make a ${name}; it can make arrays and ${makeable().join(', ')}.`;
}

/** Refuses `Map<String, String>`. */
export function refuseGenerics(cursor: Cursor): never {
  return syntax('Types take no <…> here; write the class by itself, as in Map m = new HashMap();', cursor.token);
}

function parseNewArray(
  cursor: Cursor,
  read: Read,
  { item, from }: { readonly item: string; readonly from: number },
): Node {
  advance(cursor);
  if (!isSymbol(cursor.token, ']')) {
    const length = read(cursor);
    const { to } = expect(cursor, ']', 'after the length');
    if (isSymbol(cursor.token, '[')) refuseMore(cursor);
    return { kind: 'array', item, length, from, to };
  }
  advance(cursor);
  if (isSymbol(cursor.token, '[')) refuseMore(cursor);
  if (!isSymbol(cursor.token, '{')) {
    const message = `An array is made by its length, new ${item}[3], or by its items, new ${item}[]{…}; found`;
    return syntax(`${message} ${shown(cursor.token)}.`, cursor.token);
  }
  return parseItems(cursor, read, { item, from });
}

/** Reads `{1, 2}`; a comma after the last item is allowed. */
export function parseItems(
  cursor: Cursor,
  read: Read,
  { item, from }: { readonly item: string; readonly from: number },
): Node {
  expect(cursor, '{', 'before the items');
  const items: Node[] = [];
  while (!isSymbol(cursor.token, '}')) {
    items.push(read(cursor));
    if (!take(cursor, ',')) break;
  }
  return { kind: 'array', item, items, from, to: expect(cursor, '}', 'after the items').to };
}

/** Refuses `int[][]`. */
export function refuseMore(cursor: Cursor): never {
  return raise(faultAt('EXPRESSION_SYNTAX', 'Arrays have one dimension here.', cursor.token));
}
