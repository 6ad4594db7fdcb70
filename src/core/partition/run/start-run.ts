// Making a run: from a person, a restart, a tick or a signal. One way for all, so that all obey the same strategy.

import { graphOf } from '../../definition/graph.ts';
import { type Entry } from '../../json.ts';
import { queueEntity, runEntity, workflowEntity, type EntityId } from '../../ids.ts';
import { resolveParams } from '../../params/resolve-params.ts';
import { type TypedEntry } from '../../params/typed-entry.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { type RunCause } from '../../run/state.ts';
import { type Instant } from '../../time.ts';
import { pickedVersion, versionOf } from '../../workflow/workflow.ts';
import { type CommandBody } from '../command.ts';
import { enterQueue } from './enter-queue.ts';
import { declaredFor, takenOver } from './open-params.ts';
import { startOccasion } from './param-occasion.ts';
import { queueTimeoutOf } from './queue-timeout.ts';
import { type Turn } from '../turn.ts';
import { deletedWorkflow } from '../workflow/unknown-workflow.ts';
import { noWorkflow } from '../workflow/workflow-set-aside.ts';

/** What a new run is made from. */
export interface NewRun {
  readonly workflowId: string;
  /** The active version if not given. */
  readonly version?: number | undefined;
  /** In place of a number: the newest, or the active one and without that the newest. */
  readonly pick?: 'latest' | 'default' | undefined;
  readonly params: readonly TypedEntry[];
  /** What another workflow hands down; taken as far as this one has a use for it. */
  readonly inherited?: readonly TypedEntry[] | undefined;
  readonly labels: readonly Entry<string>[];
  readonly cause: RunCause;
  readonly scheduledFor?: Instant | undefined;
}

/** Takes a `StartRun` command. */
export function startRun(
  turn: Turn,
  command: Extract<CommandBody, { type: 'StartRun' }>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  return createRun(turn, { ...command, cause: { kind: 'MANUAL', actor } });
}

/** Puts a new run into its workflow's queue, or says what does not fit. */
export function createRun(turn: Turn, wanted: NewRun): Result<EntityId, readonly Refusal[]> {
  const workflow = turn.read('workflow', workflowEntity(wanted.workflowId));
  const queue = turn.read('queue', queueEntity(wanted.workflowId));
  if (workflow === undefined || queue === undefined) return failed([noWorkflow(turn, wanted.workflowId)]);
  if (workflow.deleted !== undefined) return failed([deletedWorkflow(workflow)]);
  const version = versionOf(workflow, wanted.version ?? pickedVersion(workflow, wanted.pick));
  if (version === undefined) return failed([unknownVersion(wanted, workflow.versions.length)]);
  const definition = turn.definition(version.definition);
  if (definition === undefined) return failed([]);
  const place = { workflowId: wanted.workflowId, number: queue.last + 1, attempt: 1 };
  const occasion = startOccasion(turn, definition, {
    ...place,
    cause: wanted.cause,
    scheduledFor: wanted.scheduledFor,
  });
  const given = [...takenOver(definition, wanted.inherited ?? [], wanted.params), ...wanted.params];
  const params = resolveParams(declaredFor(definition, given), given, occasion);
  if (!params.ok) return params;
  const run = runEntity(place);
  turn.create(run, {
    type: 'RunCreated',
    ...place,
    version: version.version,
    definition: version.definition,
    params: params.value,
    labels: [
      ...definition.labels.filter(({ name }) => wanted.labels.every((own) => own.name !== name)),
      ...wanted.labels,
    ],
    cause: wanted.cause,
    stepCount: graphOf(definition).steps.length,
    ...queueTimeoutOf(definition, wanted.cause, turn.circumstances.now),
    ...(wanted.scheduledFor === undefined ? {} : { scheduledFor: wanted.scheduledFor }),
  });
  turn.emit(queueEntity(wanted.workflowId), {
    type: 'RunQueued',
    number: place.number,
    attempt: 1,
    ...asBackfill(wanted.cause),
  });
  enterQueue(turn, run);
  return success(run);
}

/** A run of a backfill waits behind all others. */
function asBackfill(cause: RunCause): { readonly behind?: true } {
  return cause.kind === 'BACKFILL' ? { behind: true } : {};
}

function unknownVersion(wanted: NewRun, versions: number): Refusal {
  return wanted.version === undefined
    ? {
        code: 'ACTION_NOT_ALLOWED',
        message: `No version of "${wanted.workflowId}" is active.`,
        path: ['workflowId'],
        hint: `Name a version from 1 to ${String(versions)}, or apply one with \`activate: true\`.`,
        status: 'INACTIVE',
        allowed: [],
      }
    : {
        code: 'NOT_FOUND',
        message: `"${wanted.workflowId}" has no version ${String(wanted.version)}; its newest is ${String(versions)}.`,
        path: ['version'],
        hint: `Name a version from 1 to ${String(versions)}.`,
      };
}
