// `Query.planTemplate`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseDefinitionInput } from '../../parse/definition-input.ts';
import { userErrorOf } from '../../present/user-error.ts';

/** Says what applying a template would touch. */
export const planTemplate: Required<QueryResolvers>['planTemplate'] = async (_parent, { input }, { engine }) => {
  const read = parseDefinitionInput(input);
  const planned = read.ok ? await engine.planTemplate(read.value) : { ok: false as const, refusals: read.failure };
  if (!planned.ok) return { isKnown: false, usedBy: [], errors: planned.refusals.map(userErrorOf) };
  const { templateId, current, version, isKnown, uses } = planned.value;
  return { templateId, currentVersion: current, version, isKnown, usedBy: uses, errors: [] };
};
