// A new version of a workflow, and its triggers with it: armed when it is activated, disarmed when they are gone.

import { type Definition, type TriggerDefinition } from '../definition/model.ts';
import { type EntityId, partitionOf, queueEntity, triggerEntity, workflowEntity } from '../ids.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { ticksAfter } from '../trigger/schedule.ts';
import { listensTo, type TriggerState } from '../trigger/trigger.ts';
import { type WorkflowState } from '../workflow/workflow.ts';
import { type CommandBody, type Outcome } from './command.ts';
import { unknownWorkflow } from './start-run.ts';
import { type Turn } from './turn.ts';

type Applied = Extract<Outcome, { type: 'Applied' }>;

/** Takes an `ApplyWorkflow` command. The same content is the same version. */
export function applyWorkflow(
  turn: Turn,
  command: Extract<CommandBody, { type: 'ApplyWorkflow' }>,
  actor: string,
): Result<Applied, readonly Refusal[]> {
  const { workflowId } = command;
  const id = workflowEntity(workflowId);
  const before = turn.read('workflow', id);
  const versions = before?.versions ?? [];
  const newest = versions.length;
  const { expectedVersion = newest } = command;
  if (expectedVersion !== newest) return failed([conflict(workflowId, expectedVersion, newest)]);
  const definition = turn.definition(command.definition);
  if (definition === undefined) return failed([]);
  const known = versions.findLast((version) => version.definition === command.definition);
  const version = known?.version ?? newest + 1;
  if (known === undefined) addVersion(turn, definition, { version, definition: command.definition, by: actor });
  openQueue(turn, definition);
  if (command.activate && before?.active !== version) activate(turn, definition, version);
  return success({ type: 'Applied', workflowId, version, changed: known === undefined });
}

/** A workflow has its queue from the first version on; activating another changes how many it lets in. */
function openQueue(turn: Turn, definition: Definition): void {
  const queue = queueEntity(definition.id);
  if (turn.read('queue', queue) !== undefined) return;
  turn.emit(queue, { type: 'QueueLimited', workflowId: definition.id, limit: limitOf(definition) });
}

function addVersion(
  turn: Turn,
  { id: workflowId, name, owner }: Definition,
  added: { readonly version: number; readonly definition: string; readonly by: string },
): void {
  turn.emit(workflowEntity(workflowId), {
    type: 'VersionApplied',
    workflowId,
    ...added,
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner }),
  });
}

/** Takes a `PauseTriggers` or `ResumeTriggers` command. Repeating it changes nothing. */
export function setTriggersPaused(
  turn: Turn,
  workflowId: string,
  paused: boolean,
): Result<EntityId, readonly Refusal[]> {
  const id = workflowEntity(workflowId);
  const workflow = turn.read('workflow', id);
  if (workflow === undefined) return failed([unknownWorkflow(workflowId)]);
  if (workflow.triggersPaused === paused) return success(id);
  turn.emit(id, { type: paused ? 'TriggersPaused' : 'TriggersResumed' });
  for (const name of workflow.triggers) {
    turn.emit(triggerEntity(workflowId, name), { type: paused ? 'TriggerPaused' : 'TriggerResumed' });
  }
  return success(id);
}

function activate(turn: Turn, definition: Definition, version: number): void {
  const workflowId = definition.id;
  const workflow = turn.read('workflow', workflowEntity(workflowId));
  const queue = turn.read('queue', queueEntity(workflowId));
  if (workflow === undefined) return;
  const limit = limitOf(definition);
  if (queue !== undefined && queue.limit !== limit) {
    turn.emit(queueEntity(workflowId), { type: 'QueueLimited', workflowId, limit });
    turn.follow(queueEntity(workflowId));
  }
  const names = definition.triggers.map((trigger) => trigger.name);
  turn.emit(workflowEntity(workflowId), { type: 'VersionActivated', version, triggers: names });
  const left = workflow.triggers.filter((name) => !names.includes(name));
  const unheard = [
    ...left.flatMap((name) => disarm(turn, triggerEntity(workflowId, name))),
    ...definition.triggers.flatMap((trigger) => arm(turn, workflow, trigger, version)),
  ];
  // A trigger that was renamed or moved listens again already; it is not among the listeners of the memory yet.
  const heard = new Set(definition.triggers.flatMap((trigger) => (trigger.kind === 'signal' ? [trigger.signal] : [])));
  for (const name of new Set(unheard)) if (!heard.has(name)) endInterest(turn, name);
}

/** Arms one trigger; answers the signal name that it no longer listens to, if that changed. */
function arm(turn: Turn, workflow: WorkflowState, definition: TriggerDefinition, version: number): readonly string[] {
  const { workflowId } = workflow;
  const id = triggerEntity(workflowId, definition.name);
  const before = turn.read('trigger', id);
  const nextFire = firstTick(before, definition, turn.circumstances.now);
  turn.emit(id, {
    type: 'TriggerArmed',
    workflowId,
    definition,
    version,
    paused: workflow.triggersPaused,
    ...(nextFire === undefined ? {} : { nextFire }),
  });
  const old = before === undefined ? undefined : listensTo(before);
  const now = definition.kind === 'signal' ? definition.signal : undefined;
  if (now !== undefined && turn.read('trigger', id)?.listeningSince === undefined) {
    turn.send(partitionOf(now, turn.circumstances.partitions), { type: 'Subscribe', name: now, trigger: id });
  }
  return old !== undefined && old !== now ? [old] : [];
}

function disarm(turn: Turn, id: EntityId): readonly string[] {
  const trigger = turn.read('trigger', id);
  if (trigger?.armed !== true) return [];
  const name = listensTo(trigger);
  turn.emit(id, { type: 'TriggerDisarmed' });
  return name === undefined ? [] : [name];
}

/** Tells a signal name that nobody here listens any more, if so. */
function endInterest(turn: Turn, name: string): void {
  const left = turn.listeners(name).filter((id) => {
    const trigger = turn.read('trigger', id);
    return trigger !== undefined && listensTo(trigger) === name;
  });
  if (left.length === 0) turn.send(partitionOf(name, turn.circumstances.partitions), { type: 'Unsubscribe', name });
}

/** A schedule that did not change keeps its place; a changed one begins from now, so that no edit fires the past again. */
function firstTick(before: TriggerState | undefined, definition: TriggerDefinition, now: number): number | undefined {
  if (definition.kind !== 'cron') return undefined;
  const old = before?.armed === true && before.definition.kind === 'cron' ? before.definition : undefined;
  if (old?.cron === definition.cron && old.timezone === definition.timezone) return before?.nextFire;
  return ticksAfter(definition.cron, definition.timezone, now, 1)[0];
}

function limitOf({ runStrategy }: Definition): number {
  return runStrategy.kind === 'parallel' ? runStrategy.limit : 1;
}

function conflict(workflowId: string, expected: number, newest: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    message:
      newest === 0
        ? `"${workflowId}" does not exist yet, so its newest version is not ${String(expected)}.`
        : `The newest version of "${workflowId}" is ${String(newest)}, not ${String(expected)}: someone applied another meanwhile.`,
    path: ['expectedVersion'],
    hint: 'Look at what changed, then apply again with the current version as `expectedVersion`.',
    currentVersion: newest,
  };
}
