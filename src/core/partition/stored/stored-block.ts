// A block as it is stored: each of its events with the version of its shape. Every store of blocks writes by `encode` and reads
// by `decode`, so that nobody else ever meets an old event.

import { type Block, blockFormat, type Commit } from '../commit.ts';
import { type EventCodec, eventCodec, type StoredEvent } from './stored-event.ts';
import { type Refusing } from './upcasting.ts';

/** A commit with events in the versions of their time. */
export interface StoredCommit extends Omit<Commit, 'events'> {
  readonly events: readonly StoredEvent[];
}

/** A block with events in the versions of their time. */
export interface StoredBlock extends Omit<Block, 'commits'> {
  readonly commits: readonly StoredCommit[];
}

/** Writes and reads blocks. */
export interface BlockCodec {
  /** The block with versions; payloads are shared, not copied. */
  readonly encode: (block: Block) => StoredBlock;
  /** The block as this version knows it; throws what `newer` makes if anything in it is newer than that. */
  readonly decode: (stored: StoredBlock, newer: Refusing) => Block;
}

/** Writes and reads blocks whose events go through this codec. */
export function createBlockCodec(events: EventCodec): BlockCodec {
  return {
    encode: (block) => ({
      ...block,
      commits: block.commits.map((commit) => ({ ...commit, events: commit.events.map(events.encode) })),
    }),
    decode: (stored, newer) => {
      const { partition, n, format } = stored;
      if (format > blockFormat) {
        const what = `Block ${String(n)} of partition ${String(partition)}`;
        throw newer({ what, found: format, known: blockFormat });
      }
      return {
        ...stored,
        commits: stored.commits.map((commit) => ({
          ...commit,
          events: commit.events.map((event) => events.decode(event, stored, newer)),
        })),
      };
    },
  };
}

/** Writes and reads blocks as this version does. */
export const blockCodec = createBlockCodec(eventCodec);
