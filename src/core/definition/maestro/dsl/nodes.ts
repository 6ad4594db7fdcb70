// Builds the tree of the JSON format out of that of the YAML language. Every node keeps the place of what it came from, so that
// one reader serves both and points into the text as it stands.

import { type MapEntry, type MapNode, type Position, type ScalarNode, type SourceNode } from '../../source/node.ts';

/** A key and what stands under it; nothing is left out. */
export type Member = readonly [key: string, node: SourceNode | undefined];

/** A map at a place. */
export function mapNode(at: Position, members: readonly Member[]): MapNode {
  const entries = members.flatMap(([key, value]): (readonly [string, MapEntry])[] =>
    value === undefined ? [] : [[key, { keyAt: value.at, value }]],
  );
  return { kind: 'map', at, entries: new Map(entries) };
}

/** A text at a place. */
export function textNode(at: Position, text: string): ScalarNode {
  return { kind: 'scalar', at, value: text, source: text, plain: false };
}

/** What stands under a key of a map. */
export function under(node: SourceNode, key: string): SourceNode | undefined {
  return node.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

/** The entries of a map, with the places of their keys. */
export function entriesOf(node: SourceNode | undefined): readonly (readonly [string, MapEntry])[] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** A scalar as it is written; undefined if it is none or empty. */
export function written(node: SourceNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.source;
}
