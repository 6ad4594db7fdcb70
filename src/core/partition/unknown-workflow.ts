// What is said when a workflow is meant that is not there.

import { type Refusal } from '../refusal.ts';

/** The refusal for a workflow that is not there. */
export function unknownWorkflow(workflowId: string): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `There is no workflow "${workflowId}".`,
    path: ['workflowId'],
    hint: 'Apply its definition first: downbeat apply <file>.',
  };
}
