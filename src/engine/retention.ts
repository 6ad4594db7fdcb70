// Cuts the log behind what nobody needs any more, and forgets what steps printed long ago: a server may run for years.
// What the log says of runs is kept in history first (fold-history.ts): where that fails, nothing is cut.
//
// A partition's log is cut below a floor. Nothing at the floor or behind it is touched, and the floor is never behind
// 1. the block that the saved checkpoint reflects: a take-over replays from there, and entities are read from there;
// 2. the block up to which lists are made: rows of lists are made from what comes behind it;
// 3. for each partition that has not taken, by its saved checkpoint, all that this one had sent by its own: the block of
//    the last message it took. What was sent later lies behind the checkpoint;
// 4. the last block that is older than the retention: idempotency keys and cursors hold that long;
// 5. the last 1,000 blocks: a watcher who fell a little behind is not sent away.
//
// Everything is read from the store, never from memory, and all of it only ever grows. So whatever was read a while ago,
// also by a node that has lost the partition since, gives a floor that is too low, never one that is too high.

import { type PartitionCheckpoint } from '../core/partition/commit.ts';
import { type Instant, type Milliseconds } from '../core/time.ts';
import { foldHistory } from './fold-history.ts';
import { type Outside } from './outside.ts';

/** What a pass is told. */
export interface RetentionParts {
  /** The partitions that are open here, by number: each is cut by its owner. */
  readonly opened: Pick<ReadonlyMap<number, unknown>, 'has'>;
  readonly now: () => Instant;
  /** How long everything is kept. */
  readonly retention: Milliseconds;
  /** How many blocks of a partition are kept however old they are. */
  readonly least?: number;
}

/** How often the log is cut. */
export const cutEvery: Milliseconds = 3_600_000;
/** How long after its start a server cuts for the first time. */
export const firstCutAfter: Milliseconds = 180_000;

const leastBlocks = 1_000;
/** Blocks that are kept and then removed by one call: it ends well within the time limits of a store. */
const portion = 2_000;

type Places = ReadonlyMap<number, PartitionCheckpoint | undefined>;

/** One pass: keeps and cuts the old log of every partition that is open here, and forgets old lines of steps. */
export async function foldAway(outside: Outside, parts: RetentionParts): Promise<void> {
  const { opened, retention, least = leastBlocks } = parts;
  const until = parts.now() - retention;
  const rows = await outside.partitions.list();
  const projected = new Map((await outside.projections.projected()).map(({ partition, n }) => [partition, n]));
  const checkpoints: Places = new Map(rows.map(({ partition, checkpoint }) => [partition, checkpoint]));
  for (const { partition } of rows.filter((row) => opened.has(row.partition))) {
    const covered = Math.min(coveredBy(partition, checkpoints), projected.get(partition) ?? 0);
    const floor = await floorOf(outside, partition, { covered, until, least });
    const first = await outside.log.first(partition);
    if (first > 0) await cutBelow(outside, opened, { partition, first, floor });
  }
  if (opened.has(0)) await outside.stepLogs.removeBefore(until);
}

/** Portion by portion: first into history, then out of the log. */
async function cutBelow(
  outside: Outside,
  opened: RetentionParts['opened'],
  { partition, first, floor }: { readonly partition: number; readonly first: number; readonly floor: number },
): Promise<void> {
  let below = first;
  while (below < floor && opened.has(partition)) {
    const kept = await foldHistory(outside, partition, { first: below, below: Math.min(below + portion, floor) });
    if (kept === below) break;
    outside.at('before-cut');
    await outside.log.cut(partition, kept);
    below = kept;
  }
  if (below > first) outside.logger.info('the log was cut', { partition, below });
}

async function floorOf(
  outside: Outside,
  partition: number,
  { covered, until, least }: { readonly covered: number; readonly until: Instant; readonly least: number },
): Promise<number> {
  if (covered === 0) return 0;
  const spare = (await outside.log.head(partition)) - least + 1;
  return Math.min(covered, spare, await outside.log.before(partition, until));
}

/** How far the checkpoints alone allow a partition's log to be cut; 0 while one of them is missing. */
export function coveredBy(partition: number, checkpoints: Places): number {
  const own = checkpoints.get(partition);
  if (own === undefined) return 0;
  const awaited = own.sent.map(({ to, sequence }) => {
    const taken = checkpoints.get(to)?.seen.find(({ from }) => from === partition);
    return taken !== undefined && taken.sequence >= sequence ? own.n : (taken?.n ?? 0);
  });
  return Math.min(own.n, ...awaited);
}
