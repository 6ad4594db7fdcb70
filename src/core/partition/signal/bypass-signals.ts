// Letting a step go on without the signals that it still waits for.

import { type EntityId } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed } from '../../result.ts';
import { type RunState, type StepStatus } from '../../run/state.ts';
import { goOn } from '../../run/wait.ts';
import { onStep, type StepTarget } from '../run/control-step.ts';
import { type Turn } from '../turn.ts';

/** Takes a `BypassSignals` command. Only a step that waits can be let go on; what it has found already it keeps. */
export function bypassSignals(
  turn: Turn,
  target: StepTarget,
  by: { readonly actor: string; readonly reason?: string },
): Result<EntityId, readonly Refusal[]> {
  return onStep(turn, target, {
    running: (work, index) => {
      const status = work.run.steps[index]?.status ?? 'NOT_CREATED';
      if (status !== 'WAITING_FOR_SIGNALS') return notWaiting(work.run, target.stepId, status);
      work.emit({ type: 'SignalsBypassed', step: index, ...by });
      goOn(work, index);
      return undefined;
    },
    ended: (run) => failed([notWaiting(run, target.stepId, undefined)]),
  });
}

function notWaiting(run: RunState, step: string, status: StepStatus | undefined): Refusal {
  const name = `${run.workflowId}/${String(run.number)}`;
  const where = status === undefined ? `the run has ended ${run.status}` : `it is ${status}`;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Step "${step}" of run ${name} waits for no signal: ${where}.`,
    path: ['stepId'],
    hint: 'Only a step that is WAITING_FOR_SIGNALS can go on without them.',
    status: status ?? run.status,
    allowed: [],
  };
}
