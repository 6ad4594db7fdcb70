// Moves a run on as far as it goes: starts what is ready, leaves out what is unmet, and ends the run when nothing is left.
//
// 1. A step starts only after everything it needs is complete (I5).
// 2. Once the run is ending, no step starts (I13); while it is paused, none starts either.

import { graphOf } from '../definition/graph.ts';
import { isSatisfied } from './awaiting.ts';
import { begin } from './begin.ts';
import { leaveClearedBreakpoints } from './breakpoints.ts';
import { endIfDone, failStep, stepOf, windDown } from './ending.ts';
import { expressionFailure } from './evaluation.ts';
import { advanceLoop } from './loop.ts';
import { forgoPermits } from './permits.ts';
import { readiness } from './readiness.ts';
import { isComplete, isEnding, isTerminalRun, type RunState } from './state.ts';
import { type RunWork } from './work.ts';

/** Moves a run on, until it is at rest or the commit is full. */
export function progress(work: RunWork): void {
  if (isTerminalRun(work.run.status)) return;
  leaveClearedBreakpoints(work);
  if (work.run.status === 'PAUSED') forgoPermits(work);
  advanceLoops(work);
  // The end of one phase is the beginning of the next: after a failure the rest is stopped, then comes what is under `finally`.
  let phase: Phase | undefined;
  while (phase !== phaseOf(work.run) && !work.isFull()) {
    phase = phaseOf(work.run);
    if (phase === 'STEPS' || phase === 'FINALLY') startSteps(work, phase);
    else if (phase === 'ENDING' && work.run.ending !== undefined) windDown(work, work.run.ending);
  }
}

type Phase = 'STEPS' | 'ENDING' | 'FINALLY' | 'AT_REST';

function phaseOf(run: RunState): Phase {
  if (isTerminalRun(run.status)) return 'AT_REST';
  // An iteration that waits for its place in the loop ends where it is; a run is taken out of its queue by whoever ends it.
  if (run.status === 'QUEUED') return run.path !== undefined && isEnding(run) ? 'ENDING' : 'AT_REST';
  if (isEnding(run)) return 'ENDING';
  if (run.status === 'PAUSED') return 'AT_REST';
  return run.finishing === undefined ? 'STEPS' : 'FINALLY';
}

function startSteps(work: RunWork, phase: Phase): void {
  const { steps } = graphOf(work.definition);
  const candidates = steps.flatMap(({ index, isFinal }) => (isFinal === (phase === 'FINALLY') ? [index] : []));
  // A step that is done at once makes candidates of those that need it: the list grows while it is walked.
  for (const index of candidates) {
    if (work.isFull() || phaseOf(work.run) !== phase) return;
    if (hasItsSignals(work.run, index)) begin(work, index);
    else if (!mayBegin(work.run, index)) continue;
    else consider(work, index);
    if (isComplete(work.run.steps[index]?.status ?? 'NOT_CREATED'))
      candidates.push(...(steps[index]?.successors ?? []));
  }
  endIfDone(work);
}

function mayBegin(run: RunState, index: number): boolean {
  return run.steps[index]?.status === 'NOT_CREATED' && run.only?.includes(index) !== false;
}

/** Whether all is there that a step waited for: then its work may begin. */
function hasItsSignals(run: RunState, index: number): boolean {
  const step = run.steps[index];
  return step?.status === 'WAITING_FOR_SIGNALS' && isSatisfied(step.awaiting);
}

function consider(work: RunWork, index: number): void {
  const verdict = readiness(work, index);
  switch (verdict.kind) {
    case 'WAITS':
      return;
    case 'UNMET':
      work.emit({ type: 'StepUnsatisfied', step: index, reason: verdict.reason });
      return;
    case 'FAULT':
      failStep(work, index, expressionFailure(stepOf(work, index)?.id ?? '', verdict.fault));
      return;
    case 'READY':
      begin(work, index);
  }
}

function advanceLoops(work: RunWork): void {
  for (const [index, { status, loop }] of work.run.steps.entries()) {
    if (status === 'RUNNING' && loop !== undefined && !work.isFull()) advanceLoop(work, index);
  }
}
