// Reading workflows, triggers and signals, one at a time.

import { type EntityId, triggerEntity, workflowEntity } from '../../core/ids.ts';
import { type SignalState } from '../../core/signal/signal.ts';
import { type WorkflowState } from '../../core/workflow/workflow.ts';
import { type TriggerView } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';

/** What reading works with. */
export interface ReadParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
}

const mostListeners = 100;

/** A workflow, or undefined. */
export async function readWorkflow(
  { node, reader }: ReadParts,
  workflowId: string,
): Promise<WorkflowState | undefined> {
  return (await reader.entity('workflow', workflowEntity(workflowId), node.partitionOf(workflowId)))?.state;
}

/** A trigger, or undefined. */
export async function readTrigger({ node, reader }: ReadParts, id: EntityId): Promise<TriggerView | undefined> {
  const workflowId = id.slice(id.indexOf(':') + 1, id.indexOf('/'));
  const read = await reader.entity('trigger', id, node.partitionOf(workflowId));
  return read === undefined ? undefined : { id, state: read.state };
}

/** The triggers of a workflow's active version. */
export async function readTriggers(
  parts: ReadParts,
  { workflowId, triggers }: WorkflowState,
): Promise<readonly TriggerView[]> {
  return present(triggers.map((name) => readTrigger(parts, triggerEntity(workflowId, name))));
}

/** A published signal, or undefined. Its row tells in which partition it lies. */
export async function readSignal({ outside, node, reader }: ReadParts, id: EntityId): Promise<SignalState | undefined> {
  await node.projector.flush();
  const row = await outside.projections.get(id);
  return row === undefined ? undefined : (await reader.entity('signal', id, row.partition))?.state;
}

/** The triggers that are armed and hear a name. */
export async function readHearingTriggers(
  parts: Pick<ReadParts, 'outside' | 'node' | 'reader'>,
  name: string,
): Promise<readonly TriggerView[]> {
  const { rows } = await parts.outside.projections.page('triggers', {
    where: { listens: name, armed: true },
    order: 'NEWEST_FIRST',
    limit: mostListeners,
  });
  return present(rows.map(({ row }) => readTrigger(parts, row.trigger)));
}

async function present<T>(promises: readonly Promise<T | undefined>[]): Promise<readonly T[]> {
  return (await Promise.all(promises)).filter((one) => one !== undefined);
}
