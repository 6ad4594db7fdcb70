// Public ids and pages of things: a run's newest attempt goes without its attempt (contract, "Ids").

import { type EntityId, kindOf, nameOf, type RunPlace, runPlaceOf } from '../../core/ids.ts';

/** A run's place, and whether no restart made a newer attempt. */
export interface KnownRun extends RunPlace {
  readonly newest: boolean;
}

/** `penguins/12`, or `penguins/12.1` for an older attempt. */
export function runName(run: KnownRun): string {
  const name = `${run.workflowId}/${String(run.number)}`;
  return run.newest ? name : `${name}.${String(run.attempt)}`;
}

/** `run:penguins/12`, or `run:penguins/12.1` for an older attempt. */
export function runId(run: KnownRun): string {
  return `run:${runName(run)}`;
}

/** `step:penguins/12/train`. */
export function stepId(run: KnownRun, step: string): string {
  return `step:${runName(run)}/${step}`;
}

/** The id of the run that an entity's id names, whatever became of its attempts since. */
export function runOfEntity(id: EntityId): string {
  const { workflowId, number } = runPlaceOf(id);
  return `run:${workflowId}/${String(number)}`;
}

/** The public id of an entity that is no run; undefined where its kind has none. */
export function publicEntityId(id: EntityId): string | undefined {
  switch (kindOf(id)) {
    case 'workflow':
    case 'trigger':
    case 'signal':
      return id;
    case 'queue':
      return `workflow:${nameOf(id)}`;
    case 'run':
      return runOfEntity(id);
    case 'signalType':
      return undefined;
  }
}

/** The page of a run. */
export function runUrl(run: KnownRun): string {
  const attempt = run.newest ? '' : `.${String(run.attempt)}`;
  return `/runs/${encodeURIComponent(run.workflowId)}/${String(run.number)}${attempt}`;
}

/** The page of a workflow. */
export function workflowUrl(workflowId: string): string {
  return `/workflows/${encodeURIComponent(workflowId)}`;
}
