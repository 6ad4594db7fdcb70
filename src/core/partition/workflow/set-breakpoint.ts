// Setting and clearing the breakpoints of a workflow. What stands at one that is cleared goes on, unless another holds it.

import { graphOf } from '../../definition/graph.ts';
import { innerSteps } from '../../definition/body.ts';
import { type Definition, type StepDefinition } from '../../definition/model.ts';
import { stepLists } from '../../definition/step-lists.ts';
import { nearest } from '../../expression/nearest.ts';
import { type EntityId, iterationPlace, queueEntity, runEntity, workflowEntity } from '../../ids.ts';
import { newestAttempt } from '../../queue/queue.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { isTerminalRun, type RunState } from '../../run/state.ts';
import {
  type Breakpoint,
  type BreakpointPlace,
  concerns,
  isSamePlace,
  MOST_BREAKPOINTS,
} from '../../workflow/breakpoints.ts';
import { versionOf, type WorkflowState } from '../../workflow/workflow.ts';
import { levelOf } from '../run/runs.ts';
import { type Turn } from '../turn.ts';
import { noWorkflow } from './workflow-set-aside.ts';

/** Takes a `SetBreakpoint` command. Repeating it changes nothing. */
export function setBreakpoint(
  turn: Turn,
  workflowId: string,
  wish: { readonly place: BreakpointPlace; readonly actor: string },
): Result<EntityId, readonly Refusal[]> {
  const { place, actor } = wish;
  const id = workflowEntity(workflowId);
  const workflow = turn.read('workflow', id);
  if (workflow === undefined) return failed([noWorkflow(turn, workflowId)]);
  const refusal = placeFault(turn, workflow, place);
  if (refusal !== undefined) return failed(refusal);
  const before = workflow.breakpoints ?? [];
  if (before.some((one) => isSamePlace(one, place))) return success(id);
  if (before.length >= MOST_BREAKPOINTS) return failed([tooMany(workflowId)]);
  turn.emit(id, { type: 'BreakpointSet', place, by: actor });
  return success(id);
}

/** Takes a `ClearBreakpoint` command. */
export function clearBreakpoint(
  turn: Turn,
  workflowId: string,
  wish: { readonly place: BreakpointPlace; readonly actor: string },
): Result<EntityId, readonly Refusal[]> {
  const { place, actor } = wish;
  const id = workflowEntity(workflowId);
  const workflow = turn.read('workflow', id);
  if (workflow === undefined) return failed([noWorkflow(turn, workflowId)]);
  const before = workflow.breakpoints ?? [];
  if (!before.some((one) => isSamePlace(one, place))) return failed([notSet(workflowId, place, before)]);
  turn.emit(id, { type: 'BreakpointCleared', place, by: actor });
  const queue = turn.read('queue', queueEntity(workflowId));
  for (const { number, attempt } of queue?.running ?? []) {
    const run = turn.read('run', runEntity({ workflowId, number, attempt }));
    if (run !== undefined && concerns(place, run)) followStopped(turn, run, place.step);
  }
  return success(id);
}

/** The run and its iterations in which the step may stand at the breakpoint look at it again. */
function followStopped(turn: Turn, run: RunState, step: string): void {
  const level = isTerminalRun(run.status) ? undefined : levelOf(turn, run);
  if (level === undefined) return;
  for (const [index, state] of run.steps.entries()) {
    const defined = graphOf(level.definition).steps[index]?.step;
    if (defined === undefined) continue;
    if (defined.id === step && state.status === 'PAUSED') turn.follow(runEntity(run));
    if (!holds(defined, step)) continue;
    for (const inner of iterationsOf(turn, run, { index, id: defined.id })) followStopped(turn, inner, step);
  }
}

/** The iterations of a loop that go on. */
function iterationsOf(
  turn: Turn,
  run: RunState,
  loop: { readonly index: number; readonly id: string },
): readonly RunState[] {
  const { workflowId, number, attempt, path } = run;
  const place = { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
  const state = run.steps[loop.index];
  return (state?.loop?.running ?? []).flatMap((iteration) => {
    const id = runEntity(iterationPlace(place, loop.id, iteration, state?.attempts.length ?? 1));
    return turn.read('run', id) ?? [];
  });
}

function holds(loop: StepDefinition, step: string): boolean {
  return (innerSteps(loop) ?? []).some((inner) => inner.id === step || holds(inner, step));
}

/** Why no step is there; `[]` if something is not loaded yet. */
function placeFault(turn: Turn, workflow: WorkflowState, place: BreakpointPlace): readonly Refusal[] | undefined {
  const run = place.run === undefined ? undefined : runNumbered(turn, workflow.workflowId, place.run);
  if (place.run !== undefined && run === undefined) return [unknownRun(workflow.workflowId, place.run)];
  const wanted = place.version ?? run?.version ?? workflow.active ?? workflow.versions.length;
  const version = versionOf(workflow, wanted);
  if (version === undefined) return [unknownVersion(workflow, wanted)];
  const definition = turn.definition(version.definition);
  if (definition === undefined) return [];
  const ids = idsIn(definition);
  return ids.includes(place.step) ? undefined : [unknownStep(workflow.workflowId, version.version, { place, ids })];
}

function runNumbered(turn: Turn, workflowId: string, number: number): RunState | undefined {
  const queue = turn.read('queue', queueEntity(workflowId));
  const attempt = queue === undefined ? undefined : newestAttempt(queue, number);
  return attempt === undefined ? undefined : turn.read('run', runEntity({ workflowId, number, attempt }));
}

function idsIn(definition: Definition): readonly string[] {
  return stepLists(definition).flatMap(({ steps }) => steps.map(({ id }) => id));
}

function unknownRun(workflowId: string, run: number): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `There is no run "${workflowId}/${String(run)}".`,
    path: ['runId'],
    hint: `See which there are: downbeat runs --workflow ${workflowId}.`,
  };
}

function unknownVersion({ workflowId, versions }: WorkflowState, version: number): Refusal {
  const newest = String(versions.length);
  return {
    code: 'NOT_FOUND',
    message: `"${workflowId}" has no version ${String(version)}; its newest is ${newest}.`,
    path: ['version'],
    hint: `Name a version from 1 to ${newest}, or leave it out.`,
  };
}

function unknownStep(
  workflowId: string,
  version: number,
  { place, ids }: { readonly place: BreakpointPlace; readonly ids: readonly string[] },
): Refusal {
  const near = nearest(place.step, ids);
  return {
    code: 'NOT_FOUND',
    message: `Version ${String(version)} of "${workflowId}" has no step "${place.step}" at which runs could stop.`,
    path: ['stepId'],
    hint: near === undefined ? `Its steps: ${ids.join(', ')}.` : `Did you mean "${near}"?`,
  };
}

function tooMany(workflowId: string): Refusal {
  return {
    code: 'LIMIT_EXCEEDED',
    message: `"${workflowId}" has ${String(MOST_BREAKPOINTS)} breakpoints, which are the most.`,
    path: ['stepId'],
    hint: `See them, and clear some: downbeat break ${workflowId}.`,
  };
}

function notSet(workflowId: string, place: BreakpointPlace, set: readonly Breakpoint[]): Refusal {
  const known = set.map((one) => breakpointName(one)).join('; ');
  return {
    code: 'NOT_FOUND',
    message: `"${workflowId}" has no breakpoint at ${breakpointName(place)}.`,
    path: ['stepId'],
    hint: known === '' ? 'It has none at all.' : `It has these: ${known}.`,
  };
}

/** A breakpoint's place in words: `train`, `train in version 3`, `train in run 12`. */
export function breakpointName({ step, version, run }: BreakpointPlace): string {
  const only = [
    ...(version === undefined ? [] : [`version ${String(version)}`]),
    ...(run === undefined ? [] : [`run ${String(run)}`]),
  ];
  return only.length === 0 ? step : `${step} in ${only.join(' and ')}`;
}
