// What a simulation found in the feed, and what is too rare among seeds to be found again for certain.

import { expect, test } from 'vitest';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { type Block, blockFormat } from '../../src/core/partition/commit.ts';
import { createFeed } from '../../src/engine/feed.ts';
import { type Outside } from '../../src/engine/outside.ts';
import { type Log } from '../../src/ports/log.ts';

function block(n: number, epoch: number): Block {
  return { partition: 0, n, writer: `w${String(epoch)}`, epoch, format: blockFormat, commits: [] };
}

test('who watches on a node that lost a partition and took it back is sent what another wrote in between', async () => {
  const log = createMemoryLog();
  const feed = createFeed({ log } as unknown as Outside, () => 4);
  for (const each of [block(1, 1), block(2, 2), block(3, 2), block(4, 3)]) await log.append([each]);
  feed.push(block(1, 1), 100);
  expect((await feed.after(0, 1)).map(({ n }) => n)).toEqual([2, 3, 4]);
  expect(await feed.after(0, 4)).toEqual([]);
});

test('what is kept of a partition has so many bytes at most; the log has the rest', async () => {
  const log = createMemoryLog();
  let reads = 0;
  const counted: Log = {
    ...log,
    read: (...what) => {
      reads++;
      return log.read(...what);
    },
  };
  const feed = createFeed({ log: counted } as unknown as Outside, () => 9);
  for (let n = 1; n <= 9; n++) {
    await log.append([block(n, 1)]);
    feed.push(block(n, 1), 2_500_000);
  }
  expect((await feed.after(0, 6)).map(({ n }) => n)).toEqual([7, 8, 9]);
  expect(reads).toBe(0);
  expect((await feed.after(0, 5)).map(({ n }) => n)).toEqual([6, 7, 8, 9]);
  expect(reads).toBe(1);
});
