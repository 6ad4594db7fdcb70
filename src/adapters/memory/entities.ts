// Checkpoints of entities in memory.

import { type EntityId } from '../../core/ids.ts';
import { type DirectoryEntry, type StoredEntity } from '../../core/partition/commit.ts';
import { type Entities } from '../../ports/entities.ts';
import { copy } from './copy.ts';

/** Makes an empty store of entity states that lives as long as the object does. */
export function createMemoryEntities(): Entities {
  const stored = new Map<EntityId, StoredEntity>();
  const of = (partition: number): StoredEntity[] =>
    [...stored.values()].filter((entity) => entity.partition === partition).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    load: async (ids) =>
      [...new Set(ids)].flatMap((id) => {
        const entity = stored.get(id);
        return entity === undefined ? [] : [copy(entity)];
      }),
    directory: async (partition) => of(partition).flatMap(entryOf),
    save: async (entities) => {
      for (const entity of entities) {
        const known = stored.get(entity.id);
        if (known === undefined || known.n < entity.n) stored.set(entity.id, copy(entity));
      }
    },
    all: (partition) => copies(of(partition)),
  };
}

function entryOf({ id, version, directory }: StoredEntity): DirectoryEntry[] {
  return directory === undefined ? [] : [{ id, version, directory: copy(directory) }];
}

async function* copies(entities: readonly StoredEntity[]): AsyncGenerator<StoredEntity> {
  for (const entity of entities) yield copy(entity);
}
