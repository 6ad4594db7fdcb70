// From a path in the model back to the place in the text.

import { type Position, type SourceNode } from './node.ts';

/** Where a path leads: as far as the text has it. */
export interface Location {
  readonly position: Position;
  /** The path that the text really has: a list's item by its index. */
  readonly path: readonly string[];
  readonly node: SourceNode;
}

/** Follows the path from the root. In a list, a segment that is no index means the item that says so. Stops where the text ends. */
export function locate(root: SourceNode, path: readonly string[]): Location {
  let location: Location = { position: root.at, path: [], node: root };
  for (const segment of path) {
    const next = step(location.node, segment);
    // A bare value stands in the place of a declaration that would have it under this key.
    if (next === undefined && segment === 'value') continue;
    if (next === undefined) return location;
    location = { position: next.node.at, path: [...location.path, next.segment], node: next.node };
  }
  return location;
}

/** Where the key at the end of the path stands, or else what `locate` finds. */
export function locateKey(root: SourceNode, path: readonly string[]): Location {
  const owner = locate(root, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  const entry = owner.node.kind === 'map' ? owner.node.entries.get(key) : undefined;
  if (entry === undefined || owner.path.length < path.length - 1) return locate(root, path);
  return { position: entry.keyAt, path: [...owner.path, key], node: entry.value };
}

function step(node: SourceNode, segment: string): { readonly segment: string; readonly node: SourceNode } | undefined {
  if (node.kind === 'map') {
    const entry = node.entries.get(segment);
    return entry && { segment, node: entry.value };
  }
  if (node.kind === 'scalar') return undefined;
  const byIndex = /^\d+$/u.test(segment) ? node.items[Number(segment)] : undefined;
  if (byIndex !== undefined) return { segment, node: byIndex };
  const index = node.items.findIndex((item) => item.kind === 'scalar' && item.value === segment);
  const item = node.items[index];
  return item && { segment: String(index), node: item };
}
