// Loops: iterations are runs of their own, begun a few at a time; the loop's state only counts them.
//
// 1. Never more than `concurrency` iterations go on; a `while` has one.
// 2. After an iteration has failed, none begins any more (maestro-behaviour §2.11), but for those that someone wants again.
// 3. A loop ends when none of its iterations goes on, however it ends.

import { type ForeachWork, type StepDefinition, type WhileWork } from '../definition/model.ts';
import { type ExpressionFault } from '../expression/fault.ts';
import { text } from '../expression/text.ts';
import { type Value } from '../expression/value.ts';
import { type Failure } from '../failure.ts';
import { loopBook } from '../ids.ts';
import { chunkOf, chunksOf, ITERATIONS_A_RECORD, type IterationEntry, type IterationsState } from './iterations.ts';
import { type Json } from '../json.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { fromJson } from '../params/value.ts';
import { beginWaiting, openIterations, type Places } from './again.ts';
import { stepOf } from './ending.ts';
import { evaluateIn, expressionFailure } from './evaluation.ts';
import { limitedStep } from './given-limits.ts';
import {
  firstValues,
  isFault,
  iterationValues,
  loopAxes,
  MOST_ITERATIONS,
  totalOf,
  valuesByName,
} from './loop-values.ts';
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
  const failsNow = hasFailed && stepOf(work, index)?.onFailure === 'fail-now';
  if (attempt.cancelling !== undefined || failsNow) stopIterations(work, index, state.loop);
  else if (work.run.status === 'RUNNING' && !isEnding(work.run)) {
    beginWaiting(work, index, placesOf(work, index));
    if (!hasFailed) launch(work, index);
  }
  endLoop(work, index);
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
  else if (before?.total !== undefined && before.total !== total) refuse(work, index, changed(before.total, total));
  else open(work, index, { total });
}

function startWhile(work: RunWork, index: number, loop: WhileWork): void {
  const before = work.run.steps[index]?.loop;
  const values = before?.values ?? firstValues(atStep(work, index), loop);
  if (isFault(values)) refuse(work, index, expressionFailure(stepOf(work, index)?.id ?? '', values));
  else open(work, index, { values });
}

function open(work: RunWork, index: number, extent: Pick<LoopState, 'total' | 'values'>): void {
  beginTry(work, index, extent);
  advanceLoop(work, index);
}

/** A loop that cannot begin has one attempt all the same, which failed. What was done before stays known to the next. */
function refuse(work: RunWork, index: number, failure: Failure): void {
  const { total } = work.run.steps[index]?.loop ?? {};
  beginTry(work, index, total === undefined ? {} : { total });
  afterFailure(work, index, failure);
}

function beginTry(work: RunWork, index: number, extent: Pick<LoopState, 'total' | 'values'>): void {
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

/** Where to look for what earlier tries have done: a try that came through all records has taken everything over. */
function booksOf(before: LoopState | undefined): readonly string[] {
  if (before === undefined) return [];
  const { book, next, total, resumes = [] } = before;
  if (next === 0) return resumes;
  return total !== undefined && chunksOf(next) === chunksOf(total) ? [book] : [book, ...resumes];
}

function launch(work: RunWork, index: number): void {
  const loop = stepOf(work, index)?.work;
  if (loop?.kind === 'foreach') launchForeach(work, index, loop);
  if (loop?.kind === 'while') launchWhile(work, index, loop);
}

function launchForeach(work: RunWork, index: number, loop: ForeachWork): void {
  const axes = loopAxes(atStep(work, index), loop);
  const state = work.run.steps[index]?.loop;
  if (!axes.ok || state?.total === undefined) return;
  const mayStart = windowOf(placesOf(work, index), state);
  let next = state.next;
  const indexes: number[] = [];
  const kept: IterationEntry[] = [];
  for (; next < state.total && mayStart(next, indexes) && !work.isFull(); next++) {
    const entry = keptEntry(work, state, next);
    if (entry === undefined) indexes.push(next);
    else kept.push(entry);
  }
  if (next === state.next) return;
  emitStarted(work, index, { indexes, next, kept });
  for (const at of indexes) work.iterations.start(index, at, iterationValues(axes.value, at));
}

function emitStarted(
  work: RunWork,
  step: number,
  {
    indexes,
    next,
    kept,
  }: { readonly indexes: readonly number[]; readonly next: number; readonly kept: readonly IterationEntry[] },
): void {
  const leaves = keptLeaves(stepOf(work, step), kept);
  work.emit({
    type: 'IterationsStarted',
    step,
    indexes,
    next,
    ...(kept.length === 0 ? {} : { kept: kept.length }),
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

/** What an earlier try had brought to a good end; the records of that try are taken over one by one. */
function keptEntry(work: RunWork, { book, resumes }: LoopState, index: number): IterationEntry | undefined {
  if (resumes === undefined) return undefined;
  const chunk = chunkOf(index);
  if (work.iterations.record(book, chunk) === undefined) {
    const from = resumes.find((earlier) => work.iterations.record(earlier, chunk) !== undefined) ?? book;
    work.iterations.keep(book, chunk * ITERATIONS_A_RECORD, keptOf(work.iterations.record(from, chunk), from));
  }
  const entry = entryAt(work.iterations.record(book, chunk), index);
  return entry?.status === 'SUCCEEDED' ? entry : undefined;
}

function keptOf(record: IterationsState | undefined, book: string): IterationsState['entries'] {
  return (record?.entries ?? []).map((entry) =>
    entry?.status === 'SUCCEEDED' ? { ...entry, keptFrom: entry.keptFrom ?? book } : null,
  );
}

function entryAt(record: IterationsState | undefined, index: number): IterationsState['entries'][number] | undefined {
  return record?.entries[index - record.from];
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
    work.iterations.start(index, next, params);
  }
}

/** Counts the iterations that an earlier try of a `while` has done. */
function passKept(work: RunWork, index: number, state: LoopState): void {
  const kept: IterationEntry[] = [];
  while (!work.isFull()) {
    const entry = keptEntry(work, state, state.next + kept.length);
    if (entry === undefined) break;
    kept.push(entry);
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
  return typeof verdict.value === 'boolean' ? verdict.value : noCondition(work, index, verdict.value);
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

function noCondition(work: RunWork, index: number, value: Value): Failure {
  return expressionFailure(stepOf(work, index)?.id ?? '', {
    code: 'EXPRESSION_TYPE',
    message: `the condition of a \`while\` must be true or false, and this one gave ${text(value)}.`,
  } satisfies Pick<ExpressionFault, 'code' | 'message'>);
}

function tooLong(total: number): Failure {
  return {
    kind: 'USER',
    code: 'LOOP_TOO_LONG',
    message: `The loop would have ${String(total)} iterations, and ${String(MOST_ITERATIONS)} are the most.`,
    hint: 'Split the work over several loops or several runs.',
    retryable: false,
  };
}

function changed(before: number, now: number): Failure {
  return {
    kind: 'USER',
    code: 'LOOP_CHANGED',
    message: `The loop had ${String(before)} iterations when it was begun and would have ${String(now)} now, so nobody could say which are done already.`,
    hint: 'Restart the run from its beginning.',
    retryable: false,
  };
}
