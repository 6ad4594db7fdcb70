// What must hold in a definition beyond its shape: every rule, and all that breaks them at once.

import { type Definition } from './model.ts';
import { type Problem } from './problem.ts';
import { conditionsHold } from './rules/conditions.ts';
import { environments } from './rules/environments.ts';
import { httpRequests } from './rules/http-requests.ts';
import { kubernetesSteps } from './rules/kubernetes-steps.ts';
import { announcesAnother } from './rules/announces-another.ts';
import { expectedKeys } from './rules/expected-keys.ts';
import { givenLimits } from './rules/given-limits.ts';
import { identifiers } from './rules/identifiers.ts';
import { joinsFit } from './rules/joins-fit.ts';
import { knownNeeds } from './rules/known-needs.ts';
import { loopNames } from './rules/loop-names.ts';
import { loopValues } from './rules/loop-values.ts';
import { noCycles } from './rules/no-cycles.ts';
import { paramExpressions } from './rules/param-expressions.ts';
import { paramModes } from './rules/param-modes.ts';
import { poolsInside } from './rules/pools-inside.ts';
import { publishedParams } from './rules/published-params.ts';
import { reservedParams } from './rules/reserved-params.ts';
import { runInterpolates } from './rules/run-interpolates.ts';
import { someSteps } from './rules/some-steps.ts';
import { triggerParams } from './rules/trigger-params.ts';
import { triggerWishes } from './rules/trigger-wishes.ts';
import { uniqueNames } from './rules/unique-names.ts';
import { waits } from './rules/waits.ts';
import { waitsForItself } from './rules/waits-for-itself.ts';
import { type Rule, subjectOf } from './subject.ts';

const RULES: readonly Rule[] = [
  identifiers,
  reservedParams,
  paramExpressions,
  paramModes,
  uniqueNames,
  someSteps,
  knownNeeds,
  noCycles,
  waitsForItself,
  poolsInside,
  conditionsHold,
  environments,
  givenLimits,
  runInterpolates,
  httpRequests,
  kubernetesSteps,
  publishedParams,
  waits,
  loopNames,
  loopValues,
  triggerParams,
  triggerWishes,
  joinsFit,
  expectedKeys,
  announcesAnother,
];

/** Lists everything that breaks a rule. `doubtful` holds the paths (as JSON) that the reader could not make sense of. */
export function validate(definition: Definition, doubtful: ReadonlySet<string> = new Set()): readonly Problem[] {
  const subject = subjectOf(definition, doubtful);
  return RULES.flatMap((rule) => rule(subject));
}
