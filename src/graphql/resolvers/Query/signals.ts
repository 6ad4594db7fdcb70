// `Query.signals`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { listSignals } from '../../lists/signals.ts';

/** Resolves a page of signals. */
export const signals: Required<QueryResolvers>['signals'] = (_parent, { filter, ...page }, { engine }) =>
  listSignals(engine, page, filter ?? {});
