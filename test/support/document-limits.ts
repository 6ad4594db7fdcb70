// Memory adapters that refuse what MongoDB would refuse: a document of more than 16 MB. So a test of sizes needs no server.

import { BSON } from 'mongodb';
import { blockCodec } from '../../src/core/partition/stored/stored-block.ts';
import { type Block } from '../../src/core/partition/commit.ts';
import { createMemoryEntities } from '../../src/adapters/memory/entities.ts';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { toStored } from '../../src/adapters/mongo/stored-json.ts';
import { type Entities } from '../../src/ports/entities.ts';
import { type Log } from '../../src/ports/log.ts';

/** What MongoDB takes. */
export const largestDocument = 16 * 1024 * 1024;

/** A log and entities with MongoDB's limit, and the sizes of what was written to them. */
export interface LimitedStore {
  readonly log: Log;
  readonly entities: Entities;
  /** The largest commit, block and state, in bytes; how many were refused. */
  readonly largest: { commit: number; block: number; state: number };
  readonly refused: { blocks: number; states: number };
}

/** Makes an empty store that lives as long as the object does. */
export function createLimitedStore(): LimitedStore {
  const [log, entities] = [createMemoryLog(), createMemoryEntities()];
  const largest = { commit: 0, block: 0, state: 0 };
  const refused = { blocks: 0, states: 0 };
  const isTooLarge = (block: Block): boolean => {
    const commits = blockCodec.encode(block).commits.map((commit) => bsonBytes(commit));
    const size = commits.reduce((sum, each) => sum + each, 0);
    largest.commit = Math.max(largest.commit, ...commits);
    largest.block = Math.max(largest.block, size);
    if (size > largestDocument) refused.blocks++;
    return size > largestDocument;
  };
  return {
    largest,
    refused,
    log: {
      ...log,
      append: async (blocks) => {
        const each = blocks.map(async (block) => (isTooLarge(block) ? 'refused' : (await log.append([block]))[0]));
        return (await Promise.all(each)).map((outcome) => outcome ?? 'unknown');
      },
    },
    entities: {
      ...entities,
      save: async (saved, born) => {
        for (const { state, id } of saved) {
          const size = bsonBytes(state);
          largest.state = Math.max(largest.state, size);
          if (size <= largestDocument) continue;
          refused.states++;
          throw new Error(`${id} has ${String(size)} bytes, more than a document may have`);
        }
        await entities.save(saved, born);
      },
    },
  };
}

/** How many bytes a value takes in MongoDB. */
export function bsonBytes(value: unknown): number {
  return BSON.calculateObjectSize(toStored({ value }) as BSON.Document, { ignoreUndefined: true });
}
