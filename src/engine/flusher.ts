// Sends the waiting blocks of all partitions to the log, and finds out what became of each.
//
// 1. One unordered write carries a block of each partition that has something to send; at most two writes are under way,
//    of disjoint partitions, since a partition has at most one block in flight.
// 2. An outcome that is not known is no "no": the same bytes are sent again until it is known. A position is never
//    decided anew once a block was sent for it (design §3, Append 3–4).
// 3. A block of another writer at our place means that the partition is lost.

import { type Block } from '../core/partition/commit.ts';
import { type Milliseconds } from '../core/time.ts';
import { type OpenPartition } from './open-partition.ts';
import { type Outside } from './outside.ts';

/** Sends blocks. */
export interface Flusher {
  /** There is something to send. */
  wake(): void;
  /** How long the oldest block under way has been without an answer. */
  oldest(): Milliseconds;
}

/** Why a partition is lost whose block can never be there. */
export const refusedByStore = 'The store refused what was to be written.';

const mostFlights = 2;

/** Creates the flusher of a node. `open` lists its partitions. */
export function createFlusher(outside: Outside, open: () => Iterable<OpenPartition>): Flusher {
  const sentAt = new Map<OpenPartition, Milliseconds>();
  let flights = 0;

  function wake(): void {
    while (flights < mostFlights) {
      const waiting: { readonly partition: OpenPartition; readonly block: Block }[] = [];
      for (const partition of open()) {
        const block = partition.nextBlock();
        if (block !== undefined) waiting.push({ partition, block });
      }
      if (waiting.length === 0) return;
      flights++;
      const now = outside.clock.monotonic();
      for (const { partition } of waiting) sentAt.set(partition, now);
      void send(waiting).finally(() => {
        flights--;
        wake();
      });
    }
  }

  async function send(waiting: readonly { readonly partition: OpenPartition; readonly block: Block }[]): Promise<void> {
    outside.at('before-append');
    const outcomes = await outside.log.append(waiting.map(({ block }) => block));
    outside.at('after-append');
    await Promise.all(
      waiting.map(async ({ partition, block }, place) => {
        const fate = await settleBlock(outside, partition, block, outcomes[place] ?? 'unknown');
        sentAt.delete(partition);
        if (fate === 'durable') partition.durable(block);
        else partition.lose(fate);
      }),
    );
  }

  return {
    wake,
    oldest: () => {
      const now = outside.clock.monotonic();
      return Math.max(0, ...[...sentAt.values()].map((at) => now - at));
    },
  };
}

/** Finds out whether a block that was sent is there for good; otherwise answers why the partition is lost. */
export async function settleBlock(
  outside: Outside,
  partition: { isLost(): boolean },
  block: Block,
  first: 'durable' | 'duplicate' | 'unknown' | 'refused',
): Promise<string> {
  let outcome = first;
  for (let tries = 0; !partition.isLost(); tries++) {
    if (outcome === 'durable') return 'durable';
    if (outcome === 'refused') {
      outside.logger.error('the store refused a block for good', undefined, { partition: block.partition, n: block.n });
      return refusedByStore;
    }
    if (outcome === 'duplicate') {
      const found = await outside.log.at(block.partition, block.n).catch(() => undefined);
      if (found?.writer === block.writer) return 'durable';
      if (found !== undefined) return 'Another server has taken over.';
    }
    await new Promise<void>((resolve) => outside.clock.after(Math.min(1_000, 20 * 2 ** Math.min(tries, 6)), resolve));
    [outcome = 'unknown'] = await outside.log.append([block]);
  }
  return 'The partition was given up.';
}
