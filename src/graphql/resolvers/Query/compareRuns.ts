// `Query.compareRuns`

import { compareDefinitions } from '../../../core/definition/compare.ts';
import { compareRuns as compare } from '../../../core/run/compare-runs.ts';
import { keepsPlace } from '../../../core/trigger/keeps-place.ts';
import { type QueryResolvers } from '../../generated/resolvers.ts';
import { parseRunId } from '../../parse/public-id.ts';
import { wanted } from '../../parse/wanted.ts';
import { changeOf } from '../../present/plan.ts';
import { runOf } from '../../present/run.ts';
import { stepComparisonOf } from '../../present/step-comparison.ts';

/** Resolves two runs side by side. */
export const compareRuns: Required<QueryResolvers>['compareRuns'] = async (_parent, args, { engine }) => {
  const [a, b] = await Promise.all([args.a, args.b].map((id) => engine.run(wanted(parseRunId(id)))));
  if (a === undefined || b === undefined) return null;
  const { params, outputs, steps } = compare(a, b);
  const isSame = a.state.definition === b.state.definition;
  const changes = isSame ? [] : compareDefinitions(a.definition, b.definition, { keepsPlace });
  return {
    a: runOf(a),
    b: runOf(b),
    params,
    outputs,
    steps: steps.map(stepComparisonOf),
    definition: changes.map(changeOf),
  };
};
