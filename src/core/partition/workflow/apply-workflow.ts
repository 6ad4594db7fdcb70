// A new version of a workflow, and its triggers with it: armed when it is activated, disarmed when they are gone.

import { armedTriggers } from '../../definition/armed-triggers.ts';
import { type Definition, type TriggerDefinition } from '../../definition/model.ts';
import { type EntityId, partitionOf, queueEntity, triggerEntity, workflowEntity } from '../../ids.ts';
import { type QueueState, type QueueStrategy } from '../../queue/queue.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { type Instant } from '../../time.ts';
import { isTimed } from '../../definition/is-timed.ts';
import { staysInactive } from '../../definition/maestro/stays-inactive.ts';
import { deadlineAfter } from '../../trigger/deadlines.ts';
import { fireAfter, isSameSchedule } from '../../trigger/fire-times.ts';
import { heardSince, listensTo, signalsOf } from '../../trigger/trigger.ts';
import { type VersionState, versionOf, type WorkflowState } from '../../workflow/workflow.ts';
import { type CommandBody, type Outcome } from '../command.ts';
import { carryPending, dropPending, retryStuck } from '../trigger/pending-signals.ts';
import { leaveOutDue } from '../trigger/ticks.ts';
import { type Turn } from '../turn.ts';
import { deletedWorkflow, unknownWorkflow } from './unknown-workflow.ts';

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
  const definition = turn.definition(command.definition);
  if (definition === undefined) return failed([]);
  const refusal = applyRefusal(turn, command, { newest, definition });
  if (refusal !== undefined) return failed([refusal]);
  const known = knownVersion(before, command.definition);
  const version = known?.version ?? newest + 1;
  if (known === undefined) addVersion(turn, definition, { version, definition: command.definition, by: actor });
  openQueue(turn, definition);
  if (activates(command, definition) && before?.active !== version) activate(turn, definition, version);
  return success({ type: 'Applied', workflowId, version, changed: known === undefined });
}

/** What was deleted begins again: a version of its own says so, also where the content is an old one. */
function knownVersion(workflow: WorkflowState | undefined, definition: string): VersionState | undefined {
  if (workflow?.deleted !== undefined) return undefined;
  return workflow?.versions.findLast((version) => version.definition === definition);
}

/** Takes an `ActivateVersion` command. Activating the active version changes nothing. */
export function activateVersion(
  turn: Turn,
  { workflowId, version: wanted }: Extract<CommandBody, { type: 'ActivateVersion' }>,
): Result<Applied, readonly Refusal[]> {
  const workflow = turn.read('workflow', workflowEntity(workflowId));
  if (workflow === undefined) return failed([unknownWorkflow(workflowId)]);
  if (workflow.deleted !== undefined) return failed([deletedWorkflow(workflow)]);
  const version = wanted ?? workflow.versions.length;
  const known = versionOf(workflow, version);
  if (known === undefined) return failed([unknownVersion(workflow, version)]);
  const changed = workflow.active !== version;
  if (!changed) return success({ type: 'Applied', workflowId, version, changed });
  const definition = turn.definition(known.definition);
  if (definition === undefined) return failed([]);
  const refusal = strategyRefusal(turn.read('queue', queueEntity(workflowId)), definition);
  if (refusal !== undefined) return failed([refusal]);
  activate(turn, definition, version);
  return success({ type: 'Applied', workflowId, version, changed });
}

function applyRefusal(
  turn: Turn,
  command: Extract<CommandBody, { type: 'ApplyWorkflow' }>,
  { newest, definition }: { readonly newest: number; readonly definition: Definition },
): Refusal | undefined {
  const { workflowId, expectedVersion } = command;
  if (expectedVersion !== undefined && expectedVersion !== newest) return conflict(workflowId, expectedVersion, newest);
  if (!activates(command, definition)) return undefined;
  return strategyRefusal(turn.read('queue', queueEntity(workflowId)), definition);
}

function activates({ activate: isWished }: { readonly activate: boolean }, definition: Definition): boolean {
  return isWished && !staysInactive(definition);
}

/** A workflow has its queue from the first version on; activating another changes how many it lets in. */
function openQueue(turn: Turn, definition: Definition): void {
  const queue = queueEntity(definition.id);
  if (turn.read('queue', queue) !== undefined) return;
  turn.emit(queue, { type: 'QueueLimited', workflowId: definition.id, ...admission(definition) });
}

function addVersion(
  turn: Turn,
  { id: workflowId, name, owner, labels }: Definition,
  added: { readonly version: number; readonly definition: string; readonly by: string },
): void {
  turn.emit(workflowEntity(workflowId), {
    type: 'VersionApplied',
    workflowId,
    ...added,
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner }),
    ...(labels.length === 0 ? {} : { labels }),
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
  if (workflow.deleted !== undefined) return failed([deletedWorkflow(workflow)]);
  if (workflow.triggersPaused !== paused) turn.emit(id, { type: paused ? 'TriggersPaused' : 'TriggersResumed' });
  for (const name of workflow.triggers) {
    const trigger = triggerEntity(workflowId, name);
    // A trigger can be paused by the definition alone, so each is asked.
    if (turn.read('trigger', trigger)?.paused === paused) continue;
    if (!paused) retryStuck(turn, trigger);
    turn.emit(trigger, { type: paused ? 'TriggerPaused' : 'TriggerResumed' });
  }
  return success(id);
}

function activate(turn: Turn, definition: Definition, version: number): void {
  const workflowId = definition.id;
  const workflow = turn.read('workflow', workflowEntity(workflowId));
  const queue = turn.read('queue', queueEntity(workflowId));
  if (workflow === undefined) return;
  const wanted = admission(definition);
  if (queue !== undefined && (queue.limit !== wanted.limit || queue.strategy !== wanted.strategy)) {
    turn.emit(queueEntity(workflowId), { type: 'QueueLimited', workflowId, ...wanted });
    turn.follow(queueEntity(workflowId));
  }
  const triggers = armedTriggers(definition.triggers);
  const names = triggers.map((trigger) => trigger.name);
  turn.emit(workflowEntity(workflowId), { type: 'VersionActivated', version, triggers: names });
  const left = workflow.triggers.filter((name) => !names.includes(name));
  const unheard = [
    ...left.flatMap((name) => disarm(turn, triggerEntity(workflowId, name))),
    ...triggers.flatMap((trigger) => arm(turn, workflow, trigger, version)),
  ];
  // A trigger that was renamed or moved listens again already; it is not among the listeners of the memory yet.
  const heard = new Set(triggers.flatMap(signalsOf));
  for (const name of new Set(unheard)) if (!heard.has(name)) endInterest(turn, name);
}

/** Arms one trigger; answers the signal names that it no longer listens to. */
function arm(turn: Turn, workflow: WorkflowState, definition: TriggerDefinition, version: number): readonly string[] {
  const { workflowId } = workflow;
  const id = triggerEntity(workflowId, definition.name);
  const before = turn.read('trigger', id);
  const nextFire = placeOnCalendar(turn, id, definition);
  carryPending(turn, id, definition);
  turn.emit(id, {
    type: 'TriggerArmed',
    workflowId,
    definition,
    version,
    paused: workflow.triggersPaused || 'paused' in definition,
    ...(nextFire === undefined ? {} : { nextFire }),
  });
  const old = before === undefined ? [] : listensTo(before);
  const now = signalsOf(definition);
  const after = turn.read('trigger', id);
  for (const name of now) {
    if (after !== undefined && heardSince(after, name) !== undefined) continue;
    turn.send(partitionOf(name, turn.circumstances.partitions), { type: 'Subscribe', name, trigger: id });
  }
  return old.filter((name) => !now.includes(name));
}

/** A schedule that did not change keeps its place; a changed one begins from now, so that no edit fires the past again. */
function placeOnCalendar(turn: Turn, id: EntityId, definition: TriggerDefinition): Instant | undefined {
  const before = turn.read('trigger', id);
  // What a definition had paused is not caught up on: it begins from now.
  const wasOn = before?.armed === true && !('paused' in before.definition);
  if (wasOn && isSameSchedule(before.definition, definition)) return before.nextFire;
  leaveOutDue(turn, id);
  if (definition.kind === 'expected') return deadlineAfter(definition, turn.circumstances.now);
  return isTimed(definition) ? fireAfter(definition, turn.circumstances.now) : undefined;
}

function disarm(turn: Turn, id: EntityId): readonly string[] {
  const trigger = turn.read('trigger', id);
  if (trigger?.armed !== true) return [];
  const names = listensTo(trigger);
  leaveOutDue(turn, id);
  dropPending(turn, id, 'The trigger was taken out of the workflow.');
  turn.emit(id, { type: 'TriggerDisarmed' });
  return names;
}

/** Disarms every trigger of a workflow. */
export function disarmAll(turn: Turn, { workflowId, triggers }: WorkflowState): void {
  const unheard = triggers.flatMap((name) => disarm(turn, triggerEntity(workflowId, name)));
  for (const name of new Set(unheard)) endInterest(turn, name);
}

/** Tells a signal name that nobody here listens any more, if so. */
function endInterest(turn: Turn, name: string): void {
  if (turn.listeners(name).length === 0)
    turn.send(partitionOf(name, turn.circumstances.partitions), { type: 'Unsubscribe', name });
}

/** What a strategy means for the queue. */
function admission({ runStrategy }: Definition): { readonly limit: number; readonly strategy?: QueueStrategy } {
  switch (runStrategy.kind) {
    case 'parallel':
      return { limit: runStrategy.limit };
    case 'sequential':
      return { limit: 1 };
    case 'strict-sequential':
    case 'first-only':
    case 'last-only':
    case 'latest-only':
      return { limit: 1, strategy: runStrategy.kind };
  }
}

/** Under these strategies at most one run is wanted, so those that are there must be over first (maestro-behaviour §1.4). */
export function strategyRefusal(queue: QueueState | undefined, definition: Definition): Refusal | undefined {
  const { kind } = definition.runStrategy;
  if (queue === undefined || queue.strategy === kind || (kind !== 'first-only' && kind !== 'last-only'))
    return undefined;
  const waiting = queue.waiting.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const going = queue.running.length + waiting;
  if (going < 2) return undefined;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `${String(going)} runs of "${definition.id}" are not over, and under the strategy ${kind} there may be one.`,
    path: ['runStrategy'],
    hint: 'Wait for them or stop them, then apply again; or apply without activating.',
    status: 'ACTIVE',
    allowed: [],
  };
}

function unknownVersion({ workflowId, versions }: WorkflowState, version: number): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `"${workflowId}" has no version ${String(version)}; its newest is ${String(versions.length)}.`,
    path: ['version'],
    hint: 'Leave the version out for the newest, or see all of them under `versions` of the workflow.',
  };
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
