// Trees as JSON, with numbers spelled as reading them again needs it: `1.0` for a DOUBLE, all digits of a LONG.

import { isScalar } from 'yaml';
import { type Tree, type TreeMap } from './tree.ts';

const INDENT = '  ';

/** Writes a document of several lines. */
export function jsonText(tree: TreeMap): string {
  return `${textOf(tree, '')}\n`;
}

function textOf(tree: Tree, indent: string): string {
  if (tree === undefined || tree === null) return 'null';
  if (isScalar(tree)) return numberText(tree.value as number, tree.format);
  if (typeof tree === 'bigint') return String(tree);
  if (typeof tree !== 'object') return JSON.stringify(tree);
  const inner = indent + INDENT;
  const isList = Array.isArray(tree);
  const items = isList
    ? (tree as readonly Tree[]).map((item) => textOf(item, inner))
    : Object.entries(tree as TreeMap).flatMap(([key, value]) =>
        value === undefined ? [] : [`${JSON.stringify(key)}: ${textOf(value, inner)}`],
      );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return open + close;
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** A scalar with a format of its own is a number that its digits alone would not tell. */
function numberText(value: number, format: string | undefined): string {
  return format === 'EXP' ? value.toExponential() : `${String(value)}.0`;
}
