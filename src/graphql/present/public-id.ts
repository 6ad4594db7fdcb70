// Public ids and pages of things: a run's newest attempt goes without its attempt (contract, "Ids").

import { type EntityId, kindOf, nameOf, type RunPlace, runPlaceOf } from '../../core/ids.ts';

/** A run's place, and whether no restart made a newer attempt. */
export interface KnownRun extends RunPlace {
  readonly newest: boolean;
}

/** A place alone, of whatever has one. */
export function placeOf({ workflowId, number, attempt, path }: RunPlace): RunPlace {
  return { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
}

/** `penguins/12`, `penguins/12.1` for an older attempt, or `penguins/12/each[2]` for an iteration of a loop. */
export function runName({ workflowId, number, attempt, newest, path }: KnownRun): string {
  const name = `${workflowId}/${String(number)}${newest ? '' : `.${String(attempt)}`}`;
  return path === undefined ? name : `${name}/${path}`;
}

/** `run:penguins/12`, `run:penguins/12.1` for an older attempt, or `run:penguins/12/each[2]` for an iteration. */
export function runId(run: KnownRun): string {
  return `run:${runName(run)}`;
}

/** `step:penguins/12/train`, or in a loop `step:penguins/12/each[2]/train`. */
export function stepId(run: KnownRun, step: string): string {
  return `step:${runName(run)}/${step}`;
}

/** The id of the run that an entity's id names, whatever became of its attempts since. */
export function runOfEntity(id: EntityId): string {
  return runId({ ...runPlaceOf(id), newest: true });
}

/** The public id of an entity that is no run; undefined where its kind has none. */
export function publicEntityId(id: EntityId): string | undefined {
  switch (kindOf(id)) {
    case 'workflow':
    case 'template':
    case 'backfill':
    case 'trigger':
    case 'signal':
      return id;
    case 'queue':
      return `workflow:${nameOf(id)}`;
    case 'run':
      return runOfEntity(id);
    case 'bucket':
      return `trigger:${nameOf(id).split('/').slice(0, 2).join('/')}`;
    case 'backfillLines':
    case 'backfillBook':
    case 'iterations':
    case 'startKey':
    case 'pools':
    case 'signalType':
    case 'signalShelf':
    case 'signalQuarantine':
      return undefined;
  }
}

/** The page of a run. */
export function runUrl(run: KnownRun): string {
  return `/runs/${runName(run).split('/').map(encodeURIComponent).join('/')}`;
}

/** The page of a workflow. */
export function workflowUrl(workflowId: string): string {
  return `/workflows/${encodeURIComponent(workflowId)}`;
}
