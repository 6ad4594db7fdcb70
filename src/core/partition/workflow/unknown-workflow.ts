// What is said when a workflow is meant that is not there, or not any more.

import { type Refusal } from '../../refusal.ts';
import { type WorkflowState } from '../../workflow/workflow.ts';

/** The refusal for a workflow that is not there. */
export function unknownWorkflow(workflowId: string): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `There is no workflow "${workflowId}".`,
    path: ['workflowId'],
    hint: 'Apply its definition first: downbeat apply <file>.',
  };
}

/** The refusal for a workflow that was deleted. */
export function deletedWorkflow({ workflowId, deleted }: WorkflowState): Refusal {
  const by = deleted === undefined ? '' : ` by ${deleted.by} at ${new Date(deleted.at).toISOString()}`;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Workflow "${workflowId}" was deleted${by}: nothing of it starts any more.`,
    path: ['workflowId'],
    hint: 'To have it again, apply its definition: downbeat apply <file>. Its versions and runs go on being counted from where they were.',
    status: 'DELETED',
    allowed: [],
  };
}
