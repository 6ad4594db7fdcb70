// Making a run: from a person, a restart, a tick or a signal. One way for all, so that all obey the same strategy.

import { type Entry } from '../json.ts';
import { queueEntity, runEntity, workflowEntity, type EntityId } from '../ids.ts';
import { resolveParams } from '../params/merge.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { type RunCause } from '../run/state.ts';
import { type Instant } from '../time.ts';
import { versionOf } from '../workflow/workflow.ts';
import { type CommandBody } from './command.ts';
import { type Turn } from './turn.ts';

/** What a new run is made from. */
export interface NewRun {
  readonly workflowId: string;
  /** The active version if not given. */
  readonly version?: number | undefined;
  readonly params: readonly Entry[];
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
  if (workflow === undefined || queue === undefined) return failed([unknownWorkflow(wanted.workflowId)]);
  const version = versionOf(workflow, wanted.version);
  if (version === undefined) return failed([unknownVersion(wanted, workflow.versions.length)]);
  const definition = turn.definition(version.definition);
  if (definition === undefined) return failed([]);
  const params = resolveParams(definition.params, wanted.params);
  if (!params.ok) return params;
  const place = { workflowId: wanted.workflowId, number: queue.last + 1, attempt: 1 };
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
    stepCount: definition.steps.length,
    ...(wanted.scheduledFor === undefined ? {} : { scheduledFor: wanted.scheduledFor }),
  });
  turn.emit(queueEntity(wanted.workflowId), { type: 'RunQueued', number: place.number, attempt: 1 });
  turn.follow(queueEntity(wanted.workflowId));
  return success(run);
}

/** The refusal for a workflow that is not there. */
export function unknownWorkflow(workflowId: string): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `There is no workflow "${workflowId}".`,
    path: ['workflowId'],
    hint: 'Apply its definition first: downbeat apply <file>.',
  };
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
