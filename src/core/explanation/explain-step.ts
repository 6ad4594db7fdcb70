// Why a step is where it is. What holds back a step that has not begun is asked of the rule that decides it.

import { graphOf } from '../definition/graph.ts';
import { type Definition } from '../definition/model.ts';
import { waitsFor } from '../run/readiness.ts';
import {
  type CancelReason,
  isComplete,
  isTerminalStep,
  type LoopState,
  type RunState,
  type StepState,
  type Unmet,
} from '../run/state.ts';
import { type Explanation, type Reason } from './explanation.ts';
import { count, list, moment } from './sentences.ts';

const mostNamed = 5;

/** The step that is asked about. */
interface Asked {
  readonly run: RunState;
  readonly definition: Definition;
  readonly step: number;
  readonly runName: string;
}

/** Explains one step of a run; `runName` is the run's public name, such as `penguins/12`. */
export function explainStep(run: RunState, definition: Definition, step: number, runName: string): Explanation {
  const state = run.steps[step];
  const asked = { run, definition, step, runName };
  const reason = state === undefined ? ended('', 'It is not part of this run.') : reasonOf(asked, state);
  return { id: `step:${runName}/${idOf(asked)}`, summary: reason.text, reasons: [reason] };
}

function reasonOf(asked: Asked, state: StepState): Reason {
  const id = idOf(asked);
  const failure = state.failure?.message ?? '';
  switch (state.status) {
    case 'NOT_CREATED':
      return notBegun(asked);
    case 'RUNNING':
      return running(asked, state);
    case 'RETRY_PENDING':
      return retrying(id, state);
    case 'SUCCEEDED':
      return ended(
        id,
        state.keptFrom === undefined ? 'is done.' : `was done in attempt ${String(state.keptFrom)} already.`,
      );
    case 'COMPLETED_WITH_ERROR':
      return ended(id, `failed, and its \`onFailure: ignore\` lets the run go on: ${failure}`, state.failure?.hint);
    case 'SKIPPED':
      return ended(id, 'was left out: someone skipped it.');
    case 'UNSATISFIED':
      return unmet(id, state.reason);
    case 'FAILED':
      return ended(id, `failed: ${failure}`, state.failure?.hint);
    case 'TIMED_OUT':
      return ended(id, `took too long: ${failure}`, state.failure?.hint);
    case 'STOPPED':
      return ended(id, 'was stopped.');
  }
}

function retrying(id: string, { wakeAt, attempts }: StepState): Reason {
  return {
    code: 'RETRY',
    text: `"${id}" failed and will be tried again${wakeAt === undefined ? '' : ` at ${moment(wakeAt)}`}: ${attempts.at(-1)?.failure?.message ?? ''}`,
    unblock: 'Wait for the next try, or stop the run.',
    ...(wakeAt === undefined ? {} : { until: wakeAt }),
  };
}

function notBegun(asked: Asked): Reason {
  const id = idOf(asked);
  const { run, step } = asked;
  if (run.only?.includes(step) === false) {
    return ended(id, 'is left as it was: the run was started again from another step.');
  }
  return heldByRun(asked) ?? heldBySteps(asked);
}

/** What the run as a whole says about a step that has not begun. */
function heldByRun(asked: Asked): Reason | undefined {
  const { run, definition, step, runName } = asked;
  const id = idOf(asked);
  const subject = `run:${runName}`;
  if (run.endedAt !== undefined) return undefined;
  if (run.status === 'QUEUED')
    return { code: 'STRATEGY', text: `"${id}" waits for its run to leave the queue.`, subject };
  const isFinal = graphOf(definition).steps[step]?.isFinal === true;
  if (isFinal ? run.ending?.killed === true : run.ending !== undefined) {
    return { code: 'STOPPING', text: `"${id}" will not begin: its run is ending.`, subject };
  }
  if (!isFinal || run.finishing !== undefined) return undefined;
  return {
    code: 'FINALLY',
    text: `"${id}" stands under \`finally\`: it begins when all other steps are over.`,
    subject,
  };
}

function heldBySteps(asked: Asked): Reason {
  const { run, definition, step, runName } = asked;
  const id = idOf(asked);
  const subject = `run:${runName}`;
  const isOver = run.endedAt !== undefined;
  const verdict = waitsFor(run, definition, step);
  if (verdict === undefined && !isOver) {
    if (run.status === 'PAUSED') return paused(id, runName);
    return { code: 'RUNNING', text: `"${id}" is about to begin.`, subject };
  }
  if (verdict !== undefined) {
    if (verdict.blocked.length > 0) return held(asked, 'it needs', verdict.blocked);
    const blockers = blockersBefore(asked);
    if (blockers.length > 0) return held(asked, 'what it needs hangs on', blockers);
    if (!isOver) return waits(asked, verdict.on);
  }
  return ended(id, 'had not begun when its run ended.');
}

function paused(id: string, runName: string): Reason {
  return {
    code: 'PAUSED',
    text: `"${id}" waits: its run is paused.`,
    unblock: `downbeat resume ${runName}`,
    subject: `run:${runName}`,
  };
}

/** It can never begin any more. */
function held(asked: Asked, link: string, blockers: readonly number[]): Reason {
  const { run, runName } = asked;
  const [first = ''] = blockers.map((step) => idOf({ ...asked, step }));
  return {
    code: 'PREDECESSOR',
    text: `"${idOf(asked)}" ${run.endedAt === undefined ? 'will not begin' : 'never began'}: ${link} ${named(asked, blockers)}, which did not succeed.`,
    unblock: `Find out why "${first}" did not succeed, and restart the run.`,
    subject: `step:${runName}/${first}`,
  };
}

function waits(asked: Asked, on: readonly number[]): Reason {
  const [first = 0] = on;
  return {
    code: 'PREDECESSOR',
    text: `"${idOf(asked)}" waits for ${named(asked, on)} to finish.`,
    subject: `step:${asked.runName}/${idOf({ ...asked, step: first })}`,
  };
}

function idOf({ definition, step }: Pick<Asked, 'definition' | 'step'>): string {
  return graphOf(definition).steps[step]?.step.id ?? '';
}

/** Some steps in a sentence, the first few by name. */
function named({ definition }: Asked, steps: readonly number[]): string {
  const names = steps.slice(0, mostNamed).map((step) => `"${idOf({ definition, step })}"`);
  const rest = steps.length - names.length;
  return list(rest === 0 ? names : [...names, count(rest, 'more step')]);
}

/** Steps further back that ended without success, so that what needs them can never begin. */
function blockersBefore({ run, definition, step }: Asked): readonly number[] {
  const { steps } = graphOf(definition);
  const seen = new Set([step]);
  for (const index of seen) {
    const isOver = isTerminalStep(run.steps[index]?.status ?? 'NOT_CREATED');
    if (!isOver) for (const before of steps[index]?.predecessors ?? []) seen.add(before.index);
  }
  return [...seen].filter((index) => {
    const status = run.steps[index]?.status ?? 'NOT_CREATED';
    return isTerminalStep(status) && !isComplete(status);
  });
}

function running(asked: Asked, state: StepState): Reason {
  const id = idOf(asked);
  const attempt = state.attempts.at(-1);
  if (attempt === undefined) {
    const until = state.wakeAt;
    return {
      code: 'SLEEP',
      text: `"${id}" sleeps${until === undefined ? '' : ` until ${moment(until)}`}.`,
      ...(until === undefined ? {} : { until }),
    };
  }
  if (attempt.cancelling !== undefined) {
    return {
      code: 'STOPPING',
      text: `"${id}" was told to end because ${whyCancelled(asked.run, attempt.cancelling)}, and has not ended yet.`,
    };
  }
  if (state.loop !== undefined) return looping(asked, state.loop);
  if (state.child !== undefined) return waitingForChild(id, state.child);
  return {
    code: 'RUNNING',
    text: `"${id}" has been running since ${moment(attempt.startedAt)}${attempt.number > 1 ? ` (try ${String(attempt.number)})` : ''}.`,
  };
}

function looping(asked: Asked, { total, running: going, ended: done, firstBad, next }: LoopState): Reason {
  const id = idOf(asked);
  const over = done.SUCCEEDED + done.FAILED + done.STOPPED + done.TIMED_OUT;
  const of =
    total === undefined ? `${count(over, 'iteration')} done` : `${String(over)} of ${count(total, 'iteration')} done`;
  const bad = firstBad === undefined ? '' : `; ${id}[${String(firstBad.index)}] did not succeed, so no more begin`;
  const [first] = going;
  return {
    code: 'ITERATIONS',
    text: `"${id}" goes on: ${of}, ${String(going.length)} going on, ${String((total ?? next) - next)} still to begin${bad}.`,
    ...(first === undefined ? {} : { subject: `run:${asked.runName}/${id}[${String(first)}]` }),
  };
}

function waitingForChild(id: string, child: NonNullable<StepState['child']>): Reason {
  const name = child.run?.slice('run:'.length);
  return {
    code: 'CHILD',
    text:
      name === undefined
        ? `"${id}" has asked "${child.workflowId}" for a run.`
        : `"${id}" waits for run ${name} to end.`,
    ...(child.run === undefined ? {} : { subject: child.run }),
  };
}

function whyCancelled(run: RunState, why: CancelReason): string {
  if (why === 'SKIP') return 'someone skipped it';
  if (why === 'TIMEOUT') return 'it took longer than its timeout';
  return run.ending?.status === 'TIMED_OUT' ? 'its run took longer than its timeout' : 'its run is being stopped';
}

function unmet(id: string, reason: Unmet | undefined): Reason {
  if (reason?.kind !== 'WHEN') {
    return { code: 'NO_PATH', text: `"${id}" was left out: none of the steps that it needs leads to it.` };
  }
  const values = reason.operands.map(
    ({ name, value }) => `${name} is ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return {
    code: 'WHEN',
    text: `"${id}" was left out: its condition \`${reason.expression}\` is false${values.length === 0 ? '' : `, since ${list(values)}`}.`,
  };
}

function ended(id: string, text: string, hint?: string): Reason {
  return {
    code: 'ENDED',
    text: id === '' ? text : `"${id}" ${text}`,
    ...(hint === undefined ? {} : { unblock: hint }),
  };
}
