// What is said when a workflow is meant that takes part in nothing.

import { workflowEntity } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { type Turn } from '../turn.ts';
import { unknownWorkflow } from './unknown-workflow.ts';

/** The refusal for a workflow that was set aside. */
export function workflowSetAside(workflowId: string, reason: string): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `An error in Downbeat set workflow "${workflowId}" aside, so that everything else could go on: ${reason}`,
    path: ['workflowId'],
    hint: `Please report the error. When it is mended, release the workflow: downbeat release ${workflowEntity(workflowId)}.`,
    status: 'QUARANTINED',
    allowed: [],
  };
}

/** The refusal for a workflow that reads as if it were not there: it was set aside, or there is none. */
export function noWorkflow(turn: Turn, workflowId: string): Refusal {
  const reason = turn.quarantine(workflowEntity(workflowId));
  return reason === undefined ? unknownWorkflow(workflowId) : workflowSetAside(workflowId, reason);
}
