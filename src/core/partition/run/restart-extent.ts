// What a restart does anew, and what keeps it from starting: the same for a run and for one iteration of a loop.

import { type Graph, graphOf } from '../../definition/graph.ts';
import { type Definition } from '../../definition/model.ts';
import { type EntityId, runEntity, workflowEntity } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { type KeptStep } from '../../run/events.ts';
import { type RestartFrom } from '../../run/restart-from.ts';
import {
  childRunOf,
  isComplete,
  isTerminalStep,
  type RunState,
  type StepState,
  type StepStatus,
} from '../../run/state.ts';
import { type Turn } from '../turn.ts';
import { deletedWorkflow } from '../workflow/unknown-workflow.ts';

/** Of what was deleted nothing starts any more. */
export function deletion(turn: Turn, { workflowId }: RunState): Refusal | undefined {
  const workflow = turn.read('workflow', workflowEntity(workflowId));
  return workflow?.deleted === undefined ? undefined : deletedWorkflow(workflow);
}

/** The index of a step at which a run can begin: not of one under `finally`. */
export function stepNamed(definition: Definition, id: string): number | undefined {
  const index = graphOf(definition).indexes.get(id);
  return index !== undefined && index < definition.steps.length ? index : undefined;
}

/** The steps that begin anew, with all that needs them; those under `finally` always do. */
export function redoneSteps(
  run: RunState,
  graph: Graph,
  from: RestartFrom | undefined,
  again: number | undefined,
): ReadonlySet<number> {
  const redone = new Set<number>();
  for (const index of graph.order) {
    const node = graph.steps[index];
    const status = run.steps[index]?.status ?? 'NOT_CREATED';
    const begins = beginsAt(from, status, index === again);
    const isBehind = node?.predecessors.some((before) => redone.has(before.index)) === true;
    if (begins || isBehind || node?.isFinal === true) redone.add(index);
  }
  return redone;
}

function beginsAt(from: RestartFrom | undefined, status: StepStatus, isNamed: boolean): boolean {
  if (from === undefined) return true;
  if (from.kind === 'INCOMPLETE') return !isComplete(status);
  // Where something inside begins again, the run goes on from there: with what it had not begun, too.
  return isNamed || (from.within !== undefined && status === 'NOT_CREATED');
}

/** The refusal of a restart from a step that is not there. */
export function unknownStep(run: RunState, step: string, { steps }: Definition): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `Run ${run.workflowId}/${String(run.number)} has no step "${step}" to begin at.`,
    path: ['stepId'],
    hint: `Its steps: ${steps.map(({ id }) => id).join(', ')}.`,
  };
}

/**
 * Keeps what is not done anew; where something inside begins again, also what ended badly, so that the run ends as that does.
 * Of what goes on with what it had begun: how far its loops and other workflows had come.
 */
export function keepSteps(
  turn: Turn,
  id: EntityId,
  extent: {
    readonly run: RunState;
    readonly definition: Definition;
    readonly redone: ReadonlySet<number>;
    readonly from: RestartFrom | undefined;
    /** The step at which it begins, if it begins at one. */
    readonly again: number | undefined;
  },
): void {
  const { run, definition, redone, from, again } = extent;
  const within = from?.kind === 'STEP' ? from.within : undefined;
  const stays = within === undefined ? isComplete : isTerminalStep;
  const partOf = (step: number, state: StepState): Omit<KeptStep, 'keptFrom'> | undefined => {
    if (step === again && within !== undefined) return { ...begunPart(state), within };
    const resumes = from?.kind === 'INCOMPLETE' && step < definition.steps.length;
    return resumes && hasPart(state) ? begunPart(state) : undefined;
  };
  for (const [step, state] of run.steps.entries()) {
    const ended = stays(state.status) ? whole(state) : undefined;
    const kept = redone.has(step) ? partOf(step, state) : ended;
    if (kept !== undefined) turn.emit(id, { type: 'StepKept', step, state: { ...kept, ...originOf(run, state) } });
  }
}

/** The steps that may run once one that had ended badly is tried again; nothing where all may. */
export function opened(run: RunState, definition: Definition, step: number): { readonly only?: readonly number[] } {
  if (run.only === undefined) return {};
  const id = graphOf(definition).steps[step]?.step.id ?? '';
  const behind = redoneSteps(run, graphOf(definition), { kind: 'STEP', step: id }, step);
  return { only: [...new Set([...run.only, ...behind])] };
}

/** The step at which it begins is left out. */
export function skipAt(
  turn: Turn,
  id: EntityId,
  { step, actor }: { readonly step: number | undefined; readonly actor: string },
): void {
  if (step !== undefined) turn.emit(id, { type: 'StepSkipped', step, actor });
}

/** A step as it ended, for a run that keeps it. */
export function whole(state: StepState): Omit<KeptStep, 'keptFrom'> {
  const { attempts: _, wakeAt: __, breakpoint: ___, ...ended } = state;
  return ended;
}

/** Where the step has run. An iteration says which one, since its place may be another than that of the one that keeps it. */
function originOf(run: RunState, { keptFrom, keptFromRun }: StepState): Pick<KeptStep, 'keptFrom' | 'keptFromRun'> {
  if (keptFrom !== undefined) return { keptFrom, ...(keptFromRun === undefined ? {} : { keptFromRun }) };
  return { keptFrom: run.attempt, ...(run.path === undefined ? {} : { keptFromRun: runEntity(run) }) };
}

/** How far a step had come that begins again. */
function begunPart({ loop, child, awaiting }: StepState): Omit<KeptStep, 'keptFrom'> {
  return {
    status: 'NOT_CREATED',
    outputs: [],
    artifacts: [],
    ...(loop === undefined ? {} : { loop }),
    ...(child === undefined ? {} : { child }),
    ...(awaiting === undefined ? {} : { awaiting }),
  };
}

/** Whether a step that is not complete has come far enough for something of it to be kept. */
function hasPart(step: StepState): boolean {
  const { loop, awaiting } = step;
  const hasFound = awaiting?.signals.some(({ found }) => found !== undefined) === true;
  return loop !== undefined || childRunOf(step) !== undefined || hasFound;
}
