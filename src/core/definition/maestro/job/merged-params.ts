// One map of parameters on top of another, as they are written (maestro-behaviour §3.4): literals of MAP and STRING_MAP are put
// together by key, everything else is replaced; keys of the lower one stay where they are.

import { type MapEntry, type MapNode, type SourceNode } from '../../source/node.ts';

/** The parameters of both; those of the upper one win. */
export function mergedParams(below: MapNode, above: MapNode): MapNode {
  return { ...above, entries: overlaid(below, above, mergedParam) };
}

function overlaid(
  below: MapNode,
  above: MapNode,
  merge: (below: MapEntry, above: MapEntry) => MapEntry,
): ReadonlyMap<string, MapEntry> {
  const entries = new Map<string, MapEntry>(below.entries);
  for (const [name, entry] of above.entries) {
    const lower = entries.get(name);
    entries.set(name, lower === undefined ? entry : merge(lower, entry));
  }
  return entries;
}

function mergedParam(below: MapEntry, above: MapEntry): MapEntry {
  const lower = literalMapOf(below.value);
  const upper = literalMapOf(above.value);
  if (lower === undefined || upper === undefined) return above;
  const type = upper.type ?? lower.type;
  if (type === undefined || (lower.type !== undefined && lower.type.word !== type.word)) return above;
  const merge = type.word === 'MAP' ? mergedParam : (_: MapEntry, entry: MapEntry): MapEntry => entry;
  const value: MapNode = { ...upper.value, entries: overlaid(lower.value, upper.value, merge) };
  const entries = new Map<string, MapEntry>(upper.param.entries);
  entries.set('value', { keyAt: upper.value.at, value });
  entries.set('type', { keyAt: type.node.at, value: type.node });
  return { ...above, value: { ...upper.param, entries } };
}

interface LiteralMap {
  readonly param: MapNode;
  readonly value: MapNode;
  readonly type: { readonly word: string; readonly node: SourceNode } | undefined;
}

function literalMapOf(param: SourceNode): LiteralMap | undefined {
  if (param.kind !== 'map' || param.entries.has('expression')) return undefined;
  const value = param.entries.get('value')?.value;
  const type = param.entries.get('type')?.value;
  const word = type?.kind === 'scalar' ? type.source.toUpperCase() : undefined;
  if (value?.kind !== 'map') return undefined;
  return { param, value, type: word === undefined || type === undefined ? undefined : { word, node: type } };
}
