// Saves what changed in a partition, so that the next take-over replays little. A cache: it may fail and be tried again.
//
// 1. Only durable states are saved, each with the block that it reflects; an older state never replaces a newer one.
// 2. Projections are saved before the checkpoint that lets replay skip what they are made from.

import { type EntityId } from '../core/ids.ts';
import { type StoredEntity } from '../core/partition/commit.ts';
import { type MessagePlace } from '../core/partition/message.ts';
import { directoryOf } from '../core/partition/entity.ts';
import { type Versioned } from '../core/partition/gathering.ts';
import { type OpenPartition } from './open-partition.ts';
import { type Released } from './undurable.ts';
import { type Outside } from './outside.ts';
import { type Projector } from './projector.ts';

/** Checkpoints one partition. */
export interface Checkpointer {
  /** A block is durable. */
  durable(n: number, released: readonly Released[]): void;
  /** Whether enough has changed for a checkpoint before its time. */
  isDue(): boolean;
  /** Saves everything that is durable by now. */
  save(): Promise<void>;
  /** Number and place of the last durable message to each partition. */
  sent(): ReadonlyMap<number, { readonly sequence: number; readonly n: number }>;
}

const mostCommits = 4_000;
/** So much a take-over would have to read and fold again. */
const mostBytes = 64_000_000;
/** A commit of a loop changes hundreds of entities, which stay in memory until they are saved. */
const mostUnsaved = 10_000;

/** Creates the checkpointer of a partition, from what its take-over replayed. */
export function createCheckpointer(
  outside: Outside,
  projector: Projector,
  partition: OpenPartition,
  taken: {
    readonly replayed: ReadonlyMap<EntityId, { readonly versioned: Versioned; readonly n: number }>;
    readonly sentAt: ReadonlyMap<number, number>;
  },
): Checkpointer {
  const unsaved = new Map(taken.replayed);
  /** Those of the unsaved that no checkpoint holds yet. */
  const newcomers = new Set<EntityId>();
  const seen = new Map<number, MessagePlace>(partition.memory.seen);
  const sent = new Map(
    [...partition.memory.sent].map(([to, sequence]) => [to, { sequence, n: taken.sentAt.get(to) ?? 0 }] as const),
  );
  let commits = 0;
  let bytes = 0;
  let at = partition.memory.now;
  let saving: Promise<void> | undefined;

  async function save(): Promise<void> {
    if (unsaved.size === 0 && commits === 0) return;
    const n = partition.head().n;
    const captured = new Map(unsaved);
    const checkpoint = {
      n,
      at,
      seen: [...seen.values()],
      sent: [...sent].map(([to, last]) => ({ to, ...last })),
    };
    [commits, bytes] = [0, 0];
    await projector.flush();
    outside.at('before-checkpoint');
    await outside.entities.save(
      [...captured].map(([id, { versioned, n: reflects }]) => stored(partition.index, id, versioned, reflects)),
      newcomers,
    );
    await outside.partitions.checkpoint(partition.index, partition.epoch, checkpoint);
    outside.at('after-checkpoint');
    for (const [id, { versioned }] of captured) {
      newcomers.delete(id);
      if (unsaved.get(id)?.versioned === versioned) unsaved.delete(id);
    }
    const undurable = partition.undurable();
    partition.memory.forgetIdle((id) => unsaved.has(id) || undurable.has(id));
  }

  return {
    durable: (n, released) => {
      for (const { commit, changed, born, size } of released) {
        commits++;
        bytes += size;
        at = commit.at;
        for (const id of born) newcomers.add(id);
        for (const [id, versioned] of changed) unsaved.set(id, { versioned, n });
        if (commit.in !== undefined) seen.set(commit.in.from, commit.in);
        for (const { to, sequence } of commit.out) sent.set(to, { sequence, n });
      }
    },
    isDue: () => commits >= mostCommits || bytes >= mostBytes || unsaved.size >= mostUnsaved,
    save: () => {
      saving ??= save().finally(() => {
        saving = undefined;
      });
      return saving;
    },
    sent: () => sent,
  };
}

function stored(partition: number, id: EntityId, { version, state }: Versioned, n: number): StoredEntity {
  const directory = directoryOf(state);
  return { id, partition, n, version, state, ...(directory === undefined ? {} : { directory }) };
}
