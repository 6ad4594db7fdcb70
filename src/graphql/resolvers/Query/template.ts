// `Query.template`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseTemplateId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { templateOf } from '../../present/template.ts';

/** Resolves one template, at a version. */
export const template: Required<QueryResolvers>['template'] = async (_parent, { id, version }, { engine }) => {
  const view = await engine.template(wanted(parseTemplateId(id)), version ?? undefined);
  return view === undefined ? null : templateOf(view.state, view.version);
};
