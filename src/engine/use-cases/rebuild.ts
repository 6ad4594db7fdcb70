// Makes the rows of all lists anew: from the saved entities and what came after them. Lists are caches; the log is the truth.

import { summary } from '../../core/partition/summary.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { UnavailableError } from '../unavailable-error.ts';

/** Rebuilds the lists, and answers how many rows there are; only the owner of all partitions can. */
export async function rebuild(outside: Outside, node: EngineNode): Promise<number> {
  const opened = [...node.opened().values()];
  if (opened.length < node.partitions()) {
    throw new UnavailableError('NOT_OWNER', 'Lists are rebuilt by the server that makes changes; this one stands by.');
  }
  await Promise.all(opened.map(({ checkpointer }) => checkpointer.save()));
  await outside.projections.clear();
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
