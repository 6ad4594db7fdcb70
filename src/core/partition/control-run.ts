// Stopping a run and starting it again.

import { type EntityId, queueEntity, runEntity, type RunPlace } from '../ids.ts';
import { resolveParams } from '../params/merge.ts';
import { newestAttempt } from '../queue/queue.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { firstCause, isTerminalRun, type RunState } from '../run/state.ts';
import { type CommandBody, type RunTarget } from './command.ts';
import { type Turn } from './turn.ts';

/** Takes a `StopRun` command. A run that is ending already is answered as done. */
export function stopRun(
  turn: Turn,
  command: Extract<CommandBody, { type: 'StopRun' }>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  const found = findRun(turn, command.run);
  if (!found.ok) return found;
  const run = found.value;
  const id = runEntity(run);
  if (isTerminalRun(run.status)) return failed([notAllowed(run, 'stop', ['RESTART'])]);
  if (run.status === 'QUEUED') {
    turn.emit(id, { type: 'RunEnding', status: 'STOPPED', actor });
    turn.emit(id, { type: 'RunEnded', status: 'STOPPED' });
    turn.emit(queueEntity(run.workflowId), { type: 'RunLeft', number: run.number, attempt: run.attempt });
    turn.follow(queueEntity(run.workflowId));
  } else if (run.ending === undefined) {
    turn.emit(id, { type: 'RunEnding', status: 'STOPPED', actor });
    turn.follow(id);
  }
  return success(id);
}

/** Takes a `RestartRun` command: a new attempt of an ended run, from its beginning, on the version it ran before. */
export function restartRun(
  turn: Turn,
  command: Extract<CommandBody, { type: 'RestartRun' }>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  const found = findRun(turn, command.run);
  if (!found.ok) return found;
  const run = found.value;
  if (!isTerminalRun(run.status)) return failed([notAllowed(run, 'restart', ['STOP'])]);
  if (run.superseded) return failed([superseded(run)]);
  const definition = turn.definition(run.definition);
  if (definition === undefined) return failed([]);
  const kept = run.params.filter(({ name }) => command.params.every((given) => given.name !== name));
  const params = resolveParams(definition.params, [...kept, ...command.params]);
  if (!params.ok) return params;
  const place = { workflowId: run.workflowId, number: run.number, attempt: run.attempt + 1 };
  turn.emit(runEntity(run), { type: 'RunSuperseded' });
  turn.create(runEntity(place), {
    type: 'RunCreated',
    ...place,
    version: run.version,
    definition: run.definition,
    params: params.value,
    labels: run.labels,
    cause: { kind: 'RESTART', actor, attempt: run.attempt, of: firstCause(run.cause) },
    stepCount: run.steps.length,
    ...(run.scheduledFor === undefined ? {} : { scheduledFor: run.scheduledFor }),
  });
  turn.emit(queueEntity(run.workflowId), { type: 'RunQueued', number: place.number, attempt: place.attempt });
  turn.follow(queueEntity(run.workflowId));
  return success(runEntity(place));
}

/** The run that is meant, or why there is none. */
export function findRun(turn: Turn, target: RunTarget): Result<RunState, readonly Refusal[]> {
  const queue = turn.read('queue', queueEntity(target.workflowId));
  const attempt = target.attempt ?? (queue === undefined ? undefined : newestAttempt(queue, target.number));
  if (attempt === undefined) return failed([unknownRun(target)]);
  const id = runEntity({ ...target, attempt });
  const reason = turn.quarantine(id);
  if (reason !== undefined) return failed([setAside(id, reason)]);
  const run = turn.read('run', id);
  return run === undefined ? failed([unknownRun(target)]) : success(run);
}

function setAside(id: EntityId, reason: string): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `An error in Downbeat set this run aside, so that everything else could go on: ${reason}`,
    path: ['runId'],
    hint: `Please report the error. When it is mended, release the run: downbeat release ${id}.`,
    status: 'QUARANTINED',
    allowed: [],
  };
}

function unknownRun({ workflowId, number, attempt }: RunTarget): Refusal {
  const name = `${workflowId}/${String(number)}${attempt === undefined ? '' : `.${String(attempt)}`}`;
  return {
    code: 'NOT_FOUND',
    message: `There is no run "${name}".`,
    path: ['runId'],
    hint: `See which there are: downbeat runs --workflow ${workflowId}.`,
  };
}

function notAllowed(run: RunState, action: string, allowed: readonly string[]): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Run ${nameOfRun(run)} is ${run.status}, so there is nothing to ${action}.`,
    path: ['runId'],
    hint: allowed.includes('STOP') ? 'Stop it first, or wait for its end.' : 'To run it again, restart it.',
    status: run.status,
    allowed,
  };
}

function superseded(run: RunState): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Attempt ${String(run.attempt)} of run ${run.workflowId}/${String(run.number)} was restarted already.`,
    path: ['runId'],
    hint: `Restart the newest attempt: ${run.workflowId}/${String(run.number)}.`,
    status: run.status,
    allowed: [],
  };
}

function nameOfRun(run: RunPlace): string {
  return `${run.workflowId}/${String(run.number)}`;
}
