// A list of runs that changes while it is looked at: newest first, each once, and only those that the filter lets in.

import { type RunFilter } from '../api/documents.ts';
import { type RunLine } from '../api/shapes.ts';

/** The list after some runs changed. A run that the filter no longer lets in leaves it. */
export function listAfter(
  list: readonly RunLine[],
  changed: readonly RunLine[],
  filter: RunFilter,
): readonly RunLine[] {
  if (changed.length === 0) return list;
  const byPlace = new Map(list.map((run) => [placeOf(run), run]));
  for (const run of changed) {
    const known = byPlace.get(placeOf(run));
    if (known !== undefined && known.attempt > run.attempt) continue;
    if (isIn(run, filter, known !== undefined)) byPlace.set(placeOf(run), run);
    else byPlace.delete(placeOf(run));
  }
  return [...byPlace.values()].sort(newestFirst);
}

/** Whether the filter lets the run in. A text in its labels only the server sees: what it has let in stays in. */
export function isIn(run: RunLine, { workflowId, status, created, text }: RunFilter, isKnown: boolean): boolean {
  const isOfWorkflow = workflowId === undefined || run.workflowId === workflowId;
  const isOfTime = created === undefined || Date.parse(run.createdAt) >= Date.parse(created.from);
  const isOfStatus = status === undefined || status.length === 0 || status.includes(run.status);
  return isOfWorkflow && isOfTime && isOfStatus && (text === undefined || isKnown || mentions(run, text));
}

function mentions({ workflowId, cause }: RunLine, text: string): boolean {
  return `${workflowId} ${cause.text}`.toLowerCase().includes(text.toLowerCase());
}

/** A restarted run is the same run: it takes the place of its earlier attempt. */
function placeOf({ workflowId, number }: RunLine): string {
  return `${workflowId}/${String(number)}`;
}

function newestFirst(one: RunLine, other: RunLine): number {
  const byTime = Date.parse(other.createdAt) - Date.parse(one.createdAt);
  if (byTime !== 0) return byTime;
  return one.workflowId === other.workflowId
    ? other.number - one.number
    : one.workflowId.localeCompare(other.workflowId);
}
