// Wishes about forks and breakpoints, as `given(…).when(…)` takes them.

import { type CommandBody } from '../../src/core/partition/command.ts';
import { type ForkWish } from '../../src/core/run/fork.ts';
import { type BreakpointPlace } from '../../src/core/workflow/breakpoints.ts';
import { stepTarget, target } from './given.ts';

/** Makes a new run of a run's done steps, by its public name. */
export function fork(run: string, wish: Partial<ForkWish> = {}): CommandBody {
  return { type: 'ForkRun', run: target(run), params: [], ...wish };
}

/** Lets a step go on that stands at a breakpoint: `flow/1/train`. */
export function resumeStep(place: string): CommandBody {
  return { type: 'ResumeStep', ...stepTarget(place) };
}

/** Sets a breakpoint at a step. */
export function breakAt(workflowId: string, step: string, only: Omit<BreakpointPlace, 'step'> = {}): CommandBody {
  return { type: 'SetBreakpoint', workflowId, place: { step, ...only } };
}

/** Clears one. */
export function clearBreak(workflowId: string, step: string, only: Omit<BreakpointPlace, 'step'> = {}): CommandBody {
  return { type: 'ClearBreakpoint', workflowId, place: { step, ...only } };
}
