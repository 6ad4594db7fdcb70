// Why a run is where it is: what it waits for in the queue, or which of its steps it waits for.

import { graphOf } from '../definition/graph.ts';
import { type Definition } from '../definition/model.ts';
import { positionOf, type QueueState } from '../queue/queue.ts';
import { type Ending, isTerminalRun, type RunState } from '../run/state.ts';
import { type Explanation, type Reason } from './explanation.ts';
import { explainStep } from './explain-step.ts';
import { count, list, moment } from './sentences.ts';

const mostSteps = 20;

/** Explains a run; `runName` is its public name, such as `penguins/12`. */
export function explainRun(
  run: RunState,
  definition: Definition,
  queue: QueueState | undefined,
  runName: string,
): Explanation {
  const reasons = reasonsOf(run, definition, queue, runName);
  return { id: `run:${runName}`, summary: reasons[0]?.text ?? '', reasons };
}

function reasonsOf(
  run: RunState,
  definition: Definition,
  queue: QueueState | undefined,
  runName: string,
): readonly Reason[] {
  if (run.status === 'QUEUED') return [queued(run, queue)];
  if (isTerminalRun(run.status)) return [ended(run), ...openSteps(run, definition, runName)];
  if (run.finishing !== undefined) {
    const text = `Its steps are over, and it will have ended ${run.finishing.status}; what stands under \`finally\` is still going on.`;
    return [{ code: 'FINALLY', text }, ...openSteps(run, definition, runName)];
  }
  if (run.ending !== undefined) {
    return [
      {
        code: 'STOPPING',
        text: `${whyEnding(run.ending)} at ${moment(run.ending.at)}; it ends when nothing of it is left running.`,
      },
      ...openSteps(run, definition, runName),
    ];
  }
  if (run.status === 'PAUSED') {
    const text = 'It is paused: what runs goes on, and nothing else begins.';
    return [{ code: 'PAUSED', text, unblock: `downbeat resume ${runName}` }, ...openSteps(run, definition, runName)];
  }
  const going = run.steps.filter((step) => step.status === 'RUNNING' || step.status === 'RETRY_PENDING').length;
  return [
    { code: 'RUNNING', text: `It is running: ${count(going, 'step')} of ${String(run.steps.length)} going on.` },
    ...openSteps(run, definition, runName),
  ];
}

function whyEnding({ status, actor = 'Someone', killed }: Ending): string {
  if (killed === true) return `${actor} killed it`;
  if (status === 'STOPPED') return `${actor} stopped it`;
  return status === 'FAILED'
    ? 'A step with `onFailure: fail-now` failed'
    : 'It has taken longer than its timeout, which was over';
}

function queued(run: RunState, queue: QueueState | undefined): Reason {
  const [blocker] = queue?.blockedBy ?? [];
  if (queue !== undefined && blocker !== undefined) {
    const name = `${run.workflowId}/${String(blocker)}`;
    return {
      code: 'STRATEGY',
      text: `It waits in the queue: under the strategy strict-sequential the failed run ${name} holds all others up.`,
      unblock: `Restart that run, or let the others go on: downbeat unblock ${run.workflowId}.`,
      subject: `run:${name}`,
    };
  }
  if (queue === undefined || queue.running.length < queue.limit) {
    return { code: 'STRATEGY', text: 'It waits in the queue and is about to start.' };
  }
  const { running, limit } = queue;
  const before = positionOf(queue, run) ?? 0;
  const names = running.slice(0, 3).map(({ number }) => `${run.workflowId}/${String(number)}`);
  if (running.length > names.length) names.push(`${String(running.length - names.length)} more`);
  const rule = limit === 1 ? 'one run at a time' : `${String(limit)} runs at a time`;
  const [first] = running;
  return {
    code: 'STRATEGY',
    text: `It waits in the queue: "${run.workflowId}" does ${rule}, and ${list(names)} ${areOrIs(running.length)} still going on; ${before === 0 ? 'it is next' : `${count(before, 'run')} ${areOrIs(before)} before it`}.`,
    unblock: 'It starts by itself when its turn comes. A wider `runStrategy` lets more runs go on at once.',
    ...(first === undefined ? {} : { subject: `run:${run.workflowId}/${String(first.number)}` }),
  };
}

function areOrIs(number: number): string {
  return number === 1 ? 'is' : 'are';
}

function ended(run: RunState): Reason {
  const when = run.endedAt === undefined ? '' : ` at ${moment(run.endedAt)}`;
  switch (run.status) {
    case 'SUCCEEDED':
      return { code: 'ENDED', text: `It succeeded${when}: everything that had to run has run.` };
    case 'STOPPED':
      if (run.failure !== undefined) return { code: 'STRATEGY', text: `It was stopped${when}: ${run.failure.message}` };
      return { code: 'ENDED', text: `${run.ending?.actor ?? 'Someone'} stopped it${when}.` };
    case 'QUEUED':
    case 'RUNNING':
    case 'PAUSED':
    case 'FAILED':
    case 'TIMED_OUT':
      return {
        code: 'ENDED',
        text: `It ${run.status === 'TIMED_OUT' ? 'timed out' : 'failed'}${when}: ${run.failure?.message ?? ''}`,
        ...(run.failure?.hint === undefined ? {} : { unblock: run.failure.hint }),
      };
  }
}

/** Steps that are not done, the going ones first. */
function openSteps(run: RunState, definition: Definition, runName: string): readonly Reason[] {
  const indexes = run.steps.flatMap((step, index) => (step.status === 'SUCCEEDED' ? [] : [index]));
  const going = indexes.filter((index) => run.steps[index]?.startedAt !== undefined);
  const others = indexes.filter((index) => run.steps[index]?.startedAt === undefined);
  return [...going, ...others].slice(0, mostSteps).flatMap((index) => {
    const [reason] = explainStep(run, definition, index, runName).reasons;
    const subject = `step:${runName}/${graphOf(definition).steps[index]?.step.id ?? ''}`;
    return reason === undefined ? [] : [{ subject, ...reason }];
  });
}
