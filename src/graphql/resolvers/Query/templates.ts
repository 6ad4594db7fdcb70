// `Query.templates`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { listTemplates } from '../../lists/templates.ts';

/** Resolves a page of templates. */
export const templates: Required<QueryResolvers>['templates'] = (_parent, page, { engine }) =>
  listTemplates(engine, page);
