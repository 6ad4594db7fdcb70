// Keeps the folder of Python environments within bounds: those that no step used for a month go, and of many the longest unused.
// What was used within a day stays in any case, since a step may still be running in it.

import { readdir, realpath, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Milliseconds } from '../../core/time.ts';
import { removeTree } from '../process/remove-tree.ts';

/** The file in an environment whose time is that of its last use. */
export const LAST_USE = 'downbeat-last-use';

const DAY: Milliseconds = 86_400_000;
const LONGEST_UNUSED = 30 * DAY;
const MOST_KEPT = 50;

/** Removes what is beyond the bounds, and what builds left behind that never came to an end. */
export async function keepInBounds(root: string, now: number = Date.now()): Promise<void> {
  const names = (await readdir(root)).filter((name) => name !== 'builds');
  const kept = await Promise.all(names.map(async (name) => lastUse(join(root, name))));
  const oldestFirst = kept.sort((a, b) => a.used - b.used);
  const linked = new Set<string>();
  for (const [index, { link, folder, used }] of oldestFirst.entries()) {
    const unused = now - used;
    const isTooMany = oldestFirst.length - index > MOST_KEPT;
    if (unused > LONGEST_UNUSED || (isTooMany && unused > DAY)) await unlink(link);
    else if (folder !== undefined) linked.add(folder);
  }
  const builds = await realpath(join(root, 'builds'));
  for (const name of await readdir(builds)) {
    const folder = join(builds, name);
    if (linked.has(folder)) continue;
    const { mtimeMs } = await stat(folder);
    const used = await timeOf(join(folder, LAST_USE));
    if (now - Math.max(mtimeMs, used) > DAY) await removeTree(folder);
  }
}

interface Kept {
  readonly link: string;
  readonly folder: string | undefined;
  readonly used: number;
}

async function lastUse(link: string): Promise<Kept> {
  const folder = await realpath(link).catch(() => undefined);
  return { link, folder, used: folder === undefined ? 0 : await timeOf(join(folder, LAST_USE)) };
}

async function timeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
