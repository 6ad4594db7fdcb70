// What a restart does anew, and what keeps it from starting: the same for a run and for one iteration of a loop.

import { type Graph, graphOf } from '../../definition/graph.ts';
import { type Definition } from '../../definition/model.ts';
import { type EntityId, runEntity, workflowEntity } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { type KeptStep } from '../../run/events.ts';
import { type RestartFrom } from '../../run/restart-from.ts';
import { isComplete, type RunState, type StepState } from '../../run/state.ts';
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
    const isIncomplete = !isComplete(run.steps[index]?.status ?? 'NOT_CREATED');
    const begins = from === undefined || (from.kind === 'STEP' ? index === again : isIncomplete);
    const isBehind = node?.predecessors.some((before) => redone.has(before.index)) === true;
    if (begins || isBehind || node?.isFinal === true) redone.add(index);
  }
  return redone;
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

/** Keeps what is not done anew; of what goes on with what it had begun, how far its loops and other workflows had come. */
export function keepSteps(
  turn: Turn,
  id: EntityId,
  kept: {
    readonly run: RunState;
    readonly definition: Definition;
    readonly redone: ReadonlySet<number>;
    readonly from: RestartFrom | undefined;
    /** The step at which it begins, if it begins at one. */
    readonly again: number | undefined;
  },
): void {
  const { run, definition, redone, from, again } = kept;
  const within = from?.kind === 'STEP' ? from.within : undefined;
  for (const [step, state] of run.steps.entries()) {
    const origin = originOf(run, state);
    if (!redone.has(step)) {
      if (isComplete(state.status)) turn.emit(id, { type: 'StepKept', step, state: { ...whole(state), ...origin } });
    } else if (step === again && within !== undefined) {
      turn.emit(id, { type: 'StepKept', step, state: { ...begunPart(state), ...origin, within } });
    } else if (from?.kind === 'INCOMPLETE' && step < definition.steps.length && hasPart(state)) {
      turn.emit(id, { type: 'StepKept', step, state: { ...begunPart(state), ...origin } });
    }
  }
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
function hasPart({ loop, child, awaiting }: StepState): boolean {
  const hasFound = awaiting?.signals.some(({ found }) => found !== undefined) === true;
  return loop !== undefined || child?.run !== undefined || hasFound;
}
