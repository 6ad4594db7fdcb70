// Rows for lists, in memory.

import { nameOf, type EntityId } from '../../core/ids.ts';
import { type SummaryRow } from '../../core/partition/summary.ts';
import { type Collection, type Projections, type RowQuery, type StoredRow } from '../../ports/projections.ts';
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
        .filter((row) => matches(row, query.where) && hasPrefix(row, query.prefix) && isBehind(row, query))
        .sort((one, other) => compare(placeOf(one), placeOf(other)) * direction(query));
      return { rows: found.slice(0, query.limit).map(copy), more: found.length > query.limit };
    },
    count: async (collection, { where, prefix }, limit) =>
      Math.min(of(collection).filter((row) => matches(row, where) && hasPrefix(row, prefix)).length, limit),
    projected: async () =>
      [...projected].map(([partition, n]) => ({ partition, n })).sort((a, b) => a.partition - b.partition),
    clear: async () => {
      rows.clear();
      projected.clear();
    },
  };
}

function matches(stored: StoredRow, where: RowQuery['where']): boolean {
  return Object.entries(where).every(([path, wanted]) => {
    const field = fieldAt(stored.row, path.split('.'));
    const found: readonly unknown[] = Array.isArray(field) ? field : [field];
    return found.some((actual) => (Array.isArray(wanted) ? wanted.includes(actual) : actual === wanted));
  });
}

function fieldAt(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, first)) return undefined;
  return fieldAt((value as Readonly<Record<string, unknown>>)[first], rest);
}

function hasPrefix(stored: StoredRow, prefix: string | undefined): boolean {
  return prefix === undefined || nameOf(stored.id).toLowerCase().startsWith(prefix.toLowerCase());
}

function placeOf(stored: StoredRow): { readonly at: number; readonly id: string } {
  return { at: stored.row.at, id: stored.id };
}

function isBehind(stored: StoredRow, query: RowQuery): boolean {
  return query.after === undefined || compare(placeOf(stored), query.after) * direction(query) > 0;
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
