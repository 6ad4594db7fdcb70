// Reads single entities: from the partition's memory where it is ours, else from the checkpoint and the log behind it.

import { type EntityId } from '../core/ids.ts';
import { type Cursor, type Place } from '../core/partition/cursor.ts';
import { type EntityState, evolve } from '../core/partition/entity.ts';
import { type EngineNode } from './node.ts';
import { type Outside } from './outside.ts';
import { UnavailableError } from './unavailable-error.ts';

/** An entity and the place that it reflects. */
export interface ReadEntity<S extends EntityState = EntityState> {
  readonly state: S;
  readonly cursor: Cursor;
}

/** Reads entities, always as of something durable. */
export interface Reader {
  /** The entity of that kind in the partition of `placement`, or undefined. */
  entity<K extends EntityState['kind']>(
    kind: K,
    id: EntityId,
    partition: number,
  ): Promise<ReadEntity<Extract<EntityState, { kind: K }>> | undefined>;
  /** The head of a partition as known here. */
  head(partition: number): Promise<Place>;
  /** Waits until lists reflect a cursor: two seconds at most, then `NOT_YET`. */
  projectedTo(cursor: Cursor): Promise<void>;
}

const page = 500;
const patience = 2_000;

/** Creates the reader of a node. */
export function createReader(outside: Outside, node: EngineNode): Reader {
  async function remote(id: EntityId, partition: number): Promise<{ state: EntityState | undefined; place: Place }> {
    // Asked first: what is cut by now is in what is loaded then.
    const first = await outside.log.first(partition);
    const [stored] = await outside.entities.load([id]);
    let state = stored?.state;
    let version = stored?.version ?? 0;
    let place: Place = { partition, n: Math.max(first, stored?.n ?? 0), i: -1 };
    // A block that the checkpoint reflects may hold newer events of the same entity: read it again.
    for (let after = (stored?.n ?? 1) - 1; ;) {
      const blocks = await outside.log.ofEntity(partition, id, after, page);
      for (const block of blocks) {
        block.commits.forEach((commit, i) => {
          for (const recorded of commit.events) {
            if (recorded.entity !== id || recorded.version <= version) continue;
            state = evolve(state, recorded.event, commit.at);
            version = recorded.version;
          }
          place = { partition, n: block.n, i };
        });
        after = block.n;
      }
      if (blocks.length < page) return { state, place };
    }
  }

  async function head(partition: number): Promise<Place> {
    const here = node.open(partition);
    if (here !== undefined) return here.head();
    const n = await outside.log.head(partition);
    const block = n === 0 ? undefined : await outside.log.at(partition, n);
    return { partition, n, i: (block?.commits.length ?? 0) - 1 };
  }

  return {
    head,
    entity: async (kind, id, partition) => {
      const here = node.open(partition);
      const read = here === undefined ? await remote(id, partition) : await here.read(id);
      const state = 'versioned' in read ? read.versioned?.state : read.state;
      if (state?.kind !== kind) return undefined;
      return { state: state as Extract<EntityState, { kind: typeof kind }>, cursor: [read.place] };
    },
    projectedTo: async (cursor) => {
      // What is ours need not be waited for: it only has to be written.
      await node.projector.flush();
      const until = outside.clock.monotonic() + patience;
      for (;;) {
        const projected = new Map((await outside.projections.projected()).map(({ partition, n }) => [partition, n]));
        if (cursor.every(({ partition, n }) => (projected.get(partition) ?? 0) >= n)) return;
        if (outside.clock.monotonic() >= until) {
          throw new UnavailableError('NOT_YET', 'The lists do not reflect that change yet. Ask again in a moment.', {
            retryAfterMs: 200,
          });
        }
        await new Promise<void>((resolve) => outside.clock.after(20, resolve));
      }
    },
  };
}
