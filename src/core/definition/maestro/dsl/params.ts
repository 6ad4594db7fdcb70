// Parameters of the YAML language (maestro-behaviour §1.10): the key says what the value is. `foo` is a literal, `!foo` an
// expression, `foo<long>` has a type, `foo(constant)` a mode.

import { type ValueType } from '../../../expression/value.ts';
import { type MapEntry, type MapNode, type SourceNode } from '../../source/node.ts';
import { entriesOf, mapNode, textNode } from './nodes.ts';

const KEY = /^(!?)\s*([^<>()!\s]+)\s*(?:<(.+)>)?\s*(?:\(([^()]*)\))?\s*(?:<(.+)>)?$/u;

const TYPES: ReadonlyMap<string, string> = new Map([
  ['map', 'STRING_MAP'],
  ['pmap', 'MAP'],
  ['array', 'STRING_ARRAY'],
]);

/** Writes the parameters under these keys as the JSON format has them. */
export function paramNodes(
  entries: readonly (readonly [string, MapEntry])[],
): readonly (readonly [string, MapEntry])[] {
  return entries.map(([key, { keyAt, value }]) => {
    const [, mark, name = key, before, mode, behind] = KEY.exec(key) ?? [];
    const type = typeWord(before ?? behind);
    const node = mark === '!' ? computed(value, type, mode) : literal(value, type, mode);
    return [name, { keyAt, value: node }];
  });
}

function typeWord(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const word = written.trim().toLowerCase();
  const item = /^array\s*<\s*(\w+)\s*>$/u.exec(word)?.[1];
  return item === undefined ? (TYPES.get(word) ?? word.toUpperCase()) : `${item.toUpperCase()}_ARRAY`;
}

function computed(value: SourceNode, type: string | undefined, mode: string | undefined): MapNode {
  return paramNode({ type: type ?? 'STRING', mode }, 'expression', value);
}

function literal(value: SourceNode, type: string | undefined, mode: string | undefined): MapNode {
  const known = type ?? (value.kind === 'map' ? mapType(value) : undefined);
  if (known !== 'MAP' || value.kind !== 'map')
    return paramNode({ type: known ?? inferred(value), mode }, 'value', value);
  const members = { ...value, entries: new Map(paramNodes(entriesOf(value))) };
  return paramNode({ type: known, mode }, 'value', members);
}

function paramNode(
  { type, mode }: { readonly type: string | undefined; readonly mode: string | undefined },
  key: 'value' | 'expression',
  value: SourceNode,
): MapNode {
  return mapNode(value.at, [
    [key, value],
    ['type', type === undefined ? undefined : textNode(value.at, type)],
    ['mode', mode === undefined ? undefined : textNode(value.at, mode.trim().toUpperCase())],
  ]);
}

function mapType({ entries }: MapNode): string {
  const members = [...entries.values()];
  const isTexts = members.every(({ value }) => value.kind === 'scalar' && typeof value.value === 'string');
  return members.length > 0 && isTexts ? 'STRING_MAP' : 'MAP';
}

/** What the JSON reader could not tell from the literal itself. */
function inferred(value: SourceNode): Uppercase<ValueType> | undefined {
  return value.kind === 'list' && value.items.length === 0 ? 'STRING_ARRAY' : undefined;
}
