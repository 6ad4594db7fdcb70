// A further attempt of a run that has ended, on the version it ran before: from its beginning, from what is incomplete, or from
// one step (maestro-behaviour §5.5). What is kept stays as it ended, with the attempt in which it did.

import { graphOf } from '../../definition/graph.ts';
import { type Definition } from '../../definition/model.ts';
import { type EntityId, queueEntity, runEntity } from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { resolveParams } from '../../params/resolve-params.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { giveStepParams } from '../../run/given-step-params.ts';
import { type RestartFrom, type StepParamsWish } from '../../run/restart-from.ts';
import {
  type FirstCause,
  firstCause,
  type GivenStepParams,
  isTerminalRun,
  type RunCause,
  type RunState,
} from '../../run/state.ts';
import { notAllowed, superseded } from './control-run.ts';
import { enterQueue } from './enter-queue.ts';
import { lineBegins } from '../backfill/line-progress.ts';
import { declaredFor, takenOver } from './open-params.ts';
import { restartOccasion } from './param-occasion.ts';
import { queueTimeoutOf } from './queue-timeout.ts';
import { deletion, keepSteps, redoneSteps, skipAt, stepNamed, unknownStep } from './restart-extent.ts';
import { type Turn } from '../turn.ts';

/** How a run is started again. */
export interface Restarting {
  readonly actor: string;
  readonly params: readonly Entry[];
  /** For parameters of single steps. */
  readonly stepParams?: readonly StepParamsWish[] | undefined;
  /** What another workflow hands down; taken as far as this one has a use for it. */
  readonly inherited?: readonly Entry[] | undefined;
  /** Absent: from the beginning. */
  readonly from?: RestartFrom | undefined;
  /** What started the run in the first place, where that is no longer what it was: the step that runs it wants it again. */
  readonly first?: FirstCause;
  /** It waits behind the runs that are of no backfill. */
  readonly behind?: true;
  /** The step at which it begins is left out. */
  readonly skip?: true | undefined;
}

/** Starts a run again that is over and has no newer attempt. */
export function newAttempt(turn: Turn, run: RunState, wish: Restarting): Result<EntityId, readonly Refusal[]> {
  const { actor, from } = wish;
  const definition = turn.definition(run.definition);
  if (definition === undefined) return failed([]);
  const refusal = deletion(turn, run) ?? restartRefusal(run, definition, from);
  if (refusal !== undefined) return failed([refusal]);
  const again = from?.kind === 'STEP' ? stepNamed(definition, from.step) : undefined;
  const cause = causeOf(run, wish);
  const given = givenTo(turn, definition, { run, cause, wish });
  if (!given.ok) return given;
  const redone = redoneSteps(run, graphOf(definition), from, again);
  const id = createAttempt(turn, run, {
    cause,
    ...given.value,
    ...(again === undefined ? {} : { only: [...redone] }),
    ...(wish.behind === true ? ({ behind: true } as const) : {}),
    ...queueTimeoutOf(definition, cause, turn.circumstances.now),
  });
  keepSteps(turn, id, { run, definition, redone, from, again });
  if (wish.skip === true) skipAt(turn, id, { step: again, actor });
  enterQueue(turn, id);
  return success(id);
}

/** The parameters of the new attempt and of its steps. */
function givenTo(
  turn: Turn,
  definition: Definition,
  made: { readonly run: RunState; readonly cause: RunCause; readonly wish: Restarting },
): Result<Pick<RunState, 'params' | 'stepParams'>, readonly Refusal[]> {
  const params = paramsOf(turn, definition, made);
  if (!params.ok) return params;
  const stepParams = giveStepParams(definition, made.wish.stepParams ?? [], made.run.stepParams);
  return stepParams.ok ? success({ params: params.value, ...asGiven(stepParams.value) }) : stepParams;
}

/** The parameters of the new attempt. Those that a step gives to the run it starts are forbidden by no mode. */
function paramsOf(
  turn: Turn,
  definition: Definition,
  { run, cause, wish }: { readonly run: RunState; readonly cause: RunCause; readonly wish: Restarting },
): ReturnType<typeof resolveParams> {
  const occasion = restartOccasion(turn, definition, run, { cause, number: run.number, attempt: run.attempt + 1 });
  const source = wish.first === undefined ? occasion.source : 'SUBWORKFLOW';
  const given = [...takenOver(definition, wish.inherited ?? [], wish.params), ...wish.params];
  const declared = declaredFor(definition, given, run.params);
  return resolveParams(declared, given, { ...occasion, source });
}

function restartRefusal(run: RunState, definition: Definition, from: RestartFrom | undefined): Refusal | undefined {
  if (!isTerminalRun(run.status)) return notAllowed(run, 'restart');
  if (run.superseded) return superseded(run);
  if (from?.kind !== 'STEP' || stepNamed(definition, from.step) !== undefined) return undefined;
  return unknownStep(run, from.step, definition);
}

function createAttempt(
  turn: Turn,
  run: RunState,
  {
    behind,
    ...made
  }: Pick<RunState, 'cause' | 'params' | 'only' | 'stepParams' | 'queueTimeoutAt'> & Pick<Restarting, 'behind'>,
): EntityId {
  const place = { workflowId: run.workflowId, number: run.number, attempt: run.attempt + 1 };
  turn.emit(runEntity(run), { type: 'RunSuperseded' });
  turn.create(runEntity(place), {
    type: 'RunCreated',
    ...place,
    ...made,
    version: run.version,
    definition: run.definition,
    labels: run.labels,
    stepCount: run.steps.length,
    firstCreatedAt: run.firstCreatedAt ?? run.createdAt,
    ...(run.scheduledFor === undefined ? {} : { scheduledFor: run.scheduledFor }),
  });
  const { number, attempt } = place;
  turn.emit(queueEntity(run.workflowId), {
    type: 'RunQueued',
    number,
    attempt,
    ...(behind === true ? { behind } : {}),
  });
  lineBegins(turn, run, attempt);
  return runEntity(place);
}

/** What was given to parameters of steps, as a run remembers it. */
export function asGiven(stepParams: readonly GivenStepParams[]): Pick<RunState, 'stepParams'> {
  return stepParams.length === 0 ? {} : { stepParams };
}

function causeOf(run: RunState, { actor, from, first = firstCause(run.cause) }: Restarting): RunCause {
  return { kind: 'RESTART', actor, attempt: run.attempt, of: first, ...(from === undefined ? {} : { from }) };
}
