// Loops: iterations are runs of their own, begun a few at a time; the loop's state only counts them.
//
// 1. Never more than `concurrency` iterations go on; a `while` has one.
// 2. After an iteration has failed, none begins any more (maestro-behaviour §2.11), but for those that someone wants again.
// 3. A loop ends when none of its iterations goes on, however it ends.

import { bytesOf } from '../bytes.ts';
import { type ForeachWork, type StepDefinition, type WhileWork } from '../definition/model.ts';
import { type Value } from '../expression/value.ts';
import { type Failure } from '../failure.ts';
import { loopBook } from '../ids.ts';
import { begunBefore, booksOf, entryOf, keptBadly, keptEntry, type KeptIteration } from './kept-iterations.ts';
import { type Json } from '../json.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { fromJson } from '../params/value.ts';
import { beginWaiting, openIterations, type Places } from './again.ts';
import { stepOf } from './ending.ts';
import { evaluateIn, expressionFailure } from './evaluation.ts';
import { limitedStep } from './given-limits.ts';
import { loopChanged, noCondition, roundGone, tooLong } from './loop-failures.ts';
import {
  firstValues,
  isFault,
  iterationValues,
  loopAxes,
  MOST_ITERATIONS,
  nextValues,
  totalOf,
  valuesByName,
} from './loop-values.ts';
import { iterationIndexOf, type Within } from './restart-from.ts';
import { afterCancel, afterFailure } from './settle.ts';
import { isEnding, type LoopState, openAttempt } from './state.ts';
import { atStep } from './steps-port.ts';
import { keptLeaves } from './tally.ts';
import { type RunWork } from './work.ts';

/** How many iterations go on at once where the definition does not say. */
export const DEFAULT_CONCURRENCY = 100;

/** Begins a loop, or goes on with what an earlier try of it left. */
export function startLoop(work: RunWork, index: number): void {
  const loop = stepOf(work, index)?.work;
  if (loop?.kind === 'foreach') startForeach(work, index, loop);
  if (loop?.kind === 'while') startWhile(work, index, loop);
}

/** Moves a loop on that has begun: more iterations, or its end. */
export function advanceLoop(work: RunWork, index: number): void {
  const state = work.run.steps[index];
  const attempt = openAttempt(state);
  if (state?.loop === undefined || attempt === undefined) return;
  const hasFailed = isSpent(stepOf(work, index)?.work, state.loop);
  const failsNow = hasFailed && hasFailedAnew(state.loop) && stepOf(work, index)?.onFailure === 'fail-now';
  if (attempt.cancelling !== undefined || failsNow) stopIterations(work, index, state.loop);
  else if (work.run.status === 'RUNNING' && !isEnding(work.run)) goOn(work, index, !hasFailed);
  endLoop(work, index);
}

/** Those begin that wait to begin again and, unless too many have ended badly, those that have never begun. */
function goOn(work: RunWork, index: number, mayBegin: boolean): void {
  beginWaiting(work, index, placesOf(work, index));
  // What stays as it ended is counted to the end, also where none begins any more.
  if (mayBegin || work.run.steps[index]?.loop?.within !== undefined) launch(work, index, mayBegin);
}

function placesOf(work: RunWork, index: number): Places {
  const loop = limitedStep(work, index)?.work;
  const { concurrency = DEFAULT_CONCURRENCY, strictOrdering = false } = loop?.kind === 'foreach' ? loop : {};
  return { concurrency, strictOrdering };
}

/** Ends a loop of which nothing goes on and nothing is left to begin. */
function endLoop(work: RunWork, index: number): void {
  const state = work.run.steps[index];
  const attempt = openAttempt(state);
  if (state?.loop === undefined || attempt === undefined || openIterations(state.loop).length > 0) return;
  if (attempt.cancelling !== undefined) afterCancel(work, index, attempt);
  else if (isSpent(stepOf(work, index)?.work, state.loop)) endBadly(work, index, state.loop);
  else if (state.loop.next === state.loop.total) endWell(work, index, state.loop);
}

/** Whether more iterations have ended badly than the loop may lose: then none begins any more. */
export function isSpent(loop: StepDefinition['work'] | undefined, state: LoopState): boolean {
  const tolerate = loop?.kind === 'foreach' ? (loop.tolerate ?? 0) : 0;
  const most = typeof tolerate === 'number' ? tolerate : Math.floor(((state.total ?? 0) * tolerate.percent) / 100);
  return badEnds(state) > most;
}

/** Whether one has ended badly in this try; others are kept as they had ended before. */
export function hasFailedAnew(state: LoopState): boolean {
  return badEnds(state) > (state.keptBad ?? 0);
}

/** All is done, but for what the loop may lose: then what went wrong stays to be seen. */
function endWell(work: RunWork, index: number, loop: LoopState): void {
  if (badEnds(loop) === 0) work.emit({ type: 'StepSucceeded', step: index });
  else work.emit({ type: 'StepCompletedWithError', step: index, failure: iterationsFailed(work, index, loop) });
}

function startForeach(work: RunWork, index: number, loop: ForeachWork): void {
  const axes = loopAxes(atStep(work, index), loop);
  if (!axes.ok) {
    refuse(work, index, expressionFailure(stepOf(work, index)?.id ?? '', axes.failure));
    return;
  }
  const total = totalOf(axes.value);
  const before = work.run.steps[index]?.loop;
  if (total > MOST_ITERATIONS) refuse(work, index, tooLong(total));
  else if (before?.total !== undefined && before.total !== total) refuse(work, index, loopChanged(before.total, total));
  else open(work, index, { total }, (at) => iterationValues(axes.value, at));
}

function startWhile(work: RunWork, index: number, loop: WhileWork): void {
  const { loop: before, within } = work.run.steps[index] ?? {};
  if (within !== undefined) {
    startAtRound(work, index, { loop, within });
    return;
  }
  const values = before?.values ?? firstValues(atStep(work, index), loop);
  if (isFault(values)) refuse(work, index, expressionFailure(stepOf(work, index)?.id ?? '', values));
  else open(work, index, { values });
}

/** Goes back to a round, with the values that it had. */
function startAtRound(
  work: RunWork,
  index: number,
  { loop, within }: { readonly loop: WhileWork; readonly within: Within },
): void {
  const values = work.iterations.valuesOf(within.run);
  if (values === undefined) refuse(work, index, roundGone(stepOf(work, index)?.id ?? '', within));
  else open(work, index, { values: nextValues(loop, values, []) });
}

function open(
  work: RunWork,
  index: number,
  extent: Pick<LoopState, 'total' | 'values'>,
  valuesAt?: (iteration: number) => readonly ResolvedParam[],
): void {
  const { within } = work.run.steps[index] ?? {};
  const again = within === undefined || valuesAt === undefined ? undefined : iterationIndexOf(within.run);
  beginTry(work, index, {
    ...extent,
    ...(within === undefined ? {} : { within }),
    ...(again === undefined ? {} : { again: [again] }),
  });
  // It waits for a place as those do that begin again while their loop goes on.
  const loop = work.run.steps[index]?.loop;
  if (again !== undefined && valuesAt !== undefined && loop !== undefined) {
    // First what stays beside it: once its end is written down, its record is there.
    keptEntry(work, { step: index, loop }, again);
    work.iterations.start(index, again, { values: valuesAt(again), within, waits: true });
  }
  advanceLoop(work, index);
}

/** A loop that cannot begin has one attempt all the same, which failed. What was done before stays known to the next. */
function refuse(work: RunWork, index: number, failure: Failure): void {
  const { total } = work.run.steps[index]?.loop ?? {};
  beginTry(work, index, total === undefined ? {} : { total });
  afterFailure(work, index, failure);
}

function beginTry(
  work: RunWork,
  index: number,
  extent: Pick<LoopState, 'total' | 'values' | 'within' | 'again'>,
): void {
  const state = work.run.steps[index];
  const step = limitedStep(work, index);
  const attempt = (state?.attempts.length ?? 0) + 1;
  const resumes = booksOf(state?.loop);
  work.emit({
    type: 'LoopStarted',
    step: index,
    attempt,
    book: loopBook(work.run, step?.id ?? '', attempt),
    ...extent,
    ...(resumes.length === 0 ? {} : { resumes }),
    ...(step?.timeout === undefined ? {} : { timeoutAt: work.now + step.timeout }),
  });
}

/** Goes on with what is kept and, if others may begin, with those that come behind. */
function launch(work: RunWork, index: number, mayBegin: boolean): void {
  const loop = stepOf(work, index)?.work;
  if (loop?.kind === 'foreach') launchForeach(work, index, { loop, mayBegin });
  if (loop?.kind === 'while' && mayBegin) launchWhile(work, index, loop);
}

function launchForeach(
  work: RunWork,
  index: number,
  { loop, mayBegin }: { readonly loop: ForeachWork; readonly mayBegin: boolean },
): void {
  const axes = loopAxes(atStep(work, index), loop);
  const state = work.run.steps[index]?.loop;
  if (!axes.ok || state?.total === undefined) return;
  const valuesAt = (at: number): readonly ResolvedParam[] => iterationValues(axes.value, at);
  const chosen = chooseNext(work, index, { loop: state, mayBegin, valuesAt });
  if (chosen.next === state.next) return;
  emitStarted(work, index, chosen);
  for (const at of chosen.indexes) {
    work.iterations.start(index, at, { values: valuesAt(at), within: begunBefore(work, state, at) });
  }
}

/** Goes on from the next iteration: past those that stay as they ended, and as far as others may begin. */
function chooseNext(
  work: RunWork,
  index: number,
  from: {
    readonly loop: LoopState;
    readonly mayBegin: boolean;
    readonly valuesAt: (iteration: number) => readonly ResolvedParam[];
  },
): Launched {
  const { loop, mayBegin, valuesAt } = from;
  const mayStart = windowOf(placesOf(work, index), loop);
  const again = loop.within && iterationIndexOf(loop.within.run);
  const indexes: number[] = [];
  const kept: KeptIteration[] = [];
  let [next, bytes] = [loop.next, 0];
  for (; next < (loop.total ?? 0) && !work.isFull(bytes); next++) {
    if (next === again) continue;
    const entry = keptEntry(work, { step: index, loop }, next);
    if (entry !== undefined) kept.push({ index: next, entry });
    else if (mayBegin && mayStart(next, indexes)) {
      indexes.push(next);
      bytes += bytesOf(valuesAt(next));
    } else break;
  }
  return { indexes, next, kept };
}

/** Iterations that begin, and those that stay as they ended. */
interface Launched {
  readonly indexes: readonly number[];
  readonly next: number;
  readonly kept: readonly KeptIteration[];
}

function emitStarted(work: RunWork, step: number, { indexes, next, kept }: Launched): void {
  const entries = kept.map(({ entry }) => entry);
  const leaves = keptLeaves(stepOf(work, step), entries);
  const well = entries.filter(({ status }) => status === 'SUCCEEDED').length;
  work.emit({
    type: 'IterationsStarted',
    step,
    indexes,
    next,
    ...(well === 0 ? {} : { kept: well }),
    ...keptBadly(kept),
    ...(leaves === undefined ? {} : { leaves }),
  });
}

/** Tells whether one more may start beside those that go on and those just started, of which a commit takes only so many. */
function windowOf(
  { concurrency, strictOrdering }: Places,
  loop: LoopState,
): (next: number, started: readonly number[]) => boolean {
  const { running } = loop;
  const least = openIterations(loop).reduce((one, other) => Math.min(one, other), Infinity);
  return (next, started) => {
    if (started.length >= DEFAULT_CONCURRENCY || running.length + started.length >= concurrency) return false;
    return !strictOrdering || next < Math.min(least, started[0] ?? next) + concurrency;
  };
}

function launchWhile(work: RunWork, index: number, loop: WhileWork): void {
  const before = work.run.steps[index]?.loop;
  if (before === undefined || before.running.length > 0) return;
  passKept(work, index, before);
  if (work.isFull()) return;
  const { next, values = [] } = work.run.steps[index]?.loop ?? before;
  const params = whileParams(loop, values, next);
  const goesOn = holdsFor(work, index, { condition: loop.condition, params });
  if (typeof goesOn !== 'boolean') afterFailure(work, index, goesOn);
  else if (!goesOn) work.emit({ type: 'StepSucceeded', step: index });
  else if (next >= MOST_ITERATIONS) afterFailure(work, index, tooLong(next + 1));
  else {
    emitStarted(work, index, { indexes: [next], next: next + 1, kept: [] });
    work.iterations.start(index, next, { values: params, within: roundAgain(work, before, next) });
  }
}

/** How a round goes on: as somebody wants it that goes back to it, or with what an earlier try had begun. */
function roundAgain(work: RunWork, loop: LoopState, next: number): Within | undefined {
  const { within } = loop;
  const isBack = within !== undefined && iterationIndexOf(within.run) === next;
  if (isBack) return within;
  // Only the first round that this try begins had the values of before.
  const isFirst = next === 0 || entryOf(work, loop, next - 1)?.keptFrom !== undefined;
  return isFirst ? begunBefore(work, loop, next) : undefined;
}

/** Counts the iterations that an earlier try of a `while` has done. */
function passKept(work: RunWork, index: number, state: LoopState): void {
  const kept: KeptIteration[] = [];
  while (!work.isFull()) {
    const next = state.next + kept.length;
    const entry = keptEntry(work, { step: index, loop: state }, next);
    if (entry === undefined) break;
    kept.push({ index: next, entry });
  }
  if (kept.length > 0) emitStarted(work, index, { indexes: [], next: state.next + kept.length, kept });
}

function holdsFor(
  work: RunWork,
  index: number,
  { condition, params }: { readonly condition: string; readonly params: readonly ResolvedParam[] },
): boolean | Failure {
  const verdict = evaluateIn(atStep(work, index), condition, valuesOf(params));
  if (!verdict.ok) return expressionFailure(stepOf(work, index)?.id ?? '', verdict.failure);
  return typeof verdict.value === 'boolean' ? verdict.value : noCondition(stepOf(work, index)?.id ?? '', verdict.value);
}

function whileParams(loop: WhileWork, current: readonly Json[], index: number): readonly ResolvedParam[] {
  return [...valuesByName(loop, current), { name: 'loop_index', type: 'long', value: index }];
}

function valuesOf(params: readonly ResolvedParam[]): ReadonlyMap<string, Value> {
  return new Map(
    params.flatMap(({ name, type, value }): [string, Value][] => {
      const read = fromJson(type, value);
      return read.ok ? [[name, read.value]] : [];
    }),
  );
}

function stopIterations(work: RunWork, index: number, loop: LoopState): void {
  for (const iteration of openIterations(loop)) {
    if (work.isFull()) return;
    work.iterations.stop(index, iteration);
  }
}

function badEnds({ ended }: LoopState): number {
  return ended.FAILED + ended.TIMED_OUT + ended.STOPPED;
}

function endBadly(work: RunWork, index: number, loop: LoopState): void {
  if (loop.ended.FAILED + loop.ended.TIMED_OUT === 0) {
    work.emit({ type: 'StepStopped', step: index });
    return;
  }
  afterFailure(work, index, iterationsFailed(work, index, loop));
}

function iterationsFailed(work: RunWork, index: number, loop: LoopState): Failure {
  const id = stepOf(work, index)?.id ?? '';
  const bad = badEnds(loop);
  const all = loop.total ?? loop.next;
  const first = loop.firstBad;
  const which = first === undefined ? '' : `: ${id}[${String(first.index)}] ${first.message}`;
  return {
    kind: loop.ended.FAILED > 0 ? 'USER' : 'TIMEOUT',
    code: 'ITERATIONS_FAILED',
    message: `${String(bad)} of ${String(all)} iterations of "${id}" did not succeed${which}`,
    hint: 'A restart from what is incomplete keeps the iterations that succeeded.',
    retryable: true,
  };
}
