// Makes the rows of all lists anew: from the saved entities and what came after them. Lists are caches; the log is the truth.
// The audit's lines are made from the log; those of what was cut from it are all there is of it, and stay.

import { summary } from '../../core/partition/summary.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type AskedCommit, askedIn } from '../take-over.ts';
import { UnavailableError } from '../unavailable-error.ts';

/** Rebuilds the lists, and answers how many rows there are; only the owner of all partitions can. */
export async function rebuild(outside: Outside, node: EngineNode): Promise<number> {
  const opened = [...node.opened().values()];
  if (opened.length < node.partitions()) {
    throw new UnavailableError('NOT_OWNER', 'Lists are rebuilt by the server that makes changes; this one stands by.');
  }
  await Promise.all(opened.map(({ checkpointer }) => checkpointer.save()));
  await outside.projections.clear();
  await auditAgain(outside, node);
  let rows = 0;
  for (const { partition } of opened) {
    // What changes from here on is projected as ever, and newer rows win.
    for await (const { id, n, state } of outside.entities.all(partition.index)) {
      if (summary(id, state) === undefined) continue;
      rows++;
      node.projector.changed(partition.index, n, id, state);
      if (rows % 1_000 === 0) await node.projector.flush();
    }
    node.projector.reached(partition.index, partition.head().n);
  }
  await node.projector.flush();
  return rows;
}

const page = 200;

/** The lines of the audit, from all that is in the log. They are added to those that stay, so they are not counted. */
async function auditAgain(outside: Outside, node: EngineNode): Promise<void> {
  let lines = 0;
  for (const { partition } of node.opened().values()) {
    for await (const { commit, place } of askedBelow(outside, partition.index, partition.head().n)) {
      node.projector.committed(commit, place);
      lines++;
      if (lines % 1_000 === 0) await node.projector.flush();
    }
  }
}

/** The commits of a partition that somebody asked for. Blocks that are cut meanwhile have their lines already. */
async function* askedBelow(
  outside: Outside,
  partition: number,
  head: number,
): AsyncGenerator<AskedCommit, void, undefined> {
  for (let after = Math.max(0, (await outside.log.first(partition)) - 1); after < head;) {
    const blocks = await outside.log.read(partition, after, page);
    yield* blocks.flatMap(askedIn);
    after = blocks.at(-1)?.n ?? head;
  }
}
