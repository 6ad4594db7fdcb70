// What a simulation found in the feed, and what is too rare among seeds to be found again for certain.

import { expect, test } from 'vitest';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { type Block, blockFormat } from '../../src/core/partition/commit.ts';
import { createFeed } from '../../src/engine/feed.ts';
import { type Outside } from '../../src/engine/outside.ts';

function block(n: number, epoch: number): Block {
  return { partition: 0, n, writer: `w${String(epoch)}`, epoch, format: blockFormat, commits: [] };
}

test('who watches on a node that lost a partition and took it back is sent what another wrote in between', async () => {
  const log = createMemoryLog();
  const feed = createFeed({ log } as unknown as Outside, () => 4);
  for (const each of [block(1, 1), block(2, 2), block(3, 2), block(4, 3)]) await log.append([each]);
  feed.push(block(1, 1));
  expect((await feed.after(0, 1)).map(({ n }) => n)).toEqual([2, 3, 4]);
  expect(await feed.after(0, 4)).toEqual([]);
});
