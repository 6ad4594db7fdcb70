// The steps of a run as a list: in the order of the definition, filtered by phase.

import { runEntity } from '../../core/ids.ts';
import { type RunView } from '../../engine/engine.ts';
import { type RunStepsArgs, type StepPhase } from '../generated/schema.ts';
import { countWithin } from '../parse/page.ts';
import { decodePageCursor, encodePageCursor } from '../parse/page-cursor.ts';
import { type ConnectionSource } from '../present/connection.ts';
import { type StepSource, stepsOf } from '../present/step.ts';

const LARGEST_SIZE = 100;

/** A page of a run's steps. */
export function listSteps(view: RunView, args: Pick<RunStepsArgs, 'first' | 'after' | 'phases'>): StepPage {
  const { first, after, phases } = args;
  const size = countWithin('first', first ?? LARGEST_SIZE, LARGEST_SIZE);
  const list = `steps ${JSON.stringify([runEntity(view.state), phases])}`;
  const steps = stepsOf(view)
    .map((step, at) => ({ step, at }))
    .filter(({ step }) => isIn(step.phase, phases));
  const behind = after === null || after === undefined ? -1 : decodePageCursor(list, after).at;
  const rest = steps.filter(({ at }) => at > behind);
  const edges = rest
    .slice(0, size)
    .map(({ step, at }) => ({ cursor: encodePageCursor(list, { at, id: step.stepId }), node: step }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    totalCount: steps.length,
    pageInfo: {
      hasNextPage: rest.length > edges.length,
      hasPreviousPage: steps.length > rest.length,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}

/** A page of steps; counting them costs nothing. */
export interface StepPage extends Omit<ConnectionSource<StepSource>, 'cursor' | 'count'> {
  readonly totalCount: number;
}

function isIn(phase: StepPhase, phases: readonly StepPhase[] | null | undefined): boolean {
  return phases === null || phases === undefined || phases.includes(phase);
}
