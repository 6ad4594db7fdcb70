// In which order a list comes: the words of the schema, by what they sort and in which direction.

import { type RunOrder, type WorkflowOrder } from '../generated/schema.ts';
import { type ListOrder } from './page.ts';

const RUN_ORDERS: Readonly<Record<RunOrder, ListOrder>> = {
  NEWEST_FIRST: { order: 'NEWEST_FIRST' },
  OLDEST_FIRST: { order: 'OLDEST_FIRST' },
  STARTED_LAST_FIRST: { by: 'STARTED', order: 'NEWEST_FIRST' },
  STARTED_FIRST_FIRST: { by: 'STARTED', order: 'OLDEST_FIRST' },
  ENDED_LAST_FIRST: { by: 'ENDED', order: 'NEWEST_FIRST' },
  ENDED_FIRST_FIRST: { by: 'ENDED', order: 'OLDEST_FIRST' },
  LONGEST_FIRST: { by: 'DURATION', order: 'NEWEST_FIRST' },
  SHORTEST_FIRST: { by: 'DURATION', order: 'OLDEST_FIRST' },
};

const WORKFLOW_ORDERS: Readonly<Record<WorkflowOrder, ListOrder>> = {
  NEWEST_FIRST: { order: 'NEWEST_FIRST' },
  OLDEST_FIRST: { order: 'OLDEST_FIRST' },
  ID_UP: { by: 'ID', order: 'OLDEST_FIRST' },
  ID_DOWN: { by: 'ID', order: 'NEWEST_FIRST' },
  ACTIVE_LAST_FIRST: { by: 'ACTIVITY', order: 'NEWEST_FIRST' },
  ACTIVE_LAST_LAST: { by: 'ACTIVITY', order: 'OLDEST_FIRST' },
};

/** The order of a list of runs; the newest first if none is asked for. */
export function parseRunOrder(orderBy: RunOrder | null | undefined): ListOrder {
  return RUN_ORDERS[orderBy ?? 'NEWEST_FIRST'];
}

/** The order of a list of workflows; the newest first if none is asked for. */
export function parseWorkflowOrder(orderBy: WorkflowOrder | null | undefined): ListOrder {
  return WORKFLOW_ORDERS[orderBy ?? 'NEWEST_FIRST'];
}
