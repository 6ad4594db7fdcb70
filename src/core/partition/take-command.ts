// What each command does: one line for each there is.

import { type EntityId, kindOf, runEntity, workflowEntity } from '../ids.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { takeHostsLost, takeReport } from '../run/outcome.ts';
import { isTerminalRun, type RunState } from '../run/state.ts';
import { setAside } from './aim.ts';
import { applyTemplate } from './workflow/apply-template.ts';
import { activateVersion, applyWorkflow, setTriggersPaused } from './workflow/apply-workflow.ts';
import { expireBackfill, takeBackfill } from './backfill/backfills.ts';
import { bypassSignals } from './signal/bypass-signals.ts';
import { type Command, type CommandBody, type Outcome } from './command.ts';
import { killRun, setRunPaused, stopRun, unblockWorkflow } from './run/control-run.ts';
import { resumeStep, retryStep, skipStep } from './run/control-step.ts';
import { deleteWorkflow } from './workflow/delete-workflow.ts';
import { forkRun } from './run/fork-run.ts';
import { takeAbsence } from './trigger/absence.ts';
import { wakeBucket } from './trigger/join-signals.ts';
import { resetTrigger } from './trigger/pending-signals.ts';
import { askAgain } from './pool/permits.ts';
import { applyPool, deletePool } from './pool/pools.ts';
import { takeRunTime } from './run/queue-timeout.ts';
import { restartRun } from './run/restart-run.ts';
import { rejoin, withRun } from './run/runs.ts';
import { clearBreakpoint, setBreakpoint } from './workflow/set-breakpoint.ts';
import { takeSignalCommand } from './signal/signal-commands.ts';
import { startRun } from './run/start-run.ts';
import { takeMessage } from './take-message.ts';
import { takeTicks } from './trigger/ticks.ts';
import { type Turn } from './turn.ts';
import { updateWorkflow } from './workflow/update-workflow.ts';
import { waitAgain } from './signal/waits.ts';
import { workflowSetAside } from './workflow/workflow-set-aside.ts';

/** Who asked, and why if they said so. */
type Asker = Pick<Command, 'actor' | 'reason'>;

type Taken = Result<Outcome | undefined, readonly Refusal[]>;

/** How a command of each type is taken. */
type Takers = {
  readonly [T in CommandBody['type']]: (
    turn: Turn,
    body: Extract<CommandBody, { readonly type: T }>,
    asker: Asker,
  ) => Taken;
};

const TAKERS: Takers = {
  ApplyWorkflow: (turn, body, { actor }) => applyWorkflow(turn, body, actor),
  ApplyTemplate: (turn, body, { actor }) => applyTemplate(turn, body, actor),
  ActivateVersion: activateVersion,
  UpdateWorkflow: (turn, body, { actor }) => done(updateWorkflow(turn, body, actor)),
  DeleteWorkflow: (turn, body, { actor }) => done(deleteWorkflow(turn, body, actor)),
  UnblockWorkflow: (turn, body, { actor }) => done(unblockWorkflow(turn, body.workflowId, actor)),
  SetBreakpoint: (turn, { workflowId, place }, { actor }) => done(setBreakpoint(turn, workflowId, { place, actor })),
  ClearBreakpoint: (turn, { workflowId, place }, { actor }) =>
    done(clearBreakpoint(turn, workflowId, { place, actor })),

  StartRun: (turn, body, { actor }) => started(startRun(turn, body, actor)),
  RestartRun: (turn, body, { actor }) => started(restartRun(turn, body, actor)),
  ForkRun: (turn, body, { actor }) => started(forkRun(turn, body, actor)),
  StopRun: (turn, body, { actor }) => done(stopRun(turn, body.run, actor)),
  KillRun: (turn, body, { actor }) => done(killRun(turn, body.run, actor)),
  PauseRun: (turn, body, { actor }) => done(setRunPaused(turn, body.run, { paused: true, actor })),
  ResumeRun: (turn, body, { actor }) => done(setRunPaused(turn, body.run, { paused: false, actor })),

  SkipStep: (turn, body, { actor }) => done(skipStep(turn, body, actor)),
  RetryStep: (turn, body, { actor }) => done(retryStep(turn, body, actor)),
  ResumeStep: (turn, body, { actor }) => done(resumeStep(turn, body, actor)),
  BypassSignals: (turn, body, asker) => done(bypassSignals(turn, body, asker)),
  ReportAttempt: (turn, body) => reportAttempt(turn, runEntity(body.run), body.report),

  PauseTriggers: (turn, body) => done(setTriggersPaused(turn, body.workflowId, true)),
  ResumeTriggers: (turn, body) => done(setTriggersPaused(turn, body.workflowId, false)),
  ResetTrigger: (turn, body, asker) => done(resetTrigger(turn, body, asker)),

  PublishSignals: (turn, body, { actor }) => takeSignalCommand(turn, body, actor),
  ApplySignalType: (turn, body, { actor }) => takeSignalCommand(turn, body, actor),
  KeepRefused: (turn, body, { actor }) => takeSignalCommand(turn, body, actor),
  Republish: (turn, body, { actor }) => takeSignalCommand(turn, body, actor),
  Dismiss: (turn, body, { actor }) => takeSignalCommand(turn, body, actor),

  PlanBackfill: (turn, body, { actor }) => done(takeBackfill(turn, body, actor)),
  ApplyBackfill: (turn, body, { actor }) => done(takeBackfill(turn, body, actor)),
  PauseBackfill: (turn, body, { actor }) => done(takeBackfill(turn, body, actor)),
  ResumeBackfill: (turn, body, { actor }) => done(takeBackfill(turn, body, actor)),
  CancelBackfill: (turn, body, { actor }) => done(takeBackfill(turn, body, actor)),
  RetryBackfill: (turn, body, { actor }) => done(takeBackfill(turn, body, actor)),

  ApplyPool: (turn, body, { actor }) => applyPool(turn, body, actor),
  DeletePool: (turn, body, { actor }) => done(deletePool(turn, body.pool, actor)),

  Release: (turn, body) => done(release(turn, body.entity)),
  Wake: (turn, body) => {
    turn.alone(body.entity, () => {
      wake(turn, body.entity);
    });
    return success(undefined);
  },
  HostsLost: (turn, body) => {
    turn.alone(body.entity, () => {
      withRun(turn, body.entity, (work) => {
        takeHostsLost(work, body.hosts, body.tokens);
      });
    });
    return success(undefined);
  },
  SetAside: (turn, body) => {
    setAside(turn, body.aim, body.reason);
    return success(undefined);
  },
  TakeMessage: (turn, body) => {
    takeMessage(turn, body.message, body.place.from);
    return success(undefined);
  },
};

/** Takes a command: what it comes to, or why not. Nothing is asked of a workflow that is set aside. */
export function takeCommand(turn: Turn, { body, actor, reason }: Command): Taken {
  const quarantine = 'workflowId' in body ? turn.quarantine(workflowEntity(body.workflowId)) : undefined;
  if ('workflowId' in body && quarantine !== undefined) return failed([workflowSetAside(body.workflowId, quarantine)]);
  // The table has each function under the type of its own command, which the compiler cannot follow through the look-up.
  const taker = TAKERS[body.type] as (turn: Turn, body: CommandBody, asker: Asker) => Taken;
  return taker(turn, body, { actor, ...(reason === undefined ? {} : { reason }) });
}

/**
 * Lets an entity take part again that was set aside. What it missed is not made up for, but for the end of iterations; timers
 * and hosts are looked at anew.
 */
function release(turn: Turn, entity: EntityId): Result<EntityId, readonly Refusal[]> {
  if (turn.quarantine(entity) === undefined) {
    return failed([{ code: 'NOT_FOUND', message: `"${entity}" is not set aside.`, path: ['id'] }]);
  }
  turn.emit(entity, { type: 'Released' });
  turn.follow(entity);
  if (kindOf(entity) === 'run') {
    rejoin(turn, entity);
    waitAgain(turn, entity);
    askAgain(turn, entity);
  }
  return success(entity);
}

function wake(turn: Turn, entity: EntityId): void {
  if (kindOf(entity) === 'trigger') {
    takeTicks(turn, entity);
    takeAbsence(turn, entity);
  } else if (kindOf(entity) === 'bucket') wakeBucket(turn, entity);
  else if (kindOf(entity) === 'backfill') expireBackfill(turn, entity);
  else if (kindOf(entity) === 'run') takeRunTime(turn, entity);
}

function reportAttempt(
  turn: Turn,
  id: EntityId,
  report: Parameters<typeof takeReport>[1],
): Result<Outcome, readonly Refusal[]> {
  const answers: (Refusal | undefined)[] = [];
  turn.alone(id, () => {
    withRun(turn, id, (work) => {
      answers.push(takeReport(work, report));
    });
  });
  const refusal = answers.length === 0 ? nobodyTakes(turn.read('run', id), id) : answers[0];
  return refusal === undefined ? success({ type: 'Done', entity: id }) : failed([refusal]);
}

/** The refusal of a report that no run takes: there is none, or it is over or set aside. */
function nobodyTakes(run: RunState | undefined, id: EntityId): Refusal {
  if (run === undefined) return { code: 'NOT_FOUND', message: `There is no run "${id}" to report to.`, path: ['run'] };
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Run "${id}" is ${isTerminalRun(run.status) ? 'over' : 'set aside'}; a report changes nothing.`,
    path: ['run'],
    status: run.status,
    allowed: [],
  };
}

function done(result: Result<EntityId, readonly Refusal[]>): Taken {
  return result.ok ? success({ type: 'Done', entity: result.value }) : result;
}

function started(result: Result<EntityId, readonly Refusal[]>): Taken {
  return result.ok ? success({ type: 'Started', run: result.value }) : result;
}
