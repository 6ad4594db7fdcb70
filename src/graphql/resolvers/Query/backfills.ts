// `Query.backfills`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { listBackfills } from '../../lists/backfills.ts';
import { parseBackfillsFilter } from '../../parse/backfill-input.ts';

/** Resolves a page of backfills. */
export const backfills: Required<QueryResolvers>['backfills'] = (_parent, { filter, ...page }, { engine }) =>
  listBackfills(engine, page, parseBackfillsFilter(filter ?? {}));
