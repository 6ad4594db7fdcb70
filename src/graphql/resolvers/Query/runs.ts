// `Query.runs`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { listRuns } from '../../lists/runs.ts';
import { feedCursor } from '../../parse/log-cursor.ts';
import { parseRunOrder } from '../../parse/list-order.ts';
import { parseRunsFilter } from '../../parse/runs-filter.ts';

/** Resolves a page of runs. */
export const runs: Required<QueryResolvers>['runs'] = (_parent, { filter, orderBy, atLeast, ...page }, { engine }) =>
  listRuns(engine, page, {
    filter: parseRunsFilter(filter ?? {}),
    order: parseRunOrder(orderBy),
    atLeast: feedCursor(atLeast),
  });
