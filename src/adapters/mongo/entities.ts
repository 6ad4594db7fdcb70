// Checkpoints of entities in MongoDB. The directory of a partition is read from its index alone (indexes.ts).

import { type Db, type Filter } from 'mongodb';
import { type EntityId } from '../../core/ids.ts';
import { type DirectoryEntry, type StoredEntity } from '../../core/partition/commit.ts';
import { type Directory } from '../../core/partition/entity.ts';
import { stateCodec, type StoredState } from '../../core/partition/stored/stored-state.ts';
import { type Entities } from '../../ports/entities.ts';
import { newerFormat } from '../../ports/newer-format-error.ts';
import { reaching, reachingEach } from './deadline.ts';
import { replaceOlder } from './newer-only.ts';
import { fromStored, toStored } from './stored-json.ts';

/** An entity as stored; `d` is what the directory needs of it, while it lives. */
interface EntityDocument extends StoredState {
  readonly _id: EntityId;
  readonly p: number;
  readonly n: number;
  readonly version: number;
  readonly d?: StoredDirectory & { readonly version: number };
}

/** A directory entry as it is stored: before a trigger could listen to several names, `listens` was one name. */
type StoredDirectory = Omit<Directory, 'listens'> & { readonly listens?: string | readonly string[] };

/** Directory lines are small: fewer round trips for 100,000 of them. */
const DIRECTORY_BATCH = 20_000;

/** The entity states in a database that `connectMongo` has prepared. */
export function createMongoEntities(db: Db): Entities {
  const entities = db.collection<EntityDocument>('entities');
  return {
    load: (ids) =>
      ids.length === 0
        ? Promise.resolve([])
        : reaching('load entities', async () =>
            (await entities.find({ _id: { $in: [...ids] } }).toArray()).map(entityOf),
          ),
    directory: (p) =>
      reaching(`read the directory of partition ${String(p)}`, async () => {
        const living = entities.find(livingIn(p) as Filter<EntityDocument>, {
          projection: { _id: 1, d: 1 },
          batchSize: DIRECTORY_BATCH,
        });
        const entries: DirectoryEntry[] = [];
        for await (const { _id, d } of living) {
          if (d !== undefined) entries.push({ id: _id, version: d.version, directory: directoryOf(d) });
        }
        return entries;
      }),
    save: (saved, born) => replaceOlder('save entities', entities, saved.map(documentOf), born),
    all: (p) => all(p),
  };

  async function* all(p: number): AsyncGenerator<StoredEntity> {
    for await (const document of reachingEach(`read all entities of partition ${String(p)}`, entities.find({ p }))) {
      yield entityOf(document);
    }
  }
}

/** Matches what the directory's index holds, in a form that the index alone can answer. */
function livingIn(p: number): { readonly p: number; readonly d: { readonly $gt: object } } {
  return { p, d: { $gt: {} } };
}

function documentOf({ id, partition, n, version, state, directory }: StoredEntity): EntityDocument {
  return {
    _id: id,
    p: partition,
    n,
    version,
    format: stateCodec.format(state),
    state: toStored(state) as StoredState['state'],
    ...(directory === undefined ? {} : { d: { version, ...directory } }),
  };
}

function entityOf({ _id, p, n, version, format, state, d }: EntityDocument): StoredEntity {
  const kept = { format, state: fromStored(state) as StoredState['state'] };
  const entity = { id: _id, partition: p, n, version, state: stateCodec.decode(_id, kept, newerFormat) };
  return d === undefined ? entity : { ...entity, directory: directoryOf(d) };
}

function directoryOf({ wake, calendar, hosts, ending, listens }: StoredDirectory): Directory {
  return {
    calendar,
    hosts,
    ...(wake === undefined ? {} : { wake }),
    ...(ending === undefined ? {} : { ending }),
    ...(listens === undefined ? {} : { listens: typeof listens === 'string' ? [listens] : listens }),
  };
}
