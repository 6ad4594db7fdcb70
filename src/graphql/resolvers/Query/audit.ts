// `Query.audit`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { listAudit } from '../../lists/audit.ts';

/** Resolves a page of the audit. */
export const audit: Required<QueryResolvers>['audit'] = (_parent, { filter, ...page }, { engine }) =>
  listAudit(engine, page, filter ?? {});
