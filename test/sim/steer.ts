// What clients do with a run beside starting it, as one call of an engine each.

import { type RunPlace } from '../../src/core/ids.ts';
import { type RunningEngine } from '../../src/engine/create-engine.ts';
import { type Answer, type Caller } from '../../src/engine/answer.ts';

/** What is sent to an engine. */
export type Act = (engine: RunningEngine, caller: Caller) => Promise<Answer<unknown>>;

/** What can be done with a run or an iteration. */
export type SteerAction =
  | 'stop'
  | 'kill'
  | 'pause'
  | 'resume'
  | 'restart'
  | 'restart-incomplete'
  | 'restart-step'
  | 'fork'
  | 'fork-step'
  | 'break'
  | 'unbreak'
  | 'resume-step'
  | 'skip'
  | 'retry';

/** The call that does it; `stepId` where one is needed. A whole run is meant in its newest attempt. */
export function steer(action: SteerAction, { attempt, ...place }: RunPlace, stepId: string): Act {
  const run = place.path === undefined ? place : { ...place, attempt };
  switch (action) {
    case 'stop':
      return (engine, caller) => engine.stopRun(run, caller);
    case 'kill':
      return (engine, caller) => engine.killRun(run, caller);
    case 'pause':
      return (engine, caller) => engine.pauseRun(run, caller);
    case 'resume':
      return (engine, caller) => engine.resumeRun(run, caller);
    case 'restart':
      return (engine, caller) => engine.restartRun({ run, params: [] }, caller);
    case 'restart-incomplete':
      return (engine, caller) => engine.restartRun({ run, params: [], from: { kind: 'INCOMPLETE' } }, caller);
    case 'restart-step':
      return (engine, caller) => engine.restartRun({ run, params: [], from: { kind: 'STEP', step: stepId } }, caller);
    case 'fork':
      return (engine, caller) => engine.forkRun({ run, params: [] }, caller);
    case 'fork-step':
      return (engine, caller) => engine.forkRun({ run, params: [], from: stepId }, caller);
    case 'break':
      return (engine, caller) => engine.setBreakpoint(run.workflowId, { step: stepId }, caller);
    case 'unbreak':
      return (engine, caller) => engine.clearBreakpoint(run.workflowId, { step: stepId }, caller);
    case 'resume-step':
      return (engine, caller) => engine.resumeStep(run, stepId, caller);
    case 'skip':
      return (engine, caller) => engine.skipStep(run, stepId, caller);
    case 'retry':
      return (engine, caller) => engine.retryStep(run, stepId, caller);
  }
}
