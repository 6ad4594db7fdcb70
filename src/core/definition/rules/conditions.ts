// Conditions – `when` and those on the way from one step to another – are expressions that yield true or false and
// only look at what is there by then.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';
import { expressionProblems } from './expression-problems.ts';

/** Compiles and checks every condition. */
export function conditionsHold({ definition, scopeOf }: Subject): readonly Problem[] {
  return definition.steps.flatMap((step, index) => {
    const path = ['steps', String(index)];
    const scope = scopeOf(index);
    const when = step.when === undefined ? [] : expressionProblems(step.when, scope, [...path, 'when']);
    const edges = step.needs.flatMap(({ step: need, condition }) =>
      condition === undefined ? [] : expressionProblems(condition, scope, [...path, 'needs', need]),
    );
    return [...when, ...edges];
  });
}
