// Typed, readable ids: `workflow:penguins`, `run:penguins/12.1`, `step:penguins/12/train`, …
// Inside, a run's id always names its attempt; outside, the newest attempt goes without (contract, "Ids").

import { invariant } from './result.ts';

/** Identifies an entity of the core, and names its kind before the colon. */
export type EntityId = string & { readonly entity: unique symbol };

/** The kinds of entity that live in a partition. */
export type EntityKind =
  | 'workflow'
  | 'queue'
  | 'run'
  | 'iterations'
  | 'trigger'
  | 'signalType'
  | 'signalShelf'
  | 'signalQuarantine'
  | 'signal'
  | 'bucket'
  | 'startKey'
  | 'pools'
  | BackfillKind
  | 'template';

/** The kinds of entity that a backfill is made of. */
export type BackfillKind = 'backfill' | 'backfillLines' | 'backfillBook';

/** The place of a run: its number never repeats in a workflow, a restart raises its attempt. */
export interface RunPlace {
  readonly workflowId: string;
  readonly number: number;
  readonly attempt: number;
  /** For an iteration of a loop: the way to it from the run, `each[2]` or `each[2]/inner[0]`. */
  readonly path?: string;
}

/** Id of a template's entity; it lives in the partition of its own id. */
export function templateEntity(templateId: string): EntityId {
  return `template:${templateId}` as EntityId;
}

/** Id of a workflow's entity. */
export function workflowEntity(workflowId: string): EntityId {
  return `workflow:${workflowId}` as EntityId;
}

/** Id of the queue that admits a workflow's runs. */
export function queueEntity(workflowId: string): EntityId {
  return `queue:${workflowId}` as EntityId;
}

/** Id of one attempt of a run, or of one iteration within it. */
export function runEntity(place: RunPlace): EntityId {
  return `run:${runName(place)}` as EntityId;
}

/** Id of the record of a thousand iterations. `book` names the loop's try: see `loopBook`. */
export function iterationsEntity(book: string, chunk: number): EntityId {
  return `iterations:${book}/${String(chunk)}` as EntityId;
}

/** What names one try of a loop: its run, its step, and how many tries there were. */
export function loopBook(place: RunPlace, step: string, attempt: number): string {
  return `${runName(place)}/${step}[${String(attempt)}]`;
}

/** The place of an iteration: indexes count from 0; a second try of the loop has iterations of its own, `each[2.2]`. */
export function iterationPlace(place: RunPlace, step: string, index: number, attempt: number): RunPlace {
  const segment = `${step}[${String(index)}${attempt === 1 ? '' : `.${String(attempt)}`}]`;
  return { ...place, path: place.path === undefined ? segment : `${place.path}/${segment}` };
}

/** The place of an iteration that ran in the try of a loop which a book names. */
export function placeInBook(book: string, index: number): RunPlace {
  const cut = book.lastIndexOf('/');
  const [, step, attempt] = /^(.+)\[([0-9]+)\]$/u.exec(book.slice(cut + 1)) ?? [];
  invariant(cut > 0 && step !== undefined, `${book} names no try of a loop`);
  return iterationPlace(runPlaceOf(`run:${book.slice(0, cut)}` as EntityId), step, index, Number(attempt));
}

/** What names the try of the loop in which an iteration ran, see `loopBook`. */
export function bookOf(iteration: RunPlace): string {
  const around = enclosingPlace(iteration);
  const last = iteration.path?.slice(iteration.path.lastIndexOf('/') + 1) ?? '';
  const [, step, attempt = '1'] = /^(.+)\[[0-9]+(?:\.([0-9]+))?\]$/u.exec(last) ?? [];
  invariant(around !== undefined && step !== undefined, `${runName(iteration)} is no iteration`);
  return loopBook(around, step, Number(attempt));
}

/** The steps that a path leads through, from the outermost loop. */
export function loopsOf(path: string): readonly string[] {
  return path.split('/').map((segment) => segment.slice(0, segment.lastIndexOf('[')));
}

/** Whether two entities are attempts of the same run. */
export function isSameRun(one: EntityId, other: EntityId): boolean {
  const [first, second] = [runPlaceOf(one), runPlaceOf(other)];
  return first.workflowId === second.workflowId && first.number === second.number;
}

/** The place in which an iteration's loop stands; undefined for a run itself. */
export function enclosingPlace({ path, ...place }: RunPlace): RunPlace | undefined {
  if (path === undefined) return undefined;
  const cut = path.lastIndexOf('/');
  return cut === -1 ? place : { ...place, path: path.slice(0, cut) };
}

function runName({ workflowId, number, attempt, path }: RunPlace): string {
  return `${workflowId}/${String(number)}.${String(attempt)}${path === undefined ? '' : `/${path}`}`;
}

/** Id of a workflow's trigger, by the trigger's own name within the workflow. */
export function triggerEntity(workflowId: string, trigger: string): EntityId {
  return `trigger:${workflowId}/${trigger}` as EntityId;
}

/** Id of a backfill, by its number within the workflow. */
export function backfillEntity(workflowId: string, number: number): EntityId {
  return `backfill:${workflowId}/${String(number)}` as EntityId;
}

/** Id of the record of a thousand lines of a backfill. */
export function backfillLinesEntity(backfill: EntityId, chunk: number): EntityId {
  return `backfillLines:${nameOf(backfill)}/${String(chunk)}` as EntityId;
}

/** Id of what numbers the backfills of a workflow. */
export function backfillBookEntity(workflowId: string): EntityId {
  return `backfillBook:${workflowId}` as EntityId;
}

/** Id of the bucket of one join key of a trigger. */
export function bucketEntity(workflowId: string, trigger: string, key: string): EntityId {
  return `bucket:${workflowId}/${trigger}/${key}` as EntityId;
}

/** Id of the first start of a workflow under one idempotency key of its triggers. */
export function startKeyEntity(workflowId: string, key: string): EntityId {
  return `startKey:${workflowId}/${key}` as EntityId;
}

/** Id of a signal name: its sequence and who listens. */
export function signalTypeEntity(name: string): EntityId {
  return `signalType:${name}` as EntityId;
}

/** Id of the publications of a signal name that its contract refused. */
export function signalQuarantineEntity(name: string): EntityId {
  return `signalQuarantine:${name}` as EntityId;
}

/** Id of the record of a thousand signals of a name, counted from 0. */
export function signalShelfEntity(name: string, shelf: number): EntityId {
  return `signalShelf:${String(shelf)}/${name}` as EntityId;
}

/** Id of one published signal. */
export function signalEntity(ulid: string): EntityId {
  return `signal:${ulid}` as EntityId;
}

/** Id of the ledger of permits, of which a fleet has one; it lives in the partition of `POOLS`. */
export function poolsEntity(): EntityId {
  return 'pools:all' as EntityId;
}

/** What places the ledger of permits. */
export const POOLS = 'pools';

/** The kind that an entity's id names. */
export function kindOf(id: EntityId): EntityKind {
  return id.slice(0, id.indexOf(':')) as EntityKind;
}

/** The part of an entity's id behind the colon. */
export function nameOf(id: EntityId): string {
  return id.slice(id.indexOf(':') + 1);
}

const RUN_NAME =
  /^([^/]+)\/([1-9][0-9]{0,14})(?:\.([1-9][0-9]{0,8}))?(?:\/((?:[^/[\]]+\[[0-9]{1,9}(?:\.[0-9]{1,9})?\](?:\/(?!$)|$))+))?$/u;

/** A run as a name tells it; without an attempt, the newest is meant. */
export interface RunName {
  readonly workflowId: string;
  readonly number: number;
  readonly attempt: number | undefined;
  readonly path?: string;
}

/** Reads `penguins/12`, `penguins/12.1` or, for an iteration, `penguins/12.1/each[2]`. Undefined if it is none of them. */
export function parseRunName(name: string): RunName | undefined {
  const match = RUN_NAME.exec(name);
  if (match?.[1] === undefined) return undefined;
  return {
    workflowId: match[1],
    number: Number(match[2]),
    attempt: match[3] === undefined ? undefined : Number(match[3]),
    ...(match[4] === undefined ? {} : { path: match[4] }),
  };
}

/** The place that a run entity's id names. */
export function runPlaceOf(id: EntityId): RunPlace {
  const parsed = parseRunName(nameOf(id));
  invariant(parsed?.attempt !== undefined, `${id} is not the id of a run's attempt`);
  return { ...parsed, attempt: parsed.attempt };
}

/** The id of a step's attempt, stable over re-dispatch: what a step sees as `DOWNBEAT_ATTEMPT_ID`. */
export function attemptId(run: RunPlace, stepId: string, attempt: number): string {
  return `attempt:${runName(run)}/${stepId}/${String(attempt)}`;
}

/** What an attempt is of; undefined for what is no attempt's id. */
export function attemptPlaceOf(
  id: string,
): { readonly run: RunPlace; readonly stepId: string; readonly attempt: number } | undefined {
  const [, name = '', stepId = '', attempt] = /^attempt:(.+)\/([^/]+)\/([0-9]+)$/u.exec(id) ?? [];
  const run = parseRunName(name);
  if (run?.attempt === undefined || attempt === undefined) return undefined;
  return { run: { ...run, attempt: run.attempt }, stepId, attempt: Number(attempt) };
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
