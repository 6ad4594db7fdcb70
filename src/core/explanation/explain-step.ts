// Why a step is where it is. What holds back a step that has not begun is asked of the rule that decides it.

import { graphOf } from '../definition/graph.ts';
import { type Definition } from '../definition/model.ts';
import { durationText } from '../definition/plain-view.ts';
import { limitedStep } from '../run/given-limits.ts';
import { DEFAULT_CONCURRENCY, isSpent } from '../run/loop.ts';
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
import { awaitsPermits } from './explain-permits.ts';
import { type Explanation, type Reason } from './explanation.ts';
import { explainWait } from './explain-wait.ts';
import { type SignalState } from '../signal/signal.ts';
import { count, keptIn, list, moment, publicRun, restartLine } from './sentences.ts';

const mostNamed = 5;

/** The step that is asked about. */
interface Asked {
  readonly run: RunState;
  readonly definition: Definition;
  readonly step: number;
  readonly runName: string;
  readonly recent: readonly SignalState[];
}

/** What is known beside the run. */
export interface StepContext {
  /** The run's public name, such as `penguins/12`. */
  readonly runName: string;
  /** The newest signals of the names that the step waits for, in any order. */
  readonly recent?: readonly SignalState[];
}

/** Explains one step of a run. */
export function explainStep(
  run: RunState,
  definition: Definition,
  step: number,
  { runName, recent = [] }: StepContext,
): Explanation {
  const state = run.steps[step];
  const asked = { run, definition, step, runName, recent };
  const reason = state === undefined ? ended('', 'It is not part of this run.') : reasonOf(asked, state);
  return { id: `step:${runName}/${idOf(asked)}`, summary: reason.text, reasons: [reason] };
}

function reasonOf(asked: Asked, state: StepState): Reason {
  const id = idOf(asked);
  const failure = state.failure?.message ?? '';
  switch (state.status) {
    case 'NOT_CREATED':
      return notBegun(asked);
    case 'PAUSED':
      return atBreakpoint(asked, state);
    case 'WAITING_FOR_SIGNALS':
      return waitingForSignals(asked, state);
    case 'WAITING_FOR_PERMITS':
      return awaitsPermits(id, state.permits);
    case 'RUNNING':
      return running(asked, state);
    case 'RETRY_PENDING':
      return retrying(asked, state);
    case 'SUCCEEDED':
      return ended(
        id,
        state.keptFrom === undefined ? 'is done.' : `was done in ${keptIn(state.keptFrom, state.keptFromRun)} already.`,
      );
    case 'COMPLETED_WITH_ERROR':
      return ended(id, `failed, and its \`onFailure: ignore\` lets the run go on: ${failure}`, hintOf(asked, state));
    case 'SKIPPED':
      return ended(id, 'was left out: someone skipped it.', beginAgain(asked));
    case 'UNSATISFIED':
      return unmet(asked, state.reason);
    case 'FAILED':
      return ended(id, `failed: ${failure}`, hintOf(asked, state));
    case 'TIMED_OUT':
      return ended(id, `${wasSilent(state) ? 'was ended' : 'took too long'}: ${failure}`, hintOf(asked, state));
    case 'STOPPED':
      return ended(id, 'was stopped.', beginAgain(asked));
  }
}

function atBreakpoint({ runName, ...asked }: Asked, { breakpoint }: StepState): Reason {
  const id = idOf(asked);
  const since = breakpoint === undefined ? '' : ` since ${moment(breakpoint.at)}`;
  return {
    code: 'BREAKPOINT',
    text: `"${id}" stands at a breakpoint${since}, which ${breakpoint?.by ?? 'someone'} set: it has not begun, and does not by itself.`,
    unblock: `downbeat resume ${runName}/${id}, or clear the breakpoint: downbeat break ${asked.run.workflowId} ${id} --clear.`,
  };
}

function waitingForSignals(asked: Asked, state: StepState): Reason {
  return explainWait(idOf(asked), asked.runName, state, asked.recent);
}

/** What the failure says would help, or else how the step begins again. */
function hintOf(asked: Asked, { failure }: StepState): string {
  return failure?.hint ?? beginAgain(asked);
}

/** How a step that is over begins again: while its run goes on by itself, else in another attempt of the run. */
function beginAgain({ run, runName, ...asked }: Asked): string {
  const isOver = run.endedAt !== undefined || run.ending !== undefined || run.finishing !== undefined;
  return isOver ? restartLine(runName) : `Let it begin again: downbeat retry ${runName}/${idOf(asked)}`;
}

function wasSilent({ failure }: StepState): boolean {
  return failure?.code === 'HEARTBEAT_TIMEOUT';
}

function retrying({ run, runName, ...asked }: Asked, { wakeAt, attempts }: StepState): Reason {
  const id = idOf(asked);
  const why = attempts.at(-1)?.failure?.message ?? '';
  if (run.status === 'PAUSED') {
    return {
      code: 'PAUSED',
      text: `"${id}" failed and will be tried again once its run, which is paused, goes on: ${why}`,
      unblock: `downbeat resume ${runName}`,
      subject: `run:${runName}`,
    };
  }
  return {
    code: 'RETRY',
    text: `"${id}" failed and will be tried again${wakeAt === undefined ? '' : ` at ${moment(wakeAt)}`}: ${why}`,
    unblock: `It is tried again by itself; to do so now: downbeat retry ${runName}/${id}`,
    ...(wakeAt === undefined ? {} : { until: wakeAt }),
  };
}

function notBegun(asked: Asked): Reason {
  const id = idOf(asked);
  const { run, step } = asked;
  if (run.only?.includes(step) === false) {
    return ended(id, 'is left as it was: the run was started again from another step.', restartLine(asked.runName));
  }
  return heldByRun(asked) ?? heldBySteps(asked);
}

/** What the run as a whole says about a step that has not begun. */
function heldByRun(asked: Asked): Reason | undefined {
  const { run, definition, step, runName } = asked;
  const id = idOf(asked);
  const subject = `run:${runName}`;
  if (run.endedAt !== undefined) return undefined;
  if (run.status === 'QUEUED') {
    const unblock = `See why its run waits: downbeat explain ${runName}`;
    const what = run.path === undefined ? 'its run to leave the queue' : 'its iteration to begin again';
    return { code: 'STRATEGY', text: `"${id}" waits for ${what}.`, unblock, subject };
  }
  const isFinal = graphOf(definition).steps[step]?.isFinal === true;
  if (isFinal ? run.ending?.killed === true : run.ending !== undefined) {
    return {
      code: 'STOPPING',
      text: `"${id}" will not begin: its run is ending.`,
      unblock: restartLine(runName),
      subject,
    };
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
  return ended(id, 'had not begun when its run ended.', restartLine(runName));
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
  const again = beginAgain({ ...asked, step: blockers[0] ?? asked.step });
  return {
    code: 'PREDECESSOR',
    text: `"${idOf(asked)}" ${run.endedAt === undefined ? 'will not begin' : 'never began'}: ${link} ${named(asked, blockers)}, which did not succeed.`,
    unblock: `Find out why: downbeat explain ${runName}/${first} – and then: ${again.slice(again.indexOf('downbeat'))}`,
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
      unblock: `It goes on by itself; to leave the rest of it out: downbeat skip ${asked.runName}/${id}`,
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
    text: `"${id}" has been running since ${moment(attempt.startedAt)}${attempt.number > 1 ? ` (try ${String(attempt.number)})` : ''}${heartbeatText(asked)}.`,
  };
}

/** A step that may not be silent for long says so while it works: whoever waits knows when it will be cut off. */
function heartbeatText({ definition, step }: Asked): string {
  const heartbeat = graphOf(definition).steps[step]?.step.heartbeat;
  return heartbeat === undefined
    ? ''
    : `; it is ended if it gives no sign of life for ${durationText(heartbeat)}, as its heartbeat says`;
}

function looping(asked: Asked, loop: LoopState): Reason {
  const id = idOf(asked);
  const work = graphOf(asked.definition).steps[asked.step]?.step.work;
  const isOver = isSpent(work, loop);
  const [first] = loop.running;
  return {
    code: 'ITERATIONS',
    text: `"${id}" goes on: ${doneText(loop)}, ${openText(asked, loop, isOver)}${blameText(id, loop, isOver)}.`,
    ...(first === undefined
      ? {}
      : { unblock: nextLook(asked, loop, isOver), subject: `run:${iterationName(asked, first)}` }),
  };
}

function doneText({ total, ended: done }: LoopState): string {
  const over = done.SUCCEEDED + done.FAILED + done.STOPPED + done.TIMED_OUT;
  return total === undefined
    ? `${count(over, 'iteration')} done`
    : `${String(over)} of ${count(total, 'iteration')} done`;
}

/** How many go on, and how many are still to come. */
function openText(
  asked: Asked,
  { running: going, again = [], next, total = next }: LoopState,
  isOver: boolean,
): string {
  const left = total - next;
  const limit = left > 0 && !isOver ? limitText(asked) : '';
  const waiting = again.length === 0 ? '' : `${String(again.length)} waiting to begin again, `;
  return `${String(going.length)} going on, ${waiting}${String(left)} still to begin${limit}`;
}

function blameText(id: string, { firstBad }: LoopState, isOver: boolean): string {
  if (firstBad === undefined) return '';
  return `; ${id}[${String(firstBad.index)}] did not succeed, ${isOver ? 'so no more begin' : 'which it tolerates'}`;
}

function nextLook(asked: Asked, { running: [first = 0], firstBad }: LoopState, isOver: boolean): string {
  return isOver && firstBad !== undefined && mayReturn(asked)
    ? `While it goes on, the one that failed can begin again: downbeat restart ${iterationName(asked, firstBad.index)}`
    : `See what the first of them waits for: downbeat explain ${iterationName(asked, first)}`;
}

/** Whether its loop takes iterations back that have ended. */
function mayReturn({ definition, step }: Asked): boolean {
  const defined = graphOf(definition).steps[step]?.step;
  return defined?.work.kind === 'foreach' && defined.onFailure !== 'fail-now';
}

/** The name of an iteration of the loop's present try. */
function iterationName(asked: Asked, index: number): string {
  const tries = asked.run.steps[asked.step]?.attempts.length ?? 1;
  return `${asked.runName}/${idOf(asked)}[${String(index)}${tries > 1 ? `.${String(tries)}` : ''}]`;
}

function limitText({ run, definition, step }: Asked): string {
  const { work, limits } = limitedStep({ run, definition, loopOutputs: () => new Map() }, step) ?? {};
  if (work?.kind !== 'foreach') return '';
  const given = limits?.find(({ limit }) => limit === 'concurrency')?.text;
  return `; at most ${String(work.concurrency ?? given ?? DEFAULT_CONCURRENCY)} at once`;
}

function waitingForChild(id: string, child: NonNullable<StepState['child']>): Reason {
  const name = child.run?.slice('run:'.length);
  return {
    code: 'CHILD',
    text:
      name === undefined
        ? `"${id}" has asked "${child.workflowId}" for a run.`
        : `"${id}" waits for run ${name} to end.`,
    ...(name === undefined || child.run === undefined
      ? {}
      : { unblock: `See what that run waits for: downbeat explain ${publicRun(child.run)}`, subject: child.run }),
  };
}

function whyCancelled(run: RunState, why: CancelReason): string {
  if (why === 'SKIP') return 'someone skipped it';
  if (why === 'TIMEOUT') return 'it took longer than its timeout';
  return run.ending?.status === 'TIMED_OUT' ? 'its run took longer than its timeout' : 'its run is being stopped';
}

function unmet(asked: Asked, reason: Unmet | undefined): Reason {
  const id = idOf(asked);
  if (reason?.kind !== 'WHEN') {
    const ways = (graphOf(asked.definition).steps[asked.step]?.predecessors ?? []).map(({ index, condition }) =>
      wayFrom(asked, index, condition?.source),
    );
    const [first = asked.step] = (graphOf(asked.definition).steps[asked.step]?.predecessors ?? []).map(
      ({ index }) => index,
    );
    return {
      code: 'NO_PATH',
      text: `"${id}" was left out: none of the steps that it needs leads to it${ways.length === 0 ? '' : ` (${list(ways.slice(0, mostNamed))})`}.`,
      unblock: `See why: downbeat explain ${asked.runName}/${idOf({ ...asked, step: first })}`,
      subject: `step:${asked.runName}/${idOf({ ...asked, step: first })}`,
    };
  }
  const values = reason.operands.map(
    ({ name, value }) => `${name} is ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return {
    code: 'WHEN',
    text: `"${id}" was left out: its condition \`${reason.expression}\` is false${values.length === 0 ? '' : `, since ${list(values)}`}.`,
    unblock: `If the values or the condition should be others, correct them. ${restartLine(asked.runName)}`,
  };
}

/** Why a step leads no further: it was left out itself, or its condition is false. */
function wayFrom(asked: Asked, step: number, condition: string | undefined): string {
  const id = idOf({ ...asked, step });
  return asked.run.steps[step]?.status === 'UNSATISFIED' || condition === undefined
    ? `"${id}" was left out too`
    : `"${id}" leads to it only where \`${condition}\` holds`;
}

function ended(id: string, text: string, hint?: string): Reason {
  return {
    code: 'ENDED',
    text: id === '' ? text : `"${id}" ${text}`,
    ...(hint === undefined ? {} : { unblock: hint }),
  };
}
