// A workflow has something to do.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** Refuses an empty list of steps. */
export function someSteps({ definition, isDoubtful }: Subject): readonly Problem[] {
  if (definition.steps.length > 0 || isDoubtful('steps')) return [];
  const hint = 'Add one, such as - { id: greet, run: "echo hello" }';
  return [
    { rule: 'no-steps', message: 'The workflow has no steps, and it needs at least one.', hint, path: ['steps'] },
  ];
}
