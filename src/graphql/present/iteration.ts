// How far a loop is, and its iterations one by one, as the schema shows them.

import { type ForeachWork, type WhileWork } from '../../core/definition/model.ts';
import { type RunPlace } from '../../core/ids.ts';
import { DEFAULT_CONCURRENCY } from '../../core/run/loop.ts';
import { type LoopState, type RunStatus } from '../../core/run/state.ts';
import { type IterationRow, type RunView } from '../../engine/engine.ts';
import { type Iteration, type Loop } from '../generated/schema.ts';
import { runId } from './public-id.ts';

/** What the fields of `Iteration` are resolved from; its run is loaded when a field asks. */
export interface IterationSource extends Pick<Iteration, 'index' | 'status' | 'runId' | 'keptFrom'> {
  readonly place: RunPlace;
}

const MOST_NAMED = 100;

/** How far a loop is. */
export function loopOf(work: ForeachWork | WhileWork, { total, next, running, again = [], ended }: LoopState): Loop {
  const statuses: readonly (readonly [RunStatus, number])[] = [
    ['QUEUED', again.length],
    ['RUNNING', running.length],
    ['SUCCEEDED', ended.SUCCEEDED],
    ['FAILED', ended.FAILED],
    ['STOPPED', ended.STOPPED],
    ['TIMED_OUT', ended.TIMED_OUT],
  ];
  return {
    total,
    begun: next,
    done: doneOf(ended),
    counts: statuses.flatMap(([status, count]) => (count === 0 ? [] : [{ status, count }])),
    going: running.toSorted((one, other) => one - other).slice(0, MOST_NAMED),
    concurrency: work.kind === 'while' ? 1 : (work.concurrency ?? DEFAULT_CONCURRENCY),
  };
}

/** How many iterations of a loop have one of the statuses; null where its state does not tell. */
export function countIn(
  { running, again = [], ended }: LoopState,
  statuses: readonly RunStatus[] | undefined,
): number | null {
  if (statuses === undefined) return running.length + again.length + doneOf(ended);
  const going = statuses.includes('RUNNING');
  if (going !== statuses.includes('PAUSED')) return null;
  const ends = (['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT'] as const).filter((status) => statuses.includes(status));
  const open = (going ? running.length : 0) + (statuses.includes('QUEUED') ? again.length : 0);
  return ends.reduce((sum, status) => sum + ended[status], open);
}

/** One iteration of a loop of the run. */
export function iterationOf({ state }: RunView, { index, status, place }: IterationRow): IterationSource {
  const isOwn = place.attempt === state.attempt && place.number === state.number;
  const id = runId({ ...place, newest: isOwn && !state.superseded });
  return { index, status, runId: id, place, keptFrom: isOwn ? null : place.attempt };
}

function doneOf({ SUCCEEDED, FAILED, STOPPED, TIMED_OUT }: LoopState['ended']): number {
  return SUCCEEDED + FAILED + STOPPED + TIMED_OUT;
}
