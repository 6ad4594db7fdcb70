// Checkpoints of entities in memory.

import { type EntityId } from '../../core/ids.ts';
import { type DirectoryEntry, type StoredEntity } from '../../core/partition/commit.ts';
import { stateCodec, type StoredState } from '../../core/partition/stored/stored-state.ts';
import { type Entities } from '../../ports/entities.ts';
import { newerFormat } from '../../ports/newer-format-error.ts';
import { copy } from './copy.ts';

/** An entity with the version of its state's shape. */
type Kept = Omit<StoredEntity, 'state'> & StoredState;

/** Makes an empty store of entity states that lives as long as the object does. */
export function createMemoryEntities(): Entities {
  const stored = new Map<EntityId, Kept>();
  const of = (partition: number): Kept[] =>
    [...stored.values()].filter((entity) => entity.partition === partition).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    load: async (ids) =>
      [...new Set(ids)].flatMap((id) => {
        const entity = stored.get(id);
        return entity === undefined ? [] : [entityOf(entity)];
      }),
    directory: async (partition) => of(partition).flatMap(entryOf),
    save: async (entities) => {
      for (const entity of entities) {
        const known = stored.get(entity.id);
        if (known === undefined || known.n < entity.n) stored.set(entity.id, keep(entity));
      }
    },
    all: (partition) => copies(of(partition)),
  };
}

function entryOf({ id, version, directory }: Kept): DirectoryEntry[] {
  return directory === undefined ? [] : [{ id, version, directory: copy(directory) }];
}

function keep(entity: StoredEntity): Kept {
  return copy({ ...entity, format: stateCodec.format(entity.state) });
}

function entityOf(kept: Kept): StoredEntity {
  const { format, state, ...entity } = copy(kept);
  return { ...entity, state: stateCodec.decode(entity.id, { format, state }, newerFormat) };
}

async function* copies(entities: readonly Kept[]): AsyncGenerator<StoredEntity> {
  for (const entity of entities) yield entityOf(entity);
}
