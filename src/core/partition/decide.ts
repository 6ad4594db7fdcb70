// All rules begin here: a command and what the partition knows → what happens, or why not, or what must be loaded first.

import { type EntityId, kindOf, runEntity, workflowEntity } from '../ids.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { takeHostsLost, takeReport, takeTime } from '../run/outcome.ts';
import { progress } from '../run/progress.ts';
import { isTerminalRun, type ParentStep, type RunState } from '../run/state.ts';
import { type RunWork } from '../run/work.ts';
import { setAside } from './aim.ts';
import { activateVersion, applyWorkflow, setTriggersPaused } from './apply-workflow.ts';
import { type Circumstances, type Command, type Outcome } from './command.ts';
import { childAccepted, childRefused, startChild, takeChildEnded, takeStopChild } from './children.ts';
import { killRun, setRunPaused, stopRun, unblockWorkflow } from './control-run.ts';
import { retryStep, skipStep } from './control-step.ts';
import { admit } from './enter-queue.ts';
import { type Message } from './message.ts';
import { publishSignals } from './publish-signals.ts';
import { restartRun } from './restart-run.ts';
import { rejoin, withRun } from './runs.ts';
import { judgeSignal, subscribe, subscribed, takeVerdicts, unsubscribe } from './signals.ts';
import { startRun } from './start-run.ts';
import { takeTicks } from './ticks.ts';
import { workflowSetAside } from './workflow-set-aside.ts';
import { type Gathered, type Memory, type Needs } from './gathering.ts';
import { openTurn, type OpenTurn, type Turn } from './turn.ts';

/** What a command comes to. */
export type Decision =
  | { readonly kind: 'COMMIT'; readonly gathered: Gathered; readonly outcome: Outcome | undefined }
  | { readonly kind: 'REFUSED'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'NEED'; readonly needs: Needs };

/** Decides a command. Pure: the same memory, command and circumstances give the same decision. */
export function decide(memory: Memory, command: Command, circumstances: Circumstances): Decision {
  const turn = openTurn(memory, circumstances);
  const outcome = take(turn, command);
  if (outcome.ok) settle(turn);
  const needs = turn.needs();
  if (needs !== undefined) return { kind: 'NEED', needs };
  if (!outcome.ok) return { kind: 'REFUSED', refusals: outcome.failure };
  return { kind: 'COMMIT', gathered: turn.gathered(), outcome: outcome.value };
}

function take(turn: OpenTurn, command: Command): Result<Outcome | undefined, readonly Refusal[]> {
  const { body, actor } = command;
  const reason = 'workflowId' in body ? turn.quarantine(workflowEntity(body.workflowId)) : undefined;
  if ('workflowId' in body && reason !== undefined) return failed([workflowSetAside(body.workflowId, reason)]);
  switch (body.type) {
    case 'ApplyWorkflow':
      return applyWorkflow(turn, body, actor);
    case 'ActivateVersion':
      return activateVersion(turn, body);
    case 'StartRun':
      return mapOutcome(startRun(turn, body, actor), (run) => ({ type: 'Started', run }));
    case 'StopRun':
      return mapOutcome(stopRun(turn, body.run, actor), done);
    case 'KillRun':
      return mapOutcome(killRun(turn, body.run, actor), done);
    case 'PauseRun':
      return mapOutcome(setRunPaused(turn, body.run, { paused: true, actor }), done);
    case 'ResumeRun':
      return mapOutcome(setRunPaused(turn, body.run, { paused: false, actor }), done);
    case 'RestartRun':
      return mapOutcome(restartRun(turn, body, actor), (run) => ({ type: 'Started', run }));
    case 'SkipStep':
      return mapOutcome(skipStep(turn, body, actor), done);
    case 'RetryStep':
      return mapOutcome(retryStep(turn, body, actor), done);
    case 'UnblockWorkflow':
      return mapOutcome(unblockWorkflow(turn, body.workflowId, actor), done);
    case 'PauseTriggers':
      return mapOutcome(setTriggersPaused(turn, body.workflowId, true), done);
    case 'ResumeTriggers':
      return mapOutcome(setTriggersPaused(turn, body.workflowId, false), done);
    case 'PublishSignals':
      return success({ type: 'Published', signals: publishSignals(turn, body.name, body.signals, actor) });
    case 'ReportAttempt':
      return reportAttempt(turn, runEntity(body.run), body.report);
    case 'Release':
      return mapOutcome(release(turn, body.entity), done);
    case 'Wake':
      turn.alone(body.entity, () => {
        wake(turn, body.entity);
      });
      return success(undefined);
    case 'HostsLost':
      turn.alone(body.entity, () => {
        withRun(turn, body.entity, (work) => {
          takeHostsLost(work, body.hosts, body.tokens);
        });
      });
      return success(undefined);
    case 'SetAside':
      setAside(turn, body.aim, body.reason);
      return success(undefined);
    case 'TakeMessage':
      takeMessage(turn, body.message, body.place.from);
      return success(undefined);
  }
}

function takeMessage(turn: Turn, message: Message, from: number): void {
  switch (message.type) {
    case 'Subscribe':
      subscribe(turn, message, from);
      return;
    case 'Unsubscribe':
      unsubscribe(turn, message.name, from);
      return;
    case 'Subscribed':
      subscribed(turn, message);
      return;
    case 'SignalArrived':
      judgeSignal(turn, message);
      return;
    case 'VerdictsReached':
      takeVerdicts(turn, message, from);
      return;
    case 'PublishFromStep':
      publishSignals(turn, message.name, message.signals, message.by);
      return;
    case 'StartChild':
      startChild(turn, message);
      return;
    case 'ChildAccepted':
      ofParent(turn, message, (work) => {
        childAccepted(work, message);
      });
      return;
    case 'ChildRefused':
      ofParent(turn, message, (work) => {
        childRefused(work, message);
      });
      return;
    case 'ChildEnded':
      ofParent(turn, message, (work) => {
        takeChildEnded(work, message);
      });
      return;
    case 'StopChild':
      takeStopChild(turn, message);
      return;
    case 'Continue':
      turn.follow(message.entity);
  }
}

/** Lets every entity that has something left to do come to rest. What does not fit into the commit goes on in the next. */
function settle(turn: OpenTurn): void {
  for (let next = turn.pending.shift(); next !== undefined; next = turn.pending.shift()) {
    const entity = next;
    if (turn.isFull()) turn.send(turn.circumstances.partition, { type: 'Continue', entity });
    else {
      turn.alone(entity, () => {
        if (kindOf(entity) === 'queue') admit(turn, entity);
        else withRun(turn, entity, progress);
      });
    }
  }
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
  if (kindOf(entity) === 'run') rejoin(turn, entity);
  return success(entity);
}

function ofParent(turn: Turn, { parent }: { readonly parent: ParentStep }, act: (work: RunWork) => void): void {
  turn.alone(parent.run, () => {
    withRun(turn, parent.run, act);
  });
}

function wake(turn: Turn, entity: EntityId): void {
  if (kindOf(entity) === 'trigger') takeTicks(turn, entity);
  else if (kindOf(entity) === 'run') withRun(turn, entity, takeTime);
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

function done(entity: EntityId): Outcome {
  return { type: 'Done', entity };
}

function mapOutcome<T>(
  result: Result<T, readonly Refusal[]>,
  outcome: (value: T) => Outcome,
): Result<Outcome, readonly Refusal[]> {
  return result.ok ? success(outcome(result.value)) : result;
}
