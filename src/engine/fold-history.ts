// Takes what the log says of runs over into history, before the log is cut: page by page, so memory stays bounded.
// What is taken over twice is kept once, so that a crash before the cut costs nothing but a repetition.

import { type EntityId, kindOf } from '../core/ids.ts';
import { type Block, type Commit } from '../core/partition/commit.ts';
import { type Excerpt } from '../ports/history.ts';
import { type Outside } from './outside.ts';
import { withoutHoles } from './take-over.ts';

/** Blocks that are in memory at once. */
const page = 32;

/**
 * Keeps what the blocks from `first` on, those below `below`, say of runs. Answers below which block all is kept: less than
 * `below` where a block was not to be seen, since the read was behind the times or someone else has cut meanwhile.
 */
export async function foldHistory(
  { log, history }: Pick<Outside, 'log' | 'history'>,
  partition: number,
  { first, below }: { readonly first: number; readonly below: number },
): Promise<number> {
  let next = first;
  while (next < below) {
    const found = await log.read(partition, next - 1, Math.min(page, below - next));
    const blocks = withoutHoles(found, next - 1);
    if (blocks.length === 0) break;
    await history.append(blocks.flatMap(excerptsOf));
    next += blocks.length;
  }
  return next;
}

/** What a block says of each run that it touches. */
function excerptsOf(block: Block): readonly Excerpt[] {
  const touched = new Map<EntityId, { readonly commits: Commit[]; readonly places: number[] }>();
  for (const [place, { at, events }] of block.commits.entries()) {
    const ofRuns = events.filter(({ entity }) => kindOf(entity) === 'run');
    for (const run of new Set(ofRuns.map(({ entity }) => entity))) {
      const { commits, places } = touched.get(run) ?? { commits: [], places: [] };
      commits.push({ at, events: ofRuns.filter(({ entity }) => entity === run), out: [] });
      places.push(place);
      touched.set(run, { commits, places });
    }
  }
  return [...touched].map(([run, { commits, places }]) => ({ run, block: { ...block, commits }, places }));
}
