// What a run and the run of another workflow that one of its steps started tell each other. They may live in different
// partitions, so all of it goes by message.

import { graphOf } from '../../definition/graph.ts';
import { type WorkflowWork } from '../../definition/model.ts';
import { type EntityId, partitionOf, runEntity, runPlaceOf } from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { type TypedEntry } from '../../params/typed-entry.ts';
import { type Within } from '../../run/restart-from.ts';
import { type Level } from '../../run/scope.ts';
import { firstCause, isTerminalRun, type ParentStep, type RunState } from '../../run/state.ts';
import { type Message } from '../message.ts';
import { type Turn } from '../turn.ts';

/** Asks a workflow for a run, or for a further attempt of one that had not succeeded. */
export function requestChild(
  turn: Turn,
  level: Level,
  wanted: {
    readonly step: number;
    readonly attempt: number;
    readonly work: WorkflowWork;
    readonly params: readonly Entry[];
    readonly again: EntityId | undefined;
    readonly inherited?: readonly TypedEntry[];
    readonly within?: Within;
  },
): void {
  const { work, step, attempt, params, again, inherited, within } = wanted;
  const stepId = graphOf(level.definition).steps[step]?.step.id ?? '';
  turn.send(partitionOf(work.workflowId, turn.circumstances.partitions), {
    type: 'StartChild',
    parent: { run: runEntity(level.run), step, stepId, attempt },
    depth: depthOf(level) + 1,
    ...waitingRuns(level, work),
    workflowId: work.workflowId,
    params,
    ...versionWanted(work),
    ...(inherited === undefined ? {} : { inherited }),
    ...(again === undefined ? {} : { again }),
    ...(within === undefined ? {} : { within }),
  });
}

function versionWanted({ version }: WorkflowWork): Pick<Extract<Message, { type: 'StartChild' }>, 'version' | 'pick'> {
  if (version === undefined) return {};
  return typeof version === 'number' ? { version } : { pick: version };
}

/** Tells a child to end. */
export function stopChild(turn: Turn, run: EntityId): void {
  const { workflowId } = runPlaceOf(run);
  turn.send(partitionOf(workflowId, turn.circumstances.partitions), { type: 'StopChild', run });
}

/** Tells the step that started a run how it ended. */
export function childEnded(
  turn: Turn,
  parent: ParentStep,
  child: RunState,
  gave: { readonly outputs: readonly Entry[]; readonly leaves?: string },
): void {
  if (!isTerminalRun(child.status)) return;
  toParent(turn, parent, {
    type: 'ChildEnded',
    parent,
    run: runEntity(child),
    status: child.status,
    ...gave,
    ...(child.failure === undefined ? {} : { failure: child.failure }),
  });
}

/** Sends a message to where a step's run lives. */
export function toParent(turn: Turn, parent: ParentStep, message: Message): void {
  const { workflowId } = runPlaceOf(parent.run);
  turn.send(partitionOf(workflowId, turn.circumstances.partitions), message);
}

/** The runs that wait for the child, from the outermost: nobody waits for one that is started and left alone. */
function waitingRuns(level: Level, work: WorkflowWork): { readonly ancestors?: readonly EntityId[] } {
  if (work.async === true) return {};
  let { run, outer } = level;
  while (outer !== undefined) ({ run, outer } = outer);
  const cause = firstCause(run.cause);
  return { ancestors: [...(cause.kind === 'WORKFLOW' ? (cause.ancestors ?? []) : []), runEntity(run)] };
}

function depthOf(level: Level): number {
  if (level.outer !== undefined) return depthOf(level.outer);
  const cause = firstCause(level.run.cause);
  return cause.kind === 'WORKFLOW' ? cause.depth : 0;
}
