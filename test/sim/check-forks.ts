// A fork keeps exactly what its source had done when it was made, but for what it begins at and all that needs that; the source
// knows nothing of it; and a step stands at a breakpoint only while one is set there.

import { isComplete } from './fold-step.ts';
import { type FoldedRun } from './folded.ts';
import { type History, type PlacedEvent, placeText } from './history.ts';

/** Says where forks and breakpoints break what they promise. */
export function checkForks(history: History, runs: readonly FoldedRun[]): readonly string[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return [...runs.flatMap((run) => checkFork(history, byId, run)), ...checkBreakpoints(history, runs)];
}

function checkFork(history: History, byId: ReadonlyMap<string, FoldedRun>, run: FoldedRun): readonly string[] {
  const cause = run.startedBy;
  if (cause.kind !== 'FORK') return [];
  const source = byId.get(cause.run);
  if (source === undefined) return [`${run.id} was forked from ${cause.run}, which is not there`];
  const done = statusesAt(history.events.get(source.id) ?? [], run);
  const anew = new Set<string>();
  const wanted = new Set<string>();
  // Those that need a step stand behind it in the texts of the simulation.
  run.defined.slice(0, run.main).forEach((step, index) => {
    const isBehind = step.needs.some((need) => anew.has(need.step));
    const isDone = isComplete({ status: done.get(index) ?? 'NOT_CREATED' });
    if (step.id === cause.from || isBehind || !isDone) anew.add(step.id);
    else wanted.add(step.id);
  });
  const kept = (history.events.get(run.id) ?? []).flatMap(({ event }) =>
    event.type === 'StepKept' ? [run.defined[event.step]?.id ?? ''] : [],
  );
  if (kept.length === wanted.size && kept.every((id) => wanted.has(id))) return [];
  return [`${run.id} keeps ${kept.join(' ')} of ${source.id}, and should keep ${[...wanted].join(' ')}`];
}

/** How the steps of a run stood when another one was made. */
function statusesAt(events: readonly PlacedEvent[], made: FoldedRun): ReadonlyMap<number, string> {
  const statuses = new Map<number, string>();
  for (const { event, in: placed } of events) {
    if (placed.appliedAt > made.createdIn.appliedAt || isAfter(placed, made.createdIn)) break;
    if (!('step' in event)) continue;
    const status = event.type === 'StepKept' ? event.state.status : ENDS.get(event.type);
    statuses.set(event.step, status ?? 'RUNNING');
  }
  return statuses;
}

function isAfter(placed: PlacedEvent['in'], other: PlacedEvent['in']): boolean {
  return placed.n > other.n || (placed.n === other.n && placed.i >= other.i);
}

const ENDS: ReadonlyMap<string, string> = new Map([
  ['StepSucceeded', 'SUCCEEDED'],
  ['StepCompletedWithError', 'COMPLETED_WITH_ERROR'],
  ['StepSkipped', 'SKIPPED'],
  ['StepUnsatisfied', 'UNSATISFIED'],
]);

/** Whoever stops was told to by a breakpoint that is set, followed commit by commit. */
function checkBreakpoints({ commits }: History, runs: readonly FoldedRun[]): readonly string[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const set = new Set<string>();
  return commits.flatMap((placed) =>
    placed.commit.events.flatMap(({ entity, event }) => {
      const workflow = entity.slice('workflow:'.length);
      if (event.type === 'BreakpointSet') set.add(`${workflow}/${event.place.step}`);
      if (event.type === 'BreakpointCleared') set.delete(`${workflow}/${event.place.step}`);
      const run = byId.get(entity);
      if (run === undefined || (event.type !== 'StepPaused' && event.type !== 'StepResumed')) return [];
      const name = `${run.workflowId}/${run.defined[event.step]?.id ?? ''}`;
      const isHeld = set.has(name);
      if (event.type === 'StepPaused')
        return isHeld ? [] : [`${entity} stops at ${name} for nothing in ${placeText(placed)}`];
      return isHeld && event.actor === undefined
        ? [`${entity} goes on past ${name} by itself in ${placeText(placed)}`]
        : [];
    }),
  );
}
