// Changing what belongs to a workflow and to no version of it: owner, labels, description. Nothing of it changes how it runs.

import { type EntityId, workflowEntity } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { changedProperties } from '../../workflow/properties.ts';
import { setByHand } from '../../workflow/workflow.ts';
import { type CommandBody } from '../command.ts';
import { type Turn } from '../turn.ts';
import { deletedWorkflow } from './unknown-workflow.ts';
import { noWorkflow } from './workflow-set-aside.ts';

/** Takes an `UpdateWorkflow` command. A change that changes nothing makes no snapshot. */
export function updateWorkflow(
  turn: Turn,
  { workflowId, change, expectedVersion }: Extract<CommandBody, { type: 'UpdateWorkflow' }>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  const id = workflowEntity(workflowId);
  const workflow = turn.read('workflow', id);
  if (workflow === undefined) return failed([noWorkflow(turn, workflowId)]);
  if (workflow.deleted !== undefined) return failed([deletedWorkflow(workflow)]);
  const last = workflow.snapshots?.at(-1)?.number ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== last) {
    return failed([conflict(workflowId, expectedVersion, last)]);
  }
  const before = setByHand(workflow);
  const properties = changedProperties(before, change);
  if (JSON.stringify(properties) === JSON.stringify(before)) return success(id);
  turn.emit(id, { type: 'PropertiesChanged', number: last + 1, properties, by: actor });
  return success(id);
}

function conflict(workflowId: string, expected: number, last: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    message: `The properties of "${workflowId}" were changed ${String(last)} times, not ${String(expected)}: someone else changed them meanwhile.`,
    path: ['expectedVersion'],
    hint: 'Look at what they are now, then change them again with the current number as `expectedVersion`.',
    currentVersion: last,
  };
}
