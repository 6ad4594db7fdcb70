// What a restart does anew, and what keeps it from starting: the same for a run and for one iteration of a loop.

import { type Graph, graphOf } from '../../definition/graph.ts';
import { type Definition } from '../../definition/model.ts';
import { workflowEntity } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { isComplete, type RestartFrom, type RunState } from '../../run/state.ts';
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
