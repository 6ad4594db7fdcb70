// Typed, readable ids: `workflow:penguins`, `run:penguins/12.1`, `step:penguins/12/train`, …
// Inside, a run's id always names its attempt; outside, the newest attempt goes without (contract, "Ids").

import { invariant } from './result.ts';

/** Identifies an entity of the core, and names its kind before the colon. */
export type EntityId = string & { readonly entity: unique symbol };

/** The kinds of entity that live in a partition. */
export type EntityKind = 'workflow' | 'queue' | 'run' | 'trigger' | 'signalType' | 'signal';

/** The place of a run: its number never repeats in a workflow, a restart raises its attempt. */
export interface RunPlace {
  readonly workflowId: string;
  readonly number: number;
  readonly attempt: number;
}

/** Id of a workflow's entity. */
export function workflowEntity(workflowId: string): EntityId {
  return `workflow:${workflowId}` as EntityId;
}

/** Id of the queue that admits a workflow's runs. */
export function queueEntity(workflowId: string): EntityId {
  return `queue:${workflowId}` as EntityId;
}

/** Id of one attempt of a run. */
export function runEntity(place: RunPlace): EntityId {
  return `run:${place.workflowId}/${String(place.number)}.${String(place.attempt)}` as EntityId;
}

/** Id of a workflow's trigger, by the trigger's own name within the workflow. */
export function triggerEntity(workflowId: string, trigger: string): EntityId {
  return `trigger:${workflowId}/${trigger}` as EntityId;
}

/** Id of a signal name: its sequence and who listens. */
export function signalTypeEntity(name: string): EntityId {
  return `signalType:${name}` as EntityId;
}

/** Id of one published signal. */
export function signalEntity(ulid: string): EntityId {
  return `signal:${ulid}` as EntityId;
}

/** The kind that an entity's id names. */
export function kindOf(id: EntityId): EntityKind {
  return id.slice(0, id.indexOf(':')) as EntityKind;
}

/** The part of an entity's id behind the colon. */
export function nameOf(id: EntityId): string {
  return id.slice(id.indexOf(':') + 1);
}

/** Reads `penguins/12` or `penguins/12.1`; without an attempt, `attempt` is undefined. Undefined if it is neither. */
export function parseRunName(
  name: string,
): { readonly workflowId: string; readonly number: number; readonly attempt: number | undefined } | undefined {
  const match = /^([^/]+)\/([1-9][0-9]{0,14})(?:\.([1-9][0-9]{0,8}))?$/.exec(name);
  if (match?.[1] === undefined) return undefined;
  return {
    workflowId: match[1],
    number: Number(match[2]),
    attempt: match[3] === undefined ? undefined : Number(match[3]),
  };
}

/** The place that a run entity's id names. */
export function runPlaceOf(id: EntityId): RunPlace {
  const parsed = parseRunName(nameOf(id));
  invariant(parsed?.attempt !== undefined, `${id} is not the id of a run's attempt`);
  return { workflowId: parsed.workflowId, number: parsed.number, attempt: parsed.attempt };
}

/** The id of a step's attempt, stable over re-dispatch: what a step sees as `DOWNBEAT_ATTEMPT_ID`. */
export function attemptId(run: RunPlace, stepId: string, attempt: number): string {
  return `attempt:${run.workflowId}/${String(run.number)}.${String(run.attempt)}/${stepId}/${String(attempt)}`;
}

/**
 * The partition that holds an entity. Everything of one workflow lives together, everything of one signal name too.
 * FNV-1a over UTF-16 units: fixed for ever in `meta` (format 1).
 */
export function partitionOf(placement: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < placement.length; index++) {
    hash ^= placement.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % partitions;
}
