// The parser's nodes as our tree: aliases filled in within a budget, keys as text, duplicates told, numbers that JSON
// cannot carry refused.

import { type Node, type Scalar, isAlias, isMap, isScalar, isSeq } from 'yaml';

import { type Problem } from '../problem.ts';
import { DEEPEST_NESTING } from './nesting.ts';
import { type MapEntry, type Position, type ScalarNode, type SourceNode, type SourceText } from './node.ts';
import { unquotedStar } from './syntax-problem.ts';

/** What aliases may add to a document, in nodes. */
const MOST_ALIASED = 10_000;

/** A document's tree, and what is wrong already. */
export interface Tree {
  readonly root: SourceNode;
  readonly problems: readonly Problem[];
}

interface Building {
  readonly source: SourceText;
  readonly problems: Problem[];
  readonly anchors: Map<string, Node>;
  readonly open: Set<Node>;
  aliased: number;
}

/** Builds the tree of one document whose syntax is in order. */
export function treeOf(contents: Node, source: SourceText): Tree {
  const building: Building = { source, problems: [], anchors: new Map(), open: new Set(), aliased: 0 };
  const root = build(building, contents, { path: [], isAliased: false });
  return { root, problems: building.problems };
}

interface Spot {
  readonly path: readonly string[];
  /** Inside an alias every node counts against the budget. */
  readonly isAliased: boolean;
}

function build(building: Building, node: unknown, spot: Spot): SourceNode {
  if (isAlias(node)) return buildAlias(building, node, spot);
  if (spot.isAliased) building.aliased += 1;
  if (isMap(node)) return within(building, node, () => buildMap(building, node, spot));
  if (isSeq(node)) {
    return within(building, node, () => ({
      kind: 'list',
      at: positionOf(building, node),
      items: node.items.map((item, index) => build(building, item, { ...spot, path: [...spot.path, String(index)] })),
    }));
  }
  return isScalar(node) ? buildScalar(building, node, spot) : emptyScalar(positionOf(building, node));
}

/** Remembers the node's anchor, and that it is being built, so that an alias to itself is seen. */
function within(building: Building, node: Node & { anchor?: string }, make: () => SourceNode): SourceNode {
  if (node.anchor !== undefined) building.anchors.set(node.anchor, node);
  building.open.add(node);
  const made = make();
  building.open.delete(node);
  return made;
}

function buildAlias(building: Building, alias: Node & { readonly source: string }, spot: Spot): SourceNode {
  const at = positionOf(building, alias);
  const target = building.anchors.get(alias.source);
  if (target === undefined) {
    building.problems.push({ path: spot.path, at, ...unquotedStar(alias.source) });
    return { ...emptyScalar(at), isTold: true };
  }
  if (building.open.has(target) || spot.path.length > DEEPEST_NESTING || building.aliased > MOST_ALIASED) {
    building.problems.push({
      rule: 'yaml-alias',
      message: `The alias *${alias.source} contains itself or makes the definition too large.`,
      hint: 'Write the values out.',
      path: spot.path,
      at,
    });
    return { ...emptyScalar(at), isTold: true };
  }
  return build(building, target, { ...spot, isAliased: true });
}

function buildMap(
  building: Building,
  node: Node & { readonly items: readonly { readonly key: unknown; readonly value: unknown }[] },
  spot: Spot,
): SourceNode {
  const entries = new Map<string, MapEntry>();
  for (const pair of node.items) {
    const keyAt = positionOf(building, pair.key);
    const key = keyText(pair.key);
    const first = key === undefined ? undefined : entries.get(key)?.keyAt;
    if (key === undefined || first !== undefined) {
      building.problems.push(key === undefined ? oddKey(spot, keyAt) : duplicateKey(spot, key, { keyAt, first }));
      continue;
    }
    const value = build(building, pair.value, { ...spot, path: [...spot.path, key] });
    // A key without a value has no place of its own: the key's serves.
    entries.set(key, { keyAt, value: pair.value === null ? { ...value, at: keyAt } : value });
  }
  return { kind: 'map', at: positionOf(building, node), entries };
}

/** A key is a text as written: `on`, `1` and `true` are keys like any other. */
function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

function oddKey(spot: Spot, at: Position): Problem {
  return { rule: 'odd-key', message: 'A key must be a plain text.', path: spot.path, at };
}

function duplicateKey(
  spot: Spot,
  key: string,
  places: { readonly keyAt: Position; readonly first: Position | undefined },
): Problem {
  const where = places.first === undefined ? '' : ` (first on line ${String(places.first.line)})`;
  return {
    rule: 'duplicate-key',
    message: `The key \`${key}\` is there twice${where}; only one can count.`,
    hint: 'Remove one of them, or merge the two.',
    path: [...spot.path, key],
    at: places.keyAt,
  };
}

function buildScalar(building: Building, node: Scalar, spot: Spot): SourceNode {
  if (node.anchor !== undefined) building.anchors.set(node.anchor, node);
  const at = positionOf(building, node);
  const value = scalarValue(node.value);
  if (value === undefined) {
    building.problems.push({
      rule: 'bad-value',
      message: `${node.source ?? 'This'} is not a value that JSON can carry.`,
      hint: 'Put it into quotes if it is a text.',
      path: spot.path,
      at,
    });
    return { ...emptyScalar(at), isTold: true };
  }
  const content = typeof value === 'string' ? contentPosition(building, node, value) : undefined;
  return {
    kind: 'scalar',
    at,
    value,
    source: node.source ?? (value === null ? '' : String(value)),
    plain: node.type === 'PLAIN',
    ...(content === undefined ? {} : { content }),
  };
}

function scalarValue(value: unknown): ScalarNode['value'] | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint')
    return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function contentPosition({ source }: Building, node: Scalar, value: string): Position | undefined {
  const [start, end] = node.range ?? [0, 0];
  const raw = source.text.slice(start, end);
  if (node.type === 'BLOCK_LITERAL') return blockPosition(source, { start, raw, value });
  if (value === '' || value.includes('\n')) return undefined;
  const index = raw.indexOf(value);
  return index === -1 ? undefined : source.positionAt(start + index);
}

/** All lines of a literal block begin in one column; its first line that is not empty tells which. */
function blockPosition(
  source: SourceText,
  { start, raw, value }: { readonly start: number; readonly raw: string; readonly value: string },
): Position | undefined {
  const lines = value.split('\n');
  const above = lines.findIndex((line) => line.trim() !== '');
  const header = raw.indexOf('\n');
  const index = raw.indexOf(lines[above] ?? '', header + 1);
  if (above === -1 || header === -1 || index === -1) return undefined;
  const { line, column } = source.positionAt(start + index);
  return { line: line - above, column };
}

function emptyScalar(at: Position): ScalarNode {
  return { kind: 'scalar', at, value: null, source: '', plain: true };
}

function positionOf(building: Building, node: unknown): Position {
  const start = hasRange(node) ? node.range[0] : 0;
  return building.source.positionAt(start);
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
