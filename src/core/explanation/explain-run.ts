// Why a run is where it is: what it waits for in the queue, or which of its steps it waits for.

import { graphOf } from '../definition/graph.ts';
import { type Definition } from '../definition/model.ts';
import { positionOf, type QueueState, waitsBehind } from '../queue/queue.ts';
import { type Ending, isTerminalRun, type RunState, type StepStatus } from '../run/state.ts';
import { type Explanation, type Reason } from './explanation.ts';
import { explainStep } from './explain-step.ts';
import { blocked } from './explain-workflow.ts';
import { count, list, moment, restartLine } from './sentences.ts';

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
  if (run.status === 'QUEUED' && run.path !== undefined) return [toReturn(run, runName)];
  if (run.status === 'QUEUED') return [queued(run, queue), ...patience(run)];
  if (isTerminalRun(run.status)) return [ended(run, runName), ...openSteps(run, definition, runName)];
  if (run.finishing !== undefined) {
    const text = `Its steps are over, and it will have ended ${run.finishing.status}; what stands under \`finally\` is still going on.`;
    return [{ code: 'FINALLY', text }, ...openSteps(run, definition, runName)];
  }
  if (run.ending !== undefined) {
    return [
      {
        code: 'STOPPING',
        text: `${whyEnding(run, run.ending)} at ${moment(run.ending.at)}; it ends when nothing of it is left running.`,
        ...(run.ending.killed === true
          ? {}
          : { unblock: `To end it without what stands under \`finally\`: downbeat kill ${runName}` }),
      },
      ...openSteps(run, definition, runName),
    ];
  }
  if (run.status === 'PAUSED') {
    const text = 'It is paused: what runs goes on, and nothing else begins.';
    return [{ code: 'PAUSED', text, unblock: `downbeat resume ${runName}` }, ...openSteps(run, definition, runName)];
  }
  return [{ code: 'RUNNING', text: `It is running: ${goingText(run)}.` }, ...openSteps(run, definition, runName)];
}

/** How many steps do what: `1 step of 3 going on, 1 waiting for signals`. */
function goingText({ steps }: RunState): string {
  const of = (...statuses: readonly StepStatus[]): number =>
    steps.filter(({ status }) => statuses.includes(status)).length;
  const waiting = [
    [of('RETRY_PENDING'), 'about to be tried again'],
    [of('WAITING_FOR_SIGNALS'), 'waiting for signals'],
    [of('WAITING_FOR_PERMITS'), 'waiting for permits'],
    [of('PAUSED'), 'at a breakpoint'],
  ] as const;
  const going = `${count(of('RUNNING'), 'step')} of ${String(steps.length)} going on`;
  return [going, ...waiting.flatMap(([many, what]) => (many === 0 ? [] : [`${String(many)} ${what}`]))].join(', ');
}

function patience({ queueTimeoutAt }: RunState): readonly Reason[] {
  if (queueTimeoutAt === undefined) return [];
  const text = `If it has not started by ${moment(queueTimeoutAt)}, it never will: that is the queueTimeout of its workflow.`;
  return [{ code: 'STRATEGY', text, until: queueTimeoutAt }];
}

function whyEnding({ workflowId }: RunState, { status, actor = 'Someone', killed }: Ending): string {
  const [, newer] = /^run (\d+)$/u.exec(actor) ?? [];
  if (newer !== undefined) {
    return `Run ${workflowId}/${newer} came, and under the strategy last-only the newest run takes the place of all others: it was stopped`;
  }
  if (killed === true) return `${actor} killed it`;
  if (status === 'STOPPED') return `${actor} stopped it`;
  return status === 'FAILED'
    ? 'A step with `onFailure: fail-now` failed'
    : 'It has taken longer than its timeout, which was over';
}

/** An iteration that is to begin again. */
function toReturn({ reopened }: RunState, runName: string): Reason {
  const loop = runName.slice(0, runName.lastIndexOf('['));
  const wish = reopened === undefined ? '' : `, as ${reopened.by} wished at ${moment(reopened.at)}`;
  return {
    code: 'ITERATIONS',
    text: `It is to begin again${wish}, and waits for a place in its loop.`,
    unblock: `It begins by itself when one of the others is over: downbeat explain ${loop}`,
    subject: `step:${loop}`,
  };
}

function queued(run: RunState, queue: QueueState | undefined): Reason {
  const [held] = blocked(run.workflowId, queue);
  if (held !== undefined) return { ...held, text: held.text.replace('Its runs wait', 'It waits') };
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
    text: `It waits in the queue: "${run.workflowId}" does ${rule}, and ${list(names)} ${areOrIs(running.length)} still going on; ${before === 0 ? 'it is next' : `${count(before, 'run')} ${areOrIs(before)} before it`}.${behindText(queue, run)}`,
    unblock: 'It starts by itself when its turn comes. A wider `runStrategy` lets more runs go on at once.',
    ...(first === undefined ? {} : { subject: `run:${run.workflowId}/${String(first.number)}` }),
  };
}

function behindText(queue: QueueState, run: RunState): string {
  return waitsBehind(queue, run) ? ' It is of a backfill, and waits behind all that are not.' : '';
}

function areOrIs(number: number): string {
  return number === 1 ? 'is' : 'are';
}

function ended(run: RunState, runName: string): Reason {
  const when = run.endedAt === undefined ? '' : ` at ${moment(run.endedAt)}`;
  const again = restartLine(runName);
  switch (run.status) {
    case 'SUCCEEDED':
      return { code: 'ENDED', text: `It succeeded${when}: everything that had to run has run.` };
    case 'STOPPED':
      if (run.failure !== undefined) {
        const hint = run.failure.hint === undefined ? '' : `${run.failure.hint} `;
        return { code: 'STRATEGY', text: `It was stopped${when}: ${run.failure.message}`, unblock: `${hint}${again}` };
      }
      if (run.ending !== undefined)
        return { code: 'ENDED', text: `${whyEnding(run, run.ending)}${when}.`, unblock: again };
      return { code: 'ENDED', text: `Someone stopped it${when}.`, unblock: again };
    case 'QUEUED':
    case 'RUNNING':
    case 'PAUSED':
    case 'FAILED':
    case 'TIMED_OUT':
      return {
        code: 'ENDED',
        text: `It ${run.status === 'TIMED_OUT' ? 'timed out' : 'failed'}${when}: ${run.failure?.message ?? ''}`,
        unblock: run.failure?.hint ?? again,
      };
  }
}

/** Steps that are not done, the going ones first. */
function openSteps(run: RunState, definition: Definition, runName: string): readonly Reason[] {
  const indexes = run.steps.flatMap((step, index) => (step.status === 'SUCCEEDED' ? [] : [index]));
  const going = indexes.filter((index) => run.steps[index]?.startedAt !== undefined);
  const others = indexes.filter((index) => run.steps[index]?.startedAt === undefined);
  return [...going, ...others].slice(0, mostSteps).flatMap((index) => {
    const [reason] = explainStep(run, definition, index, { runName }).reasons;
    const subject = `step:${runName}/${graphOf(definition).steps[index]?.step.id ?? ''}`;
    return reason === undefined ? [] : [{ subject, ...reason }];
  });
}
