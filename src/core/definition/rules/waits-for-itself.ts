// A workflow that runs itself and waits for it can only go on if two of its runs may go on at once.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** Refuses steps that run their own workflow and wait for the end, unless its runs may go on side by side. */
export function waitsForItself({ definition, steps, isDoubtful }: Subject): readonly Problem[] {
  const { id, runStrategy } = definition;
  if (runStrategy.kind === 'parallel' || isDoubtful('runStrategy')) return [];
  return steps.flatMap(({ step, path }) => {
    if (step.work.kind !== 'workflow' || step.work.workflowId !== id || step.work.async === true) return [];
    return [
      {
        rule: 'waits-for-itself',
        message: `The step "${step.id}" runs its own workflow and waits for its end: under the strategy ${runStrategy.kind} that run waits for this one, and neither ever goes on.`,
        hint: 'Let runs go on side by side (runStrategy: { parallel: 5 }), or do not wait: workflow: { id, async: true }.',
        path: [...path, 'workflow'],
      },
    ];
  });
}
