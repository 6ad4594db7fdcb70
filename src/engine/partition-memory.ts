// What an owned partition has in memory: entities at the decided head, the directory of what lives, who listens.
//
// Owns: the maps. Does not own: what is durable (see `open-partition`) or saved (see `checkpointer`).

import { type EntityId } from '../core/ids.ts';
import { type Block, type DirectoryEntry, type StoredEntity } from '../core/partition/commit.ts';
import { type MessagePlace } from '../core/partition/message.ts';
import { type Directory, directoryOf, evolve } from '../core/partition/entity.ts';
import { type Memory, type Versioned } from '../core/partition/gathering.ts';
import { type Instant } from '../core/time.ts';
import { type Definitions } from './definitions.ts';

/** The memory of one partition. */
export interface PartitionMemory extends Memory {
  /** Takes what a commit changed. */
  change(changed: ReadonlyMap<EntityId, Versioned>): void;
  /** Takes what was loaded; ids that were asked for and not found are remembered as absent. */
  loaded(asked: readonly EntityId[], found: readonly StoredEntity[]): void;
  /** Folds a block of the log; what it needs must be loaded. Events that a state holds already are skipped. */
  replay(block: Block): ReadonlyMap<EntityId, Versioned>;
  /** What has to be loaded before these blocks can be folded. */
  neededFor(blocks: readonly Block[]): readonly EntityId[];
  /** What each living entity waits for. */
  directory(): ReadonlyMap<EntityId, Directory>;
  /** Forgets what was not used since the last call and is not in `keep`. */
  forgetIdle(keep: (id: EntityId) => boolean): void;
  /** The partition's time: never goes back. */
  now: Instant;
  /** Last message taken from each partition. */
  readonly seen: Map<number, MessagePlace>;
  /** Number of the last message sent to each partition. */
  readonly sent: Map<number, number>;
}

/** Creates the memory of a partition from its directory. Definitions are shared by all partitions of the node. */
export function createPartitionMemory(
  entries: readonly DirectoryEntry[],
  definitions: Pick<Definitions, 'known'>,
): PartitionMemory {
  const entities = new Map<EntityId, Versioned | null>();
  const directory = new Map<EntityId, Directory>(entries.map((entry) => [entry.id, entry.directory]));
  const listeners = new Map<string, Set<EntityId>>();
  let used = new Set<EntityId>();
  for (const [id, { listens }] of directory) addListener(listeners, listens ?? [], id);

  const set = (id: EntityId, versioned: Versioned): void => {
    entities.set(id, versioned);
    used.add(id);
    const now = directoryOf(versioned.state);
    for (const name of directory.get(id)?.listens ?? []) listeners.get(name)?.delete(id);
    addListener(listeners, now?.listens ?? [], id);
    if (now === undefined) directory.delete(id);
    else directory.set(id, now);
  };

  return {
    now: 0,
    seen: new Map(),
    sent: new Map(),
    entity: (id) => {
      used.add(id);
      return entities.get(id);
    },
    definition: (hash) => definitions.known(hash),
    listeners: (name) => [...(listeners.get(name) ?? [])].sort(),
    change: (changed) => {
      for (const [id, versioned] of changed) set(id, versioned);
    },
    loaded: (asked, found) => {
      for (const { id, version, state } of found) if (!entities.get(id)) set(id, { version, state });
      for (const id of asked) if (!entities.has(id)) entities.set(id, null);
    },
    neededFor: (blocks) => {
      const known = new Set<EntityId>();
      const needed = new Set<EntityId>();
      for (const { commits } of blocks) {
        for (const { entity, version } of commits.flatMap((commit) => commit.events)) {
          if (version > 1 && !known.has(entity) && !entities.get(entity)) needed.add(entity);
          known.add(entity);
        }
      }
      return [...needed];
    },
    replay(block) {
      const changed = new Map<EntityId, Versioned>();
      for (const commit of block.commits) {
        this.now = Math.max(this.now, commit.at);
        for (const { entity, version, event } of commit.events) {
          const before = entities.get(entity) ?? undefined;
          if ((before?.version ?? 0) >= version) continue;
          const after = { version, state: evolve(before?.state, event, commit.at) };
          set(entity, after);
          changed.set(entity, after);
        }
        if (commit.in !== undefined) this.seen.set(commit.in.from, commit.in);
        for (const { to, sequence } of commit.out) this.sent.set(to, sequence);
      }
      return changed;
    },
    directory: () => directory,
    forgetIdle: (keep) => {
      for (const id of entities.keys()) if (!used.has(id) && !keep(id)) entities.delete(id);
      used = new Set();
    },
  };
}

function addListener(listeners: Map<string, Set<EntityId>>, names: readonly string[], id: EntityId): void {
  for (const name of names) {
    const known = listeners.get(name);
    if (known === undefined) listeners.set(name, new Set([id]));
    else known.add(id);
  }
}
