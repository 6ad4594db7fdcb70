// Deleting a workflow: its triggers are disarmed and nothing of it starts any more. What it ran stays as it was, and its numbers
// are never used again: a version that is applied later goes on with them (maestro-behaviour §1.5).

import { type EntityId, queueEntity, runEntity, workflowEntity } from '../../ids.ts';
import { type QueueState } from '../../queue/queue.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { isTerminalRun, type RunState } from '../../run/state.ts';
import { disarmAll } from './apply-workflow.ts';
import { type CommandBody } from '../command.ts';
import { stopFound } from '../run/control-run.ts';
import { type Turn } from '../turn.ts';
import { deletedWorkflow } from './unknown-workflow.ts';
import { noWorkflow } from './workflow-set-aside.ts';

/** How many runs a deletion stops: it is one commit. */
const mostStopped = 200;

/** Takes a `DeleteWorkflow` command. */
export function deleteWorkflow(
  turn: Turn,
  { workflowId, stopRuns }: Extract<CommandBody, { type: 'DeleteWorkflow' }>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  const id = workflowEntity(workflowId);
  const workflow = turn.read('workflow', id);
  if (workflow === undefined) return failed([noWorkflow(turn, workflowId)]);
  if (workflow.deleted !== undefined) return failed([deletedWorkflow(workflow)]);
  const queue = turn.read('queue', queueEntity(workflowId));
  const going = queue === undefined ? 0 : goingOn(queue);
  if (going > 0 && !stopRuns) return failed([stillGoing(workflowId, going)]);
  if (going > mostStopped) return failed([tooManyGoing(workflowId, going)]);
  disarmAll(turn, workflow);
  turn.emit(id, { type: 'WorkflowDeleted', by: actor });
  if (queue === undefined) return success(id);
  // Those that wait first: or the end of one that runs would let one of them start.
  for (const run of [...waitingRuns(turn, queue), ...runningRuns(turn, queue)]) stopFound(turn, run, actor);
  if ((queue.blockedBy ?? []).length > 0) turn.emit(queueEntity(workflowId), { type: 'QueueUnblocked', actor });
  return success(id);
}

function goingOn({ running, waiting }: QueueState): number {
  return running.length + waiting.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

function waitingRuns(turn: Turn, { workflowId, waiting }: QueueState): readonly RunState[] {
  return waiting.flatMap(({ from, to, attempt }) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((number) =>
      unended(turn, runEntity({ workflowId, number, attempt })),
    ),
  );
}

function runningRuns(turn: Turn, { workflowId, running }: QueueState): readonly RunState[] {
  return running.flatMap(({ number, attempt }) => unended(turn, runEntity({ workflowId, number, attempt })));
}

/** A run that is over or set aside is left as it is. */
function unended(turn: Turn, id: EntityId): readonly RunState[] {
  const run = turn.read('run', id);
  return run === undefined || isTerminalRun(run.status) ? [] : [run];
}

function stillGoing(workflowId: string, going: number): Refusal {
  const runs = going === 1 ? 'A run' : `${String(going)} runs`;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `${runs} of "${workflowId}" ${going === 1 ? 'is' : 'are'} not over, so it is not deleted.`,
    path: ['workflowId'],
    hint: `Wait for the end, or have them stopped with it: downbeat delete ${workflowId} --stop-runs.`,
    status: 'RUNNING',
    allowed: [],
  };
}

function tooManyGoing(workflowId: string, going: number): Refusal {
  return {
    code: 'LIMIT_EXCEEDED',
    message: `${String(going)} runs of "${workflowId}" are not over; a deletion stops at most ${String(mostStopped)} with it.`,
    path: ['stopRuns'],
    hint: `Stop them first: downbeat stop --all --workflow ${workflowId}.`,
  };
}
