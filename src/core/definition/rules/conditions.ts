// Conditions – `when`, those on the way from one step to another, and that of `while` – are expressions that yield true
// or false and only look at what is there by then.

import { type Problem } from '../problem.ts';
import { type PlacedLoop, type PlacedStep } from '../step-lists.ts';
import { type Subject } from '../subject.ts';
import { expressionProblems } from './expression-problems.ts';

/** Compiles and checks every condition. */
export function conditionsHold(subject: Subject): readonly Problem[] {
  return [
    ...subject.steps.flatMap((placed) => conditionsOfStep(placed, subject)),
    ...subject.loops.flatMap((loop) => conditionOfLoop(loop, subject)),
  ];
}

function conditionsOfStep(placed: PlacedStep, { scopeOf }: Subject): readonly Problem[] {
  const { step, path } = placed;
  const scope = scopeOf(placed);
  const when = step.when === undefined ? [] : expressionProblems(step.when, scope, [...path, 'when']);
  const edges = step.needs.flatMap(({ step: need, condition }) =>
    condition === undefined ? [] : expressionProblems(condition, scope, [...path, 'needs', need]),
  );
  return [...when, ...edges];
}

function conditionOfLoop(loop: PlacedLoop, { isDoubtful, scopeWithin }: Subject): readonly Problem[] {
  const path = [...loop.path, 'while'];
  if (loop.work.kind !== 'while' || isDoubtful(...path)) return [];
  return expressionProblems(loop.work.condition, scopeWithin(loop), path);
}
