// Runs that a step of another run starts: a request is taken, the answers and the child's end come back to the step. What
// cannot be done is answered, never dropped.

import { graphOf } from '../../definition/graph.ts';
import { type Failure } from '../../failure.ts';
import { publicRun } from '../../explanation/sentences.ts';
import { type EntityId, queueEntity, runPlaceOf } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed } from '../../result.ts';
import { failStep } from '../../run/ending.ts';
import { afterCancel, afterFailure } from '../../run/settle.ts';
import { isTerminalRun, openAttempt } from '../../run/state.ts';
import { type RunWork } from '../../run/work.ts';
import { toParent } from './child-messages.ts';
import { findRun, stopFound } from './control-run.ts';
import { type Message } from '../message.ts';
import { restartFrom } from './restart-run.ts';
import { tellParent } from './runs.ts';
import { createRun } from './start-run.ts';
import { type Turn } from '../turn.ts';

/** How many workflows may run one within the other. */
const DEEPEST = 10;

type Of<T extends Message['type']> = Extract<Message, { type: T }>;

/** Takes a request for a child. */
export function startChild(turn: Turn, message: Of<'StartChild'>): void {
  const { parent } = message;
  const refusal = message.depth > DEEPEST ? tooDeep(message) : circle(turn, message);
  const made = refusal === undefined ? makeChild(turn, message) : failed([refusal]);
  if (made.ok) toParent(turn, parent, { type: 'ChildAccepted', parent, run: made.value });
  else toParent(turn, parent, { type: 'ChildRefused', parent, message: reasonOf(made.failure) });
}

/** Takes the wish that a child ends. One that is over says so again, in case its parent was set aside when it did. */
export function takeStopChild(turn: Turn, message: Of<'StopChild'>): void {
  const run = turn.read('run', message.run);
  if (run === undefined) return;
  if (isTerminalRun(run.status)) tellParent(turn, run);
  else stopFound(turn, run, 'its parent');
}

/** Whether the step does not wait for the end of the run that it starts. */
function isAsync(work: RunWork, index: number): boolean {
  const step = graphOf(work.definition).steps[index]?.step;
  return step?.work.kind === 'workflow' && step.work.async === true;
}

/** Takes the answer that a child was made. */
export function childAccepted(work: RunWork, { parent, run }: Of<'ChildAccepted'>): void {
  const open = openAttempt(work.run.steps[parent.step]);
  if (open?.number !== parent.attempt) return;
  work.emit({ type: 'ChildCreated', step: parent.step, run });
  if (open.cancelling !== undefined) work.children.stop(run);
  else if (isAsync(work, parent.step)) work.emit({ type: 'StepSucceeded', step: parent.step });
}

/** Takes the answer that there will be no child. */
export function childRefused(work: RunWork, { parent, message }: Of<'ChildRefused'>): void {
  const open = openAttempt(work.run.steps[parent.step]);
  if (open?.number !== parent.attempt) return;
  if (open.cancelling !== undefined) afterCancel(work, parent.step, open);
  else {
    failStep(work, parent.step, {
      kind: 'USER',
      code: 'CHILD_REFUSED',
      message: `The run of the other workflow could not be made: ${message}`,
      hint: 'See that the workflow is there and that its parameters fit, then restart this run from what is incomplete.',
      retryable: false,
    });
  }
}

/** Takes the news that a child has ended. */
export function takeChildEnded(work: RunWork, message: Of<'ChildEnded'>): void {
  const { parent, status, outputs } = message;
  const open = openAttempt(work.run.steps[parent.step]);
  if (open?.number !== parent.attempt) return;
  if (work.run.steps[parent.step]?.child?.run === undefined) {
    work.emit({ type: 'ChildCreated', step: parent.step, run: message.run });
  }
  if (message.leaves !== undefined && !isAsync(work, parent.step)) {
    work.emit({ type: 'ChildCounted', step: parent.step, leaves: message.leaves });
  }
  if (status === 'SUCCEEDED') work.emit({ type: 'StepSucceeded', step: parent.step, outputs });
  else if (open.cancelling !== undefined) afterCancel(work, parent.step, open);
  else if (isAsync(work, parent.step)) work.emit({ type: 'StepSucceeded', step: parent.step });
  else if (status === 'STOPPED') work.emit({ type: 'StepStopped', step: parent.step });
  else afterFailure(work, parent.step, childFailure(message, status));
}

function childFailure({ run, failure }: Of<'ChildEnded'>, status: 'FAILED' | 'TIMED_OUT'): Failure {
  const isTimeout = status === 'TIMED_OUT';
  return {
    kind: isTimeout ? 'TIMEOUT' : 'USER',
    code: isTimeout ? 'CHILD_TIMED_OUT' : 'CHILD_FAILED',
    message: `Run ${run.slice('run:'.length)} did not succeed: ${failure?.message ?? `it ended ${status}`}`,
    hint: 'A restart from what is incomplete restarts that run too, from what is incomplete in it.',
    retryable: true,
  };
}

function makeChild(turn: Turn, message: Of<'StartChild'>): Result<EntityId, readonly Refusal[]> {
  const { parent, depth, ancestors, workflowId, version, pick, params, inherited, again, within } = message;
  const cause = { kind: 'WORKFLOW', parent, depth, ...(ancestors === undefined ? {} : { ancestors }) } as const;
  if (again === undefined) return createRun(turn, { workflowId, version, pick, params, inherited, labels: [], cause });
  const { number } = runPlaceOf(again);
  const found = findRun(turn, { workflowId, number });
  if (!found.ok) return found;
  const wish = within ?? ({ actor: 'its parent', from: { kind: 'INCOMPLETE' } } as const);
  return restartFrom(turn, found.value, { ...wish, params, inherited, first: cause });
}

/**
 * Runs of the workflow that wait for this one hold their places in its queue until it is over: if they hold all places, it never
 * starts. Strategies under which a new run waits for nobody end one of the two by themselves.
 */
function circle(turn: Turn, { workflowId, ancestors = [] }: Of<'StartChild'>): Refusal | undefined {
  const queue = turn.read('queue', queueEntity(workflowId));
  if (queue === undefined || queue.strategy === 'first-only' || queue.strategy === 'last-only') return undefined;
  const holding = ancestors.filter((run) => runPlaceOf(run).workflowId === workflowId);
  const [first] = holding;
  if (first === undefined || holding.length < queue.limit) return undefined;
  const way = [...ancestors.slice(ancestors.indexOf(first)).map((run) => runPlaceOf(run).workflowId), workflowId];
  const many = queue.limit === 1 ? 'one run at a time' : `${String(queue.limit)} runs at a time`;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Workflows run one another in a circle: ${way.join(' runs ')}. "${workflowId}" does ${many}, and ${publicRun(first)} waits for this one: neither would ever go on.`,
    path: [],
    hint: `Let more runs of "${workflowId}" go on at once with \`runStrategy\`, or do not wait: workflow: { id: ${workflowId}, async: true }.`,
    status: 'QUEUED',
    allowed: [],
  };
}

function tooDeep({ workflowId }: Of<'StartChild'>): Refusal {
  return {
    code: 'LIMIT_EXCEEDED',
    message: `"${workflowId}" would be the ${String(DEEPEST + 1)}th workflow, one within the other; ${String(DEEPEST)} are the most.`,
    path: [],
    hint: 'Look whether a workflow runs itself in the end.',
  };
}

function reasonOf(refusals: readonly Refusal[]): string {
  return refusals.map(({ message }) => message).join(' ');
}
