// `Query.whatIf`

import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseDefinitionInput } from '../../parse/definition-input.ts';
import { whatIfOf } from '../../present/what-if.ts';

/** Says which runs there would have been with other triggers. */
export const whatIf: Required<QueryResolvers>['whatIf'] = async (_parent, { input }, { engine }) => {
  const read = parseDefinitionInput(input);
  if (!read.ok) return whatIfOf({ ok: false, refusals: read.failure });
  const { triggers, from, to } = input;
  return whatIfOf(
    await engine.whatIf({
      input: read.value,
      from,
      ...(to === null || to === undefined ? {} : { to }),
      ...(triggers === null || triggers === undefined ? {} : { triggers }),
    }),
  );
};
