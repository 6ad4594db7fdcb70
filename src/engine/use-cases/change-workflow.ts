// Changing a workflow itself: one command, and the workflow as it is after it.

import { workflowEntity } from '../../core/ids.ts';
import { type Json, type JsonObject } from '../../core/json.ts';
import { type CommandBody } from '../../core/partition/command.ts';
import { type PropertiesChange } from '../../core/workflow/properties.ts';
import { type WorkflowState } from '../../core/workflow/workflow.ts';
import { type Ask } from '../ask.ts';
import { type Engine } from '../engine.ts';
import { type Answer, type Caller } from '../answer.ts';
import { type EngineNode } from '../node.ts';
import { type Reader } from '../reader.ts';

/** Sends a command to a workflow; `args` tell one wish from another under the same key. */
export type WorkflowChange = (
  body: Extract<CommandBody, { readonly workflowId: string }>,
  caller: Caller,
  args?: Json,
) => Promise<Answer<WorkflowState>>;

/** Creates the way to change workflows. */
export function createWorkflowChange(node: EngineNode, ask: Ask, reader: Reader): WorkflowChange {
  return async (body, caller, args = null) => {
    const { type, workflowId } = body;
    const partition = node.partitionOf(workflowId);
    const asked = await ask(partition, body, caller, { target: workflowId, args });
    if (!asked.ok) return asked;
    const workflow = await reader.entity('workflow', workflowEntity(workflowId), partition);
    if (workflow === undefined) throw new Error(`${type} named a workflow that is not there`);
    return { ok: true, value: workflow.state, cursor: [asked.place], replayed: asked.replayed };
  };
}

/** Creates the use cases that keep a workflow: its properties, and whether it is there at all. */
export function createWorkflowKeeping(
  node: EngineNode,
  ask: Ask,
  reader: Reader,
): Pick<Engine, 'updateWorkflow' | 'deleteWorkflow'> {
  const change = createWorkflowChange(node, ask, reader);
  return {
    updateWorkflow: (input, caller) =>
      change({ type: 'UpdateWorkflow', ...input }, caller, {
        expectedVersion: input.expectedVersion ?? null,
        ...changeJson(input.change),
      }),
    deleteWorkflow: ({ workflowId, stopRuns }, caller) =>
      change({ type: 'DeleteWorkflow', workflowId, stopRuns }, caller, { stopRuns }),
  };
}

/** A change as JSON: what it does not name is not in it. */
function changeJson({ owner, labels, description }: PropertiesChange): JsonObject {
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(labels === undefined ? {} : { labels: labels?.map(({ name, value }) => ({ name, value })) ?? null }),
    ...(description === undefined ? {} : { description }),
  };
}
