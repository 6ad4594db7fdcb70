// Making a new run from another one, which stays as it is: what it had done is kept, by reference, and the rest runs with other
// parameters, other outputs or another version. A kept step does nothing again: no signal of it is announced twice.

import { graphOf } from '../../definition/graph.ts';
import { type Definition } from '../../definition/model.ts';
import { type EntityId, queueEntity, runEntity, workflowEntity } from '../../ids.ts';
import { resolveParams } from '../../params/resolve-params.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { type ForkWish, type KeptOfFork, planFork } from '../../run/fork.ts';
import { giveStepParams } from '../../run/given-step-params.ts';
import { type FirstCause, firstCause, type Fork, type RunState } from '../../run/state.ts';
import { versionOf } from '../../workflow/workflow.ts';
import { type CommandBody } from '../command.ts';
import { findRun } from './control-run.ts';
import { enterQueue } from './enter-queue.ts';
import { declaredFor } from './open-params.ts';
import { restartOccasion } from './param-occasion.ts';
import { queueTimeoutOf } from './queue-timeout.ts';
import { asGiven } from './new-attempt.ts';
import { whole } from './restart-extent.ts';
import { type Turn } from '../turn.ts';
import { deletedWorkflow } from '../workflow/unknown-workflow.ts';
import { noWorkflow } from '../workflow/workflow-set-aside.ts';

/** The version that the new run has. */
interface Chosen {
  readonly version: number;
  /** Its hash. */
  readonly hash: string;
  readonly definition: Definition;
}

/** Takes a `ForkRun` command; answers the new run. */
export function forkRun(
  turn: Turn,
  wish: Extract<CommandBody, { type: 'ForkRun' }>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  const found = findRun(turn, wish.run);
  if (!found.ok) return found;
  const run = found.value;
  const refusal = run.path === undefined && run.status !== 'QUEUED' ? undefined : cannotFork(run);
  if (refusal !== undefined) return failed([refusal]);
  const chosen = choose(turn, run, wish.version);
  const before = turn.definition(run.definition);
  if (!chosen.ok) return chosen;
  if (before === undefined) return failed([]);
  const kept = planFork({ run, definition: before }, chosen.value.definition, wish);
  if (!kept.ok) return kept;
  return makeFork(turn, run, { wish, actor, chosen: chosen.value, kept: kept.value });
}

function choose(turn: Turn, run: RunState, version: number | undefined): Result<Chosen, readonly Refusal[]> {
  const workflow = turn.read('workflow', workflowEntity(run.workflowId));
  if (workflow === undefined) return failed([noWorkflow(turn, run.workflowId)]);
  if (workflow.deleted !== undefined) return failed([deletedWorkflow(workflow)]);
  const found = version === undefined ? undefined : versionOf(workflow, version);
  if (version !== undefined && found === undefined) {
    return failed([unknownVersion(run.workflowId, version, workflow.versions.length)]);
  }
  const hash = found?.definition ?? run.definition;
  const definition = turn.definition(hash);
  return definition === undefined ? failed([]) : success({ version: found?.version ?? run.version, hash, definition });
}

function makeFork(
  turn: Turn,
  run: RunState,
  made: {
    readonly wish: ForkWish;
    readonly actor: string;
    readonly chosen: Chosen;
    readonly kept: readonly KeptOfFork[];
  },
): Result<EntityId, readonly Refusal[]> {
  const { wish, actor, chosen, kept } = made;
  const queue = turn.read('queue', queueEntity(run.workflowId));
  if (queue === undefined) return failed([noWorkflow(turn, run.workflowId)]);
  const place = { workflowId: run.workflowId, number: queue.last + 1, attempt: 1 };
  const cause = causeOf(run, actor, wish.from);
  const occasion = restartOccasion(turn, chosen.definition, run, { ...place, cause });
  const params = resolveParams(declaredFor(chosen.definition, wish.params, run.params), wish.params, occasion);
  // Other versions have other steps: what was given to those of this run only holds for the same version.
  const given = chosen.version === run.version ? run.stepParams : undefined;
  const stepParams = giveStepParams(chosen.definition, wish.stepParams ?? [], given);
  if (!params.ok) return params;
  if (!stepParams.ok) return stepParams;
  const id = runEntity(place);
  turn.create(id, {
    type: 'RunCreated',
    ...place,
    version: chosen.version,
    definition: chosen.hash,
    params: params.value,
    labels: run.labels,
    cause,
    stepCount: graphOf(chosen.definition).steps.length,
    ...asGiven(stepParams.value),
    ...queueTimeoutOf(chosen.definition, cause, turn.circumstances.now),
    ...(run.scheduledFor === undefined ? {} : { scheduledFor: run.scheduledFor }),
  });
  for (const { step, state } of kept) {
    const { keptFrom = run.attempt, keptFromRun = runEntity(run) } = state;
    turn.emit(id, { type: 'StepKept', step, state: { ...whole(state), keptFrom, keptFromRun } });
  }
  turn.emit(queueEntity(run.workflowId), { type: 'RunQueued', number: place.number, attempt: 1 });
  enterQueue(turn, id);
  return success(id);
}

/** The step or the backfill that had started the run waits for that run alone. */
function causeOf(run: RunState, actor: string, from: string | undefined): Fork {
  const first = firstCause(run.cause);
  const isAwaited = first.kind === 'WORKFLOW' || first.kind === 'BACKFILL';
  const of: FirstCause = isAwaited ? { kind: 'MANUAL', actor } : first;
  return { kind: 'FORK', actor, run: runEntity(run), of, ...(from === undefined ? {} : { from }) };
}

function cannotFork(run: RunState): Refusal {
  const name = `${run.workflowId}/${String(run.number)}`;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message:
      run.path === undefined
        ? `Run ${name} waits in its queue and has done nothing yet that a fork could keep.`
        : `${name}/${run.path} is an iteration of a loop, of which there is no fork.`,
    path: ['runId'],
    hint:
      run.path === undefined
        ? `Start another run: downbeat run ${run.workflowId}.`
        : `Fork the run itself, from the loop: downbeat fork ${name} --from ${run.path.slice(0, run.path.indexOf('['))}.`,
    status: run.status,
    allowed: [],
  };
}

function unknownVersion(workflowId: string, version: number, newest: number): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `"${workflowId}" has no version ${String(version)}; its newest is ${String(newest)}.`,
    path: ['version'],
    hint: `Name a version from 1 to ${String(newest)}, or leave it out.`,
  };
}
