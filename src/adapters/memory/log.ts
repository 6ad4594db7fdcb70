// The log in memory. Every append is durable at once and every read is current; a simulation wraps it to make it worse.

import { type EntityId } from '../../core/ids.ts';
import { type Block } from '../../core/partition/commit.ts';
import { blockCodec, type StoredBlock } from '../../core/partition/stored/stored-block.ts';
import { type AppendOutcome, type Log } from '../../ports/log.ts';
import { newerFormat } from '../../ports/newer-format-error.ts';

/** A block as text, with what it is looked up by. */
interface Kept {
  readonly n: number;
  /** The time of its last commit; a fence has none. */
  readonly at: number | undefined;
  readonly text: string;
  readonly entities: ReadonlySet<EntityId>;
  readonly recipients: ReadonlySet<number>;
}

/** Makes an empty log that lives as long as the object does. */
export function createMemoryLog(): Log {
  /** In order of `n`. */
  const partitions = new Map<number, Kept[]>();
  const places = new Map<string, { readonly partition: number; readonly n: number }>();
  const add = (block: Block): AppendOutcome => {
    const kept = partitions.get(block.partition) ?? [];
    const index = firstFrom(kept, block.n);
    if (kept[index]?.n === block.n) return 'duplicate';
    kept.splice(index, 0, keep(block));
    partitions.set(block.partition, kept);
    for (const { command } of block.commits) {
      const isNew = command?.key !== undefined && !places.has(command.key);
      if (isNew) places.set(command.key, { partition: block.partition, n: block.n });
    }
    return 'durable';
  };
  const at = (partition: number, n: number): Block | undefined => {
    const kept = partitions.get(partition) ?? [];
    const found = kept[firstFrom(kept, n)];
    return found?.n === n ? blockOf(found) : undefined;
  };
  const read = (partition: number, from: number, limit: number, wanted: (kept: Kept) => boolean): Block[] => {
    const kept = partitions.get(partition) ?? [];
    const found: Block[] = [];
    for (let index = firstFrom(kept, from); index < kept.length && found.length < limit; index++) {
      const each = kept[index];
      if (each !== undefined && wanted(each)) found.push(blockOf(each));
    }
    return found;
  };
  return {
    append: async (blocks) => blocks.map(add),
    at: async (partition, n) => at(partition, n),
    head: async (partition) => partitions.get(partition)?.at(-1)?.n ?? 0,
    first: async (partition) => partitions.get(partition)?.[0]?.n ?? 0,
    before: async (partition, time) => {
      const kept = partitions.get(partition) ?? [];
      const young = kept.findIndex(({ at }) => at !== undefined && at >= time);
      return (young === -1 ? kept.at(-1) : kept[young - 1])?.n ?? 0;
    },
    read: async (partition, after, limit) => read(partition, after + 1, limit, () => true),
    ofEntity: async (partition, entity, after, limit) =>
      read(partition, after + 1, limit, ({ entities }) => entities.has(entity)),
    messagesTo: async (recipient, partition, from, limit) =>
      read(partition, from, limit, ({ recipients }) => recipients.has(recipient)),
    withKey: async (key) => {
      const place = places.get(key);
      return place === undefined ? undefined : at(place.partition, place.n);
    },
    cut: async (partition, below) => {
      const kept = partitions.get(partition);
      kept?.splice(0, firstFrom(kept, below));
    },
  };
}

/** The index of the first block with at least this `n`; the length if there is none. */
function firstFrom(kept: readonly Kept[], n: number): number {
  let [low, high] = [0, kept.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((kept[middle]?.n ?? 0) < n) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keep(block: Block): Kept {
  return {
    n: block.n,
    at: block.commits.at(-1)?.at,
    text: JSON.stringify(blockCodec.encode(block)),
    entities: new Set(block.commits.flatMap(({ events }) => events.map(({ entity }) => entity))),
    recipients: new Set(block.commits.flatMap(({ out }) => out.map(({ to }) => to))),
  };
}

function blockOf(kept: Kept): Block {
  return blockCodec.decode(JSON.parse(kept.text) as StoredBlock, newerFormat);
}
