// Keeps the rows of lists: what changed is gathered for a moment and saved in bulk. Rows are caches; the log is the truth.

import { type EntityId } from '../core/ids.ts';
import { auditEntity, auditOf } from '../core/partition/audit.ts';
import { type Commit } from '../core/partition/commit.ts';
import { type Place } from '../core/partition/cursor.ts';
import { summary } from '../core/partition/summary.ts';
import { type EntityState } from '../core/partition/entity.ts';
import { type Milliseconds } from '../core/time.ts';
import { type StoredRow } from '../ports/projections.ts';
import { type Outside } from './outside.ts';

/** Projects entity states into rows. */
export interface Projector {
  /** These entities are new: no row of theirs is likely to be there. Makes saving them cheaper. */
  born(ids: Iterable<EntityId>): void;
  /** An entity stands like this as of block `n` of its partition. */
  changed(partition: number, n: number, id: EntityId, state: EntityState): void;
  /** This commit is durable: if somebody asked for it, that becomes a line of the audit. */
  committed(commit: Pick<Commit, 'at' | 'command'>, place: Place): void;
  /** Everything of a partition up to and with block `n` was given to `changed`. */
  reached(partition: number, n: number): void;
  /** Resolves when everything given so far is saved. */
  flush(): Promise<void>;
}

const gather: Milliseconds = 50;
const mostRows = 1_000;

/** Creates the projector of a node. */
export function createProjector(outside: Outside): Projector {
  let dirty = new Map<EntityId, { readonly partition: number; readonly n: number; readonly state: EntityState }>();
  let newcomers = new Set<EntityId>();
  let audits: StoredRow[] = [];
  let reached = new Map<number, number>();
  let saving: Promise<void> | undefined;
  let isScheduled = false;

  async function save(): Promise<void> {
    const rows: StoredRow[] = audits;
    const positions = reached;
    const born = newcomers;
    for (const [id, { partition, n, state }] of dirty) {
      const row = summary(id, state);
      if (row !== undefined) rows.push({ id, partition, n, row });
    }
    dirty = new Map();
    newcomers = new Set();
    audits = [];
    reached = new Map();
    for (let from = 0; from < rows.length; from += mostRows) {
      await persist(rows.slice(from, from + mostRows), [], born);
    }
    await persist(
      [],
      [...positions].map(([partition, n]) => ({ partition, n })),
    );
  }

  async function persist(...saved: Parameters<Outside['projections']['save']>): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await outside.projections.save(...saved);
        return;
      } catch (error) {
        if (tries === 0) outside.logger.error('rows could not be saved', error);
        await new Promise<void>((resolve) => outside.clock.after(Math.min(2_000, 50 * 2 ** tries), resolve));
      }
    }
  }

  async function flush(): Promise<void> {
    while (saving !== undefined) await saving;
    if (dirty.size === 0 && audits.length === 0 && reached.size === 0) return;
    saving = save().finally(() => {
      saving = undefined;
      // A block that changes no row moves the position all the same.
      if (dirty.size > 0 || audits.length > 0 || reached.size > 0) schedule();
    });
    await saving;
  }

  function schedule(): void {
    if (isScheduled || saving !== undefined) return;
    isScheduled = true;
    outside.clock.after(gather, () => {
      isScheduled = false;
      void flush();
    });
  }

  return {
    born: (ids) => {
      for (const id of ids) newcomers.add(id);
    },
    changed: (partition, n, id, state) => {
      if ((dirty.get(id)?.n ?? 0) > n) return;
      dirty.set(id, { partition, n, state });
      schedule();
    },
    committed: (commit, place) => {
      const row = auditOf(commit, place);
      if (row === undefined) return;
      const id = auditEntity(place);
      newcomers.add(id);
      audits.push({ id, partition: place.partition, n: place.n, row });
      schedule();
    },
    reached: (partition, n) => {
      reached.set(partition, n);
      schedule();
    },
    flush,
  };
}
