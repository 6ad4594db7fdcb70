// What waits for a trigger that joins or folds signals: the buckets of its generation, the newest first.

import { keepsSignals } from '../../core/definition/signal-fold.ts';
import { type PendingBucket } from '../../core/explanation/explain-join.ts';
import { type BucketState } from '../../core/trigger/bucket.ts';
import { waitingIn } from '../../core/trigger/pending.ts';
import { generationOf } from '../../core/trigger/trigger.ts';
import { type TriggerView } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';

/** What reading works with. */
export interface PendingParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
}

/** The newest buckets in which something waits, so many at most. */
export async function readPending(
  { outside, node, reader }: PendingParts,
  { id, state }: TriggerView,
  limit: number,
): Promise<readonly PendingBucket[]> {
  if (!keepsSignals(state.definition)) return [];
  await node.projector.flush();
  const { rows } = await outside.projections.page('buckets', {
    where: { trigger: id, generation: generationOf(state), isOpen: true },
    order: 'NEWEST_FIRST',
    limit,
  });
  const partition = node.partitionOf(state.workflowId);
  const read = await Promise.all(rows.map((row) => reader.entity('bucket', row.id, partition)));
  return rows.flatMap((row, place): readonly PendingBucket[] => {
    const bucket: BucketState | undefined = read[place]?.state;
    // The list may be a moment behind: what was taken meanwhile is no longer told.
    return bucket === undefined || waitingIn(bucket, state).length === 0 ? [] : [{ id: row.id, state: bucket }];
  });
}
