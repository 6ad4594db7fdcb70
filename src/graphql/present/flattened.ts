// A step in all iterations of the loops around it, and leaf steps wherever they are, as the schema shows them.

import { type StepStatus } from '../../core/run/state.ts';
import { URGENCY } from '../../core/run/urgency.ts';
import { type StatusCounts } from '../../core/run/tally.ts';
import { type RunView } from '../../engine/engine.ts';
import { type AggregatedRun, type FlattenedRow, type LeafStep, type Rollup } from '../../engine/views.ts';
import {
  type AggregatedRun as AggregatedRunShape,
  type FlattenedConnection,
  type FlattenedIteration,
  type LeafStep as LeafStepShape,
  type Rollup as RollupShape,
  type StatusCount,
} from '../generated/schema.ts';
import { objectOf } from './object.ts';
import { runId, stepId } from './public-id.ts';

/** What the summary of a flattened step is read from. */
export interface FlattenedSummarySource {
  readonly view: RunView;
  /** The loop's place among the steps of the run. */
  readonly index: number;
  readonly nested: string;
}

/** What a page is made of; the summary is read when a field asks. */
export interface FlattenedSource extends Pick<FlattenedConnection, 'edges' | 'nodes' | 'pageInfo'> {
  readonly summary: FlattenedSummarySource;
  /** Absent where nobody counts what is asked for. */
  readonly counted: readonly StepStatus[] | 'all' | undefined;
}

/** One status of the summary; its example is read when a field asks. */
export interface FlattenedCountSource extends StatusCount {
  readonly of: FlattenedSummarySource;
}

/** Counts as a list, the most urgent status first. */
export function statusCountsOf(counts: StatusCounts): readonly StatusCount[] {
  return URGENCY.flatMap((status) => {
    const count = counts[status] ?? 0;
    return count === 0 ? [] : [{ status, count }];
  });
}

/** The leaf steps of a run. */
export function rollupOf({ total, counts, attention, isWhole }: Rollup): RollupShape {
  return { total, counts: statusCountsOf(counts), attention: attention.map(leafOf), isWhole };
}

/** A run over its restarts. */
export function aggregatedOf({ state }: RunView, { status, steps }: AggregatedRun): AggregatedRunShape {
  return {
    status,
    steps: steps.map(({ ranIn, ...step }) => {
      const isOwn = ranIn.workflowId === state.workflowId && ranIn.number === state.number;
      const newest = isOwn && ranIn.attempt === state.attempt && !state.superseded;
      return { ...step, runId: runId({ ...ranIn, newest }), attempt: ranIn.attempt };
    }),
  };
}

/** A step in one iteration. */
export function flattenedOf({ state }: RunView, row: FlattenedRow): FlattenedIteration {
  const { indexes, values, attempts, place } = row;
  const isOwn = place.attempt === state.attempt && place.number === state.number;
  const { id, runId: run, status, startedAt, endedAt } = leafOf(row);
  const keptFrom = isOwn ? null : place.attempt;
  return { id, runId: run, status, startedAt, endedAt, indexes, loopParams: objectOf(values), attempts, keptFrom };
}

function leafOf({ place, newest, stepId: step, status, startedAt, endedAt }: LeafStep): LeafStepShape {
  const run = { ...place, newest };
  return { id: stepId(run, step), runId: runId(run), stepId: step, status, startedAt, endedAt };
}
