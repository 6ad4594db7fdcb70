// Rows for lists, in memory.

import { nameOf, type EntityId } from '../../core/ids.ts';
import { type RunRow, type SummaryRow } from '../../core/partition/summary.ts';
import {
  type Bounds,
  type Collection,
  type Projections,
  type RowCondition,
  type RowQuery,
  type StoredRow,
} from '../../ports/projections.ts';
import { copy } from './copy.ts';

/** Makes empty lists that live as long as the object does. */
export function createMemoryProjections(): Projections {
  const rows = new Map<EntityId, StoredRow>();
  const projected = new Map<number, number>();
  const of = <C extends Collection>(collection: C): StoredRow<Extract<SummaryRow, { collection: C }>>[] =>
    [...rows.values()].filter(
      (stored): stored is StoredRow<Extract<SummaryRow, { collection: C }>> => stored.row.collection === collection,
    );
  return {
    save: async (saved, progress) => {
      for (const row of saved) {
        const known = rows.get(row.id);
        if (known === undefined || known.n < row.n) rows.set(row.id, copy(row));
      }
      for (const { partition, n } of progress) projected.set(partition, Math.max(n, projected.get(partition) ?? 0));
    },
    get: async (id) => {
      const found = rows.get(id);
      return found === undefined ? undefined : copy(found);
    },
    page: async (collection, query) => {
      const found = of(collection)
        .filter((row) => matches(row, query) && keyOf(row, query) !== undefined && isBehind(row, query))
        .sort((one, other) => compare(placeOf(one, query), placeOf(other, query)) * direction(query));
      return { rows: found.slice(0, query.limit).map(copy), more: found.length > query.limit };
    },
    count: async (collection, condition, limit) =>
      Math.min(of(collection).filter((row) => matches(row, condition)).length, limit),
    latestRuns: async () => {
      const latest = new Map<string, StoredRow<RunRow>>();
      for (const run of of('runs')) {
        const known = latest.get(run.row.workflowId);
        if (known === undefined || compare(placeOf(run, {}), placeOf(known, {})) > 0)
          latest.set(run.row.workflowId, run);
      }
      return [...latest.values()].map(copy);
    },
    projected: async () =>
      [...projected].map(([partition, n]) => ({ partition, n })).sort((a, b) => a.partition - b.partition),
    clear: async () => {
      for (const [id, { row }] of rows) if (row.collection !== 'audits') rows.delete(id);
      projected.clear();
    },
  };
}

function matches(stored: StoredRow, { where, prefix, within, holding, text }: RowCondition): boolean {
  const at = (path: string): unknown => fieldAt(stored.row, path.split('.'));
  return (
    Object.entries(where).every(([paths, wanted]) => paths.split('|').some((path) => equals(at(path), wanted))) &&
    hasPrefix(stored, prefix) &&
    Object.entries(within ?? {}).every(([path, bounds]) => isWithin(at(path), bounds)) &&
    Object.entries(holding ?? {}).every(([path, wanted]) => wanted.every((entry) => holds(at(path), entry))) &&
    (text === undefined || text.fields.some((path) => contains(at(path), text.contains)))
  );
}

function equals(field: unknown, wanted: RowCondition['where'][string]): boolean {
  if (wanted === null) return field === undefined;
  const found: readonly unknown[] = Array.isArray(field) ? field : [field];
  return found.some((actual) => (Array.isArray(wanted) ? wanted.includes(actual) : actual === wanted));
}

function isWithin(field: unknown, { from = -Infinity, to = Infinity }: Bounds): boolean {
  return typeof field === 'number' && field >= from && field < to;
}

function holds(field: unknown, { name, value }: { readonly name: string; readonly value: unknown }): boolean {
  if (!Array.isArray(field)) return false;
  const entries = field as readonly { readonly name?: unknown; readonly value?: unknown }[];
  return entries.some((entry) => entry.name === name && entry.value === value);
}

/** A text, or any of a list's; of named values, their values. */
function contains(field: unknown, wanted: string): boolean {
  if (Array.isArray(field)) return field.some((item) => contains(item, wanted));
  return typeof field === 'string' && field.toLowerCase().includes(wanted.toLowerCase());
}

function fieldAt(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => fieldAt(item, path));
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, first)) return undefined;
  return fieldAt((value as Readonly<Record<string, unknown>>)[first], rest);
}

function hasPrefix(stored: StoredRow, prefix: string | undefined): boolean {
  return prefix === undefined || nameOf(stored.id).toLowerCase().startsWith(prefix.toLowerCase());
}

type Sorting = Pick<RowQuery, 'by'>;

/** What the row is sorted by; undefined if it has no place in that order. */
function keyOf({ row }: StoredRow, { by = 'at' }: Sorting): number | undefined {
  if (by === 'id') return 0;
  const key = fieldAt(row, [by]);
  return typeof key === 'number' ? key : undefined;
}

function placeOf(stored: StoredRow, sorting: Sorting): { readonly at: number; readonly id: string } {
  return { at: keyOf(stored, sorting) ?? 0, id: stored.id };
}

function isBehind(stored: StoredRow, query: RowQuery): boolean {
  if (query.after === undefined) return true;
  const after = query.by === 'id' ? { ...query.after, at: 0 } : query.after;
  return compare(placeOf(stored, query), after) * direction(query) > 0;
}

function direction(query: RowQuery): 1 | -1 {
  return query.order === 'OLDEST_FIRST' ? 1 : -1;
}

function compare(
  one: { readonly at: number; readonly id: string },
  other: { readonly at: number; readonly id: string },
): number {
  if (one.at !== other.at) return one.at - other.at;
  return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
}
