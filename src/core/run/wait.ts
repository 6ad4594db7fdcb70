// Steps that wait for signals before their work begins: what they want is filled in and asked for, and what comes is taken.
//
// 1. A signal is taken at most once by a wait, and what was found is kept when the step begins again.
// 2. A paused run takes signals; what comes after them begins when it is resumed.

import { type Clause, type SignalWait, type StepDefinition } from '../definition/model.ts';
import { type ExpressionFault } from '../expression/fault.ts';
import { type Result, success } from '../result.ts';
import { type Instant } from '../time.ts';
import { unmetClause } from '../signal/match.ts';
import { type AwaitedSignal, type FoundSignal, isOpen, isSatisfied, signalOutputs, type Wanted } from './awaiting.ts';
import { failStep, stepOf } from './ending.ts';
import { expressionFailure } from './evaluation.ts';
import { filledName, filledValue } from './filled-value.ts';
import { limitedStep } from './given-limits.ts';
import { type Level } from './level.ts';
import { isEnding, type StepState } from './state.ts';
import { atStep } from './steps-port.ts';
import { type RunWork } from './work.ts';

/** Lets a step wait for its signals, if it has any to wait for; answers whether its work may begin now. */
export function awaitSignals(work: RunWork, index: number, step: StepDefinition): boolean {
  const state = work.run.steps[index];
  if (step.waits === undefined) return true;
  if (state?.status === 'WAITING_FOR_SIGNALS') return isSatisfied(state.awaiting);
  const wanted = allWanted(work, index, step.waits);
  if (!wanted.ok) {
    failStep(work, index, expressionFailure(step.id, wanted.failure));
    return false;
  }
  const before = state?.awaiting?.signals ?? [];
  const signals = wanted.value.map((signal, place) => ({ ...signal, ...keptOf(before[place], signal) }));
  if (before.length > 0 && signals.every(({ kept }) => kept === true)) return true;
  ask(work, index, signals, untilWhen(work, index));
  return false;
}

/** Only what does nothing but wait gives up waiting. */
function untilWhen(work: RunWork, index: number): { readonly until?: Instant } {
  const { timeout, work: kind } = limitedStep(work, index) ?? {};
  return timeout === undefined || kind?.kind !== 'wait' ? {} : { until: work.now + timeout };
}

/** Asks for everything anew that a step still waits for: what was published while nobody listened is found by looking back. */
export function awaitAgain(work: RunWork): void {
  for (const [index, { status, awaiting, wakeAt }] of work.run.steps.entries()) {
    if (status !== 'WAITING_FOR_SIGNALS' || awaiting === undefined) continue;
    const signals = awaiting.signals.map(({ found, bypassed, listening: _, ...wanted }) => {
      const isKept = found !== undefined || bypassed === true;
      return isKept ? ({ ...wanted, kept: true } as const) : wanted;
    });
    ask(work, index, signals, wakeAt === undefined ? {} : { until: wakeAt });
  }
}

function ask(
  work: RunWork,
  index: number,
  signals: readonly (Wanted & { readonly kept?: true })[],
  until: { readonly until?: Instant },
): void {
  const round = (work.run.steps[index]?.awaiting?.round ?? 0) + 1;
  work.emit({ type: 'SignalsAwaited', step: index, round, signals, ...until });
  for (const [place, { kept, as: _, ...wanted }] of signals.entries()) {
    if (kept !== true) work.awaitSignal({ step: index, place, round }, wanted);
  }
}

/** The answer of a signal's name to a step; one to an earlier question changes nothing. Tells the step that took `found`. */
export function takeAnswer(
  work: RunWork,
  answer: { readonly step: number; readonly place: number; readonly round: number; readonly since: number },
  found: FoundSignal | undefined,
): readonly number[] {
  const { step, place, round, since } = answer;
  const state = waitingStep(work, step);
  const signal = state?.awaiting?.signals[place];
  if (state?.awaiting?.round !== round || signal === undefined || !isOpen(signal)) return [];
  if (signal.listening === undefined) work.emit({ type: 'SignalListened', step, place, since });
  if (found === undefined) return [];
  work.emit({ type: 'SignalFound', step, place, ...found });
  goOn(work, step);
  return [step];
}

/** Whether a step of the run waits for such a signal. */
export function isAwaited(
  { steps }: { readonly steps: readonly StepState[] },
  name: string,
  signal: FoundSignal,
): boolean {
  return steps.some((step) => takenBy(step, name, signal).length > 0);
}

/** Gives a signal that was just published to every wait that it fits; answers the steps that took it. */
export function hearSignal(work: RunWork, name: string, signal: FoundSignal): readonly number[] {
  const takers: number[] = [];
  for (const [step, state] of work.run.steps.entries()) {
    const places = takenBy(state, name, signal);
    for (const place of places) work.emit({ type: 'SignalFound', step, place, ...signal });
    if (places.length === 0) continue;
    takers.push(step);
    goOn(work, step);
  }
  return takers;
}

/** After the last signal: a step that did nothing but wait is done; the work of any other begins with the run's next move. */
export function goOn(work: RunWork, index: number): void {
  const state = waitingStep(work, index);
  if (state === undefined || !isSatisfied(state.awaiting) || isEnding(work.run)) return;
  if (stepOf(work, index)?.work.kind === 'wait') succeed(work, index);
}

/** Ends a step that did nothing but wait: what it waited for is what it gives. */
export function succeed(work: RunWork, index: number): void {
  work.emit({ type: 'StepSucceeded', step: index, outputs: signalOutputs(work.run.steps[index]?.awaiting) });
}

/** Ends a wait that took too long. */
export function waitTimedOut(work: RunWork, index: number): void {
  const { id = '', timeout = 0 } = limitedStep(work, index) ?? {};
  const missing = (work.run.steps[index]?.awaiting?.signals ?? []).filter(isOpen).map(({ signal }) => `"${signal}"`);
  failStep(work, index, {
    kind: 'TIMEOUT',
    code: 'WAIT_TIMEOUT',
    message: `It waited ${String(timeout / 1000)} s, as its timeout says, and ${missing.join(' and ')} did not come.`,
    hint: `See which demand was not met: downbeat explain on the step. Give "${id}" a longer \`timeout\`, or \`onFailure: ignore\` if the run can do without.`,
    retryable: false,
  });
}

function waitingStep(work: RunWork, index: number): StepState | undefined {
  const state = work.run.steps[index];
  return state?.status === 'WAITING_FOR_SIGNALS' ? state : undefined;
}

/** The places in a step's list that a signal fits: it came after the name had answered, and meets what is demanded. */
function takenBy({ status, awaiting }: StepState, name: string, { sequence, params }: FoundSignal): readonly number[] {
  if (status !== 'WAITING_FOR_SIGNALS') return [];
  return (awaiting?.signals ?? []).flatMap((signal, place) => {
    const isHeard = signal.listening !== undefined && sequence > signal.listening;
    const fits = signal.signal === name && isHeard && isOpen(signal) && unmetClause(signal.where, params) === undefined;
    return fits ? [place] : [];
  });
}

/** What was found or given up stays so, unless the step wants something else now. */
function keptOf(before: AwaitedSignal | undefined, { signal, where }: Wanted): { readonly kept?: true } {
  if (before?.signal !== signal) return {};
  if (before.bypassed === true) return { kept: true };
  return before.found !== undefined && unmetClause(where, before.found.params) === undefined ? { kept: true } : {};
}

function allWanted(
  work: RunWork,
  index: number,
  waits: readonly SignalWait[],
): Result<readonly Wanted[], ExpressionFault> {
  const level = atStep(work, index);
  const all: Wanted[] = [];
  for (const wait of waits) {
    const wanted = wantedOf(work, level, wait);
    if (!wanted.ok) return wanted;
    all.push(wanted.value);
  }
  return success(all);
}

function wantedOf(
  work: RunWork,
  level: Level,
  { signal, as, match, where, lookBack }: SignalWait,
): Result<Wanted, ExpressionFault> {
  const name = filledName(level, signal);
  if (!name.ok) return name;
  const matched: Clause[] = [];
  for (const { param, operator, ...written } of match) {
    const operand = filledValue(level, { name: param, ...written });
    if (!operand.ok) return operand;
    matched.push({ param, operator, operand: operand.value });
  }
  const from = fromOf(work, lookBack);
  return success({
    signal: name.value,
    ...(as === undefined ? {} : { as }),
    where: [...matched, ...where],
    ...(from === undefined ? {} : { from }),
  });
}

function fromOf(work: RunWork, lookBack: SignalWait['lookBack']): Instant | undefined {
  if (lookBack === 'all') return undefined;
  if (lookBack !== undefined) return work.now - lookBack;
  const { run } = outermost(work);
  return run.firstCreatedAt ?? run.createdAt;
}

function outermost(level: Level): Level {
  return level.outer === undefined ? level : outermost(level.outer);
}
