// Taking a partition: claim it, prove its tail with a fence, replay to the fence. Only then is it opened (design §3).
//
// 1. The acknowledged fence proves the tail: the predecessor's one block came before it or never will.
// 2. A higher epoch than ours means that someone else is taking it: give up.
// 3. A hole in `n` is a stale read: read again.

import { bytesOf } from '../core/bytes.ts';
import { type Block, blockFormat, type Commit } from '../core/partition/commit.ts';
import { type EntityId } from '../core/ids.ts';
import { type Place } from '../core/partition/cursor.ts';
import { type Versioned } from '../core/partition/gathering.ts';
import { type PartitionRow } from '../ports/partitions.ts';
import { type Definitions } from './definitions.ts';
import { refusedByStore, settleBlock } from './flusher.ts';
import { type Outside } from './outside.ts';
import { createPartitionMemory, type PartitionMemory } from './partition-memory.ts';

/** A partition that is ours, with everything it knew. */
export interface TakenOver {
  /** The row as it was when it became ours. */
  readonly row: PartitionRow;
  readonly writer: string;
  /** The fence's place. */
  readonly head: number;
  readonly memory: PartitionMemory;
  /** What was replayed: newer than the checkpoint, perhaps newer than the projections. */
  readonly replayed: ReadonlyMap<EntityId, { readonly versioned: Versioned; readonly n: number }>;
  /** The replayed commits that somebody asked for. */
  readonly asked: readonly AskedCommit[];
  /** Place of the last message sent to each partition. */
  readonly sentAt: ReadonlyMap<number, number>;
}

/** A commit that somebody asked for, and where it stands. */
export interface AskedCommit {
  readonly place: Place;
  readonly commit: Pick<Commit, 'at' | 'command'>;
}

/** How many blocks are read at once: few, until it is known that they are small. */
const firstPage = 20;
const mostAtOnce = 200;
const fewestAtOnce = 4;
/** Blocks that are in memory at once should have about so many bytes. */
const goodPage = 8_000_000;

/** Tries to take a partition that is free; undefined if someone else was quicker. */
export async function takeOver(
  outside: Outside,
  definitions: Definitions,
  row: PartitionRow,
  incarnation: string,
): Promise<TakenOver | undefined> {
  const claimed = await outside.partitions.claim(row.partition, row.epoch, incarnation);
  if (claimed === undefined) return undefined;
  outside.at('in-take-over');
  const writer = outside.randomness.token();
  // Saved before the checkpoint in our row or after it: what replay folds in again, or skips. So it need not wait.
  const directory = outside.entities.directory(row.partition);
  directory.catch(() => undefined);
  const fence = await raiseFence(outside, claimed, writer);
  if (fence === undefined) return undefined;
  outside.at('after-fence');
  const memory = createPartitionMemory(await directory, definitions);
  const sentAt = new Map<number, number>();
  for (const { to, sequence, n } of claimed.checkpoint?.sent ?? []) {
    memory.sent.set(to, sequence);
    sentAt.set(to, n);
  }
  for (const place of claimed.checkpoint?.seen ?? []) memory.seen.set(place.from, place);
  memory.now = claimed.checkpoint?.at ?? 0;
  const asked: AskedCommit[] = [];
  const replayed = await replay(outside, memory, { row: claimed, fence, sentAt, asked });
  return { row: claimed, writer, head: fence, memory, replayed, asked, sentAt };
}

async function raiseFence(outside: Outside, row: PartitionRow, writer: string): Promise<number | undefined> {
  let head = await outside.log.head(row.partition);
  for (;;) {
    const last = head === 0 ? undefined : await outside.log.at(row.partition, head);
    if (head > 0 && last === undefined) {
      // What was there a moment ago was cut, or the read was stale: only a block that was seen can tell its epoch.
      await new Promise<void>((resolve) => outside.clock.after(20, resolve));
      head = Math.max(head, await outside.log.head(row.partition));
      continue;
    }
    if (last !== undefined && last.epoch > row.epoch) return undefined;
    const fence: Block = {
      partition: row.partition,
      n: head + 1,
      writer,
      epoch: row.epoch,
      format: blockFormat,
      commits: [],
    };
    const [outcome = 'unknown'] = await outside.log.append([fence]);
    const fate = await settleBlock(outside, { isLost: () => false }, fence, outcome);
    if (fate === 'durable') return fence.n;
    // Nothing is at that place, so there is no block to go on behind: the next survey begins anew.
    if (fate === refusedByStore) throw new Error(fate);
    head = Math.max(head + 1, await outside.log.head(row.partition));
  }
}

interface Replaying {
  readonly row: PartitionRow;
  readonly fence: number;
  readonly sentAt: Map<number, number>;
  readonly asked: AskedCommit[];
}

async function replay(
  outside: Outside,
  memory: PartitionMemory,
  { row, fence, sentAt, asked }: Replaying,
): Promise<TakenOver['replayed']> {
  const replayed = new Map<EntityId, { versioned: Versioned; n: number }>();
  let n = row.checkpoint?.n ?? 0;
  let page = firstPage;
  while (n < fence) {
    const blocks = withoutHoles(await outside.log.read(row.partition, n, page), n);
    const needed = memory.neededFor(blocks);
    if (needed.length > 0) memory.loaded(needed, await outside.entities.load(needed));
    for (const block of blocks) {
      outside.at('in-replay');
      for (const [id, versioned] of memory.replay(block)) replayed.set(id, { versioned, n: block.n });
      for (const { to } of block.commits.flatMap((commit) => commit.out)) sentAt.set(to, block.n);
      asked.push(...askedIn(block));
      n = block.n;
    }
    page = nextPage(page, blocks);
    // While we read, the predecessor saved a newer checkpoint and cut the log below it: the next try begins there.
    if (blocks.length === 0 && (await outside.log.first(row.partition)) > n + 1) throw new Error('the log was cut');
    if (blocks.length === 0) await new Promise<void>((resolve) => outside.clock.after(20, resolve));
  }
  return replayed;
}

/** How many blocks to read next: their sizes are about those of the last ones. */
function nextPage(page: number, blocks: readonly Block[]): number {
  const bytes = blocks.reduce((sum, block) => sum + bytesOf(block.commits), 0);
  return Math.min(mostAtOnce, Math.max(fewestAtOnce, bytes > goodPage ? page >> 1 : page * 2));
}

/** The commits of a block that somebody asked for. */
export function askedIn({ partition, n, commits }: Block): readonly AskedCommit[] {
  return commits.flatMap(({ at, command }, i) =>
    command === undefined ? [] : [{ place: { partition, n, i }, commit: { at, command } }],
  );
}

/** The blocks that follow on `after` without a hole. */
export function withoutHoles(blocks: readonly Block[], after: number): readonly Block[] {
  const hole = blocks.findIndex((block, place) => block.n !== after + 1 + place);
  return hole === -1 ? blocks : blocks.slice(0, hole);
}
