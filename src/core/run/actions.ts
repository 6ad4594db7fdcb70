// What may be done with a run or a step, by where it is: what the refusals name, and what a person is offered. What is not among
// them is refused, or changes nothing since it has been done already.

import { isEnding, isTerminalRun, openAttempt, type RunState, type StepState } from './state.ts';

/** What may be done with a run. */
export type RunAction = 'STOP' | 'KILL' | 'PAUSE' | 'RESUME' | 'RESTART' | 'FORK';

/** What may be done with a step. */
export type StepAction = 'RESUME' | 'SKIP' | 'RETRY' | 'BYPASS';

/** What may be done with a run now; `returns`: it is an iteration, and its loop would take it back. */
export function runActions(run: RunState, returns = false): readonly RunAction[] {
  // What a run has done can be kept by another one at any time.
  const fork = run.status === 'QUEUED' || run.path !== undefined ? [] : (['FORK'] as const);
  if (isTerminalRun(run.status)) return mayBeginAgain(run, returns) ? ['RESTART', ...fork] : fork;
  return run.ending?.killed === true ? fork : [...goingActions(run), ...fork];
}

function goingActions(run: RunState): readonly RunAction[] {
  const canStop = run.ending === undefined && run.finishing === undefined;
  const canHold = run.status !== 'QUEUED' && !isEnding(run);
  return [
    ...(canStop ? (['STOP'] as const) : []),
    'KILL',
    ...(canHold ? ([run.status === 'PAUSED' ? 'RESUME' : 'PAUSE'] as const) : []),
  ];
}

/** What may be done with a step of a run now; `isFinal`: it stands under `finally`; `returns`: as for the run. */
export function stepActions(run: RunState, step: StepState, isFinal: boolean, returns = false): readonly StepAction[] {
  if (isTerminalRun(run.status)) return mayBeginAgain(run, returns) && !isFinal ? ['SKIP', 'RETRY'] : [];
  if (isEnding(run) || (run.finishing !== undefined && !isFinal)) return [];
  switch (step.status) {
    case 'PAUSED':
      return ['RESUME', 'SKIP'];
    case 'WAITING_FOR_SIGNALS':
      return ['SKIP', 'BYPASS'];
    case 'WAITING_FOR_PERMITS':
      return ['SKIP'];
    case 'RUNNING':
      return openAttempt(step)?.cancelling === 'SKIP' ? [] : ['SKIP'];
    case 'RETRY_PENDING':
      return run.status === 'RUNNING' ? ['SKIP', 'RETRY'] : ['SKIP'];
    case 'FAILED':
    case 'STOPPED':
    case 'TIMED_OUT':
      return ['SKIP', 'RETRY'];
    case 'NOT_CREATED':
    case 'SUCCEEDED':
    case 'COMPLETED_WITH_ERROR':
    case 'SKIPPED':
    case 'UNSATISFIED':
      return [];
  }
}

/** An iteration begins again with its run or, as long as that takes it back, in its loop; an attempt that was restarted is history. */
function mayBeginAgain({ superseded, path }: RunState, returns: boolean): boolean {
  return !superseded && (path === undefined || returns);
}
