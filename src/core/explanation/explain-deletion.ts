// Why nothing of a workflow starts any more: somebody deleted it.

import { type WorkflowDeletion, type WorkflowState } from '../workflow/workflow.ts';
import { type Explanation } from './explanation.ts';
import { moment } from './sentences.ts';

/** Explains a workflow that was deleted. */
export function explainDeletion({ workflowId }: WorkflowState, { at, by }: WorkflowDeletion): Explanation {
  const text = `${by} deleted "${workflowId}" at ${moment(at)}: nothing of it starts any more. Its runs can still be read.`;
  const unblock = 'Apply its definition again: downbeat apply <file>.';
  return { id: `workflow:${workflowId}`, summary: text, reasons: [{ code: 'DELETED', text, unblock }] };
}
