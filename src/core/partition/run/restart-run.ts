// Starting an ended run again, as a new attempt on the version it ran before: from its beginning, from what is incomplete, or
// from one step (maestro-behaviour §5.5). What is kept stays as it ended, with the attempt in which it did.

import { graphOf } from '../../definition/graph.ts';
import { type Definition } from '../../definition/model.ts';
import { type EntityId, queueEntity, runEntity } from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { resolveParams } from '../../params/resolve-params.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { type KeptStep } from '../../run/events.ts';
import { giveStepParams, type StepParamsWish } from '../../run/given-step-params.ts';
import {
  type FirstCause,
  firstCause,
  type GivenStepParams,
  isComplete,
  isTerminalRun,
  type RestartFrom,
  type RunCause,
  type RunState,
} from '../../run/state.ts';
import { type CommandBody } from '../command.ts';
import { findRun, notAllowed, superseded } from './control-run.ts';
import { enterQueue } from './enter-queue.ts';
import { lineBegins } from '../backfill/line-progress.ts';
import { declaredFor, takenOver } from './open-params.ts';
import { restartOccasion } from './param-occasion.ts';
import { queueTimeoutOf } from './queue-timeout.ts';
import { deletion, redoneSteps, stepNamed, unknownStep } from './restart-extent.ts';
import { restartIteration } from './restart-iteration.ts';
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
  readonly skip?: true;
}

/** Takes a `RestartRun` command. */
export function restartRun(
  turn: Turn,
  command: Extract<CommandBody, { type: 'RestartRun' }>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  const found = findRun(turn, command.run);
  return found.ok ? restartFrom(turn, found.value, { ...command, actor }) : found;
}

/** Starts a run again that is over and has no newer attempt, or within its loop an iteration that has ended. */
export function restartFrom(turn: Turn, run: RunState, wish: Restarting): Result<EntityId, readonly Refusal[]> {
  if (run.path !== undefined) return restartIteration(turn, run, wish);
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
  const id = newAttempt(turn, run, {
    cause,
    ...given.value,
    ...(again === undefined ? {} : { only: [...redone] }),
    ...(wish.behind === true ? ({ behind: true } as const) : {}),
    ...queueTimeoutOf(definition, cause, turn.circumstances.now),
  });
  keepSteps(turn, id, { run, redone, resumes: resumedSteps(definition, from) });
  if (wish.skip === true && again !== undefined) turn.emit(id, { type: 'StepSkipped', step: again, actor });
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

function newAttempt(
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

/** How many of the first steps go on with what they had begun: all but those under `finally`, or none. */
function resumedSteps({ steps }: Definition, from: RestartFrom | undefined): number {
  return from?.kind === 'INCOMPLETE' ? steps.length : 0;
}

/** Keeps what is not done anew; of the first `resumes` steps, also how far the loops and workflows among them had come. */
function keepSteps(
  turn: Turn,
  id: EntityId,
  kept: { readonly run: RunState; readonly redone: ReadonlySet<number>; readonly resumes: number },
): void {
  for (const [step, state] of kept.run.steps.entries()) {
    const keptFrom = state.keptFrom ?? kept.run.attempt;
    if (!kept.redone.has(step)) {
      if (isComplete(state.status)) turn.emit(id, { type: 'StepKept', step, state: whole(state, keptFrom) });
    } else if (step < kept.resumes && hasPart(state)) {
      const { loop, child, awaiting } = state;
      const part = {
        ...(loop === undefined ? {} : { loop }),
        ...(child === undefined ? {} : { child }),
        ...(awaiting === undefined ? {} : { awaiting }),
      };
      turn.emit(id, {
        type: 'StepKept',
        step,
        state: { status: 'NOT_CREATED', outputs: [], artifacts: [], keptFrom, ...part },
      });
    }
  }
}

/** Whether a step that is not complete has come far enough for something of it to be kept. */
function hasPart({ loop, child, awaiting }: RunState['steps'][number]): boolean {
  const hasFound = awaiting?.signals.some(({ found }) => found !== undefined) === true;
  return loop !== undefined || child?.run !== undefined || hasFound;
}

/** A step as it ended, for a run that keeps it. */
export function whole(state: RunState['steps'][number], keptFrom: number): KeptStep {
  const { attempts: _, wakeAt: __, breakpoint: ___, ...ended } = state;
  return { ...ended, keptFrom };
}
