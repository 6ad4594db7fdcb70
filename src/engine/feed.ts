// The durable blocks as they come: one tail a partition and node serves every watcher. "The bus rings, the log speaks."
//
// Owns: the last blocks of each partition in memory, and who waits for the next. A watcher pulls; one that is slow reads
// older blocks from the log, so that no watcher can make the node's memory grow.

import { type Block } from '../core/partition/commit.ts';
import { type Milliseconds } from '../core/time.ts';
import { cursorExpired } from './cursor-expired.ts';
import { type Outside } from './outside.ts';
import { withoutHoles } from './take-over.ts';

/** The tails of all partitions. */
export interface Feed {
  /** A block of so many bytes is durable. Blocks that were pushed already are ignored; after a gap the tail begins anew. */
  push(block: Block, bytes: number): void;
  /** Blocks with `n > after`, without a hole, at most a page of them; `CURSOR_EXPIRED` where the log was cut behind `after`. */
  after(partition: number, after: number): Promise<readonly Block[]>;
  /** Resolves when one of the partitions may have more than was seen, or after a while. */
  wait(seen: ReadonlyMap<number, number>, patience: Milliseconds): Promise<void>;
  /** A block may be there that was not pushed. */
  ring(partition: number): void;
}

/** How many blocks, and how many events and bytes in them, are kept of each partition. */
const mostBlocks = 512;
const mostEvents = 10_000;
const mostBytes = 8_000_000;
const page = 128;
/** How often partitions are polled whose owner is elsewhere, while someone watches them. */
const poll: Milliseconds = 400;

/** Creates the feed of a node. `headOf` tells the durable head of a partition whose blocks are pushed here. */
export function createFeed(outside: Outside, headOf: (partition: number) => number | undefined): Feed {
  const recent = new Map<number, Tail>();
  const waiters = new Set<{ readonly seen: ReadonlyMap<number, number>; readonly wake: () => void }>();

  function newest(partition: number): number {
    return recent.get(partition)?.blocks.at(-1)?.n ?? 0;
  }

  function wake(partition: number): void {
    for (const waiter of waiters) if (waiter.seen.has(partition)) waiter.wake();
  }

  return {
    push: (block, bytes) => {
      const before = recent.get(block.partition);
      const last = before?.blocks.at(-1)?.n;
      if (last !== undefined && block.n <= last) return;
      const tail = before === undefined || last !== block.n - 1 ? emptyTail() : before;
      tail.blocks.push(block);
      tail.sizes.push(bytes);
      tail.events += eventsIn(block);
      tail.bytes += bytes;
      while (isLong(tail)) cutOff(tail);
      recent.set(block.partition, tail);
      wake(block.partition);
    },
    after: async (partition, after) => {
      const blocks = recent.get(partition)?.blocks ?? [];
      const [first] = blocks;
      if (first !== undefined && first.n <= after + 1) {
        const from = after + 1 - first.n;
        const found = blocks.slice(from, from + page);
        // A tail that ends before the head is of an earlier tenure: someone else has written since.
        if (found.length > 0 || after >= (headOf(partition) ?? Infinity)) return found;
      }
      return readLog(outside, partition, after);
    },
    wait: (seen, patience) =>
      new Promise((resolve) => {
        const isBehind = [...seen].some(([partition, n]) => newest(partition) > n);
        if (isBehind) {
          resolve();
          return;
        }
        const isRemote = [...seen].some(([partition, n]) => (headOf(partition) ?? Infinity) > n);
        const waiter = {
          seen,
          wake: () => {
            waiters.delete(waiter);
            cancel();
            resolve();
          },
        };
        const cancel = outside.clock.after(isRemote ? Math.min(poll, patience) : patience, () => {
          waiter.wake();
        });
        waiters.add(waiter);
      }),
    ring: wake,
  };
}

async function readLog({ log }: Outside, partition: number, after: number): Promise<readonly Block[]> {
  const blocks = await log.read(partition, after, page);
  // A hole is a read that is behind the times, unless the log was cut: then what is missing will not come.
  const isHole = blocks[0] !== undefined && blocks[0].n > after + 1;
  if (isHole && (await log.first(partition)) > after + 1) throw cursorExpired();
  return withoutHoles(blocks, after);
}

/** The last blocks of a partition, with the size of each, and what they come to. */
interface Tail {
  readonly blocks: Block[];
  readonly sizes: number[];
  events: number;
  bytes: number;
}

function emptyTail(): Tail {
  return { blocks: [], sizes: [], events: 0, bytes: 0 };
}

/** Whether the oldest block has to go. The newest stays, however large it is. */
function isLong({ blocks, events, bytes }: Tail): boolean {
  return blocks.length > mostBlocks || (blocks.length > 1 && (events > mostEvents || bytes > mostBytes));
}

function cutOff(tail: Tail): void {
  const oldest = tail.blocks.shift();
  tail.events -= oldest === undefined ? 0 : eventsIn(oldest);
  tail.bytes -= tail.sizes.shift() ?? 0;
}

function eventsIn({ commits }: Block): number {
  return commits.reduce((sum, commit) => sum + commit.events.length, 0);
}
