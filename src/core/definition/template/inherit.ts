// One template on top of another: its parameters and keys win, maps are put together key by key.

import { WORK_KEYS } from '../schema.ts';
import { type MapEntry, type MapNode } from '../source/node.ts';
import { type Template } from './template.ts';

/** Keys of a step whose entries are put together; of all others one wins whole. */
const TOGETHER: ReadonlySet<string> = new Set(['env', 'outputs']);

/** The template with what it inherits. */
export function inherit(own: Template, parent: Template): Template {
  const names = new Set(own.params.map(({ name }) => name));
  return {
    ...own,
    params: [...parent.params.filter(({ name }) => !names.has(name)), ...own.params],
    step: overlaid(parent.step, own.step),
    origins: new Map([...parent.origins, ...own.origins]),
  };
}

/** The entries of both maps; those of the upper one win. Another kind of work takes the place of the one below. */
export function overlaid(below: MapNode, above: MapNode): MapNode {
  const entries = new Map<string, MapEntry>(below.entries);
  if (WORK_KEYS.some((key) => above.entries.has(key))) for (const key of WORK_KEYS) entries.delete(key);
  for (const [key, entry] of above.entries)
    entries.set(key, TOGETHER.has(key) ? together(entries.get(key), entry) : entry);
  return { ...above, entries };
}

function together(below: MapEntry | undefined, above: MapEntry): MapEntry {
  if (below?.value.kind !== 'map' || above.value.kind !== 'map') return above;
  return { ...above, value: { ...above.value, entries: new Map([...below.value.entries, ...above.value.entries]) } };
}
