// A loop that holds a permit of a pool while the steps inside it wait for the same pool may wait for itself for ever.

import { type StepDefinition } from '../model.ts';
import { loopsAround, stepsIn } from '../step-lists.ts';
import { type Rule } from '../subject.ts';

/** Finds steps inside loops that need a pool which a loop around them holds already. */
export const poolsInside: Rule = ({ lists }) =>
  lists.flatMap((list) => {
    const around = loopsAround(list);
    if (around.length === 0) return [];
    return stepsIn(list).flatMap(({ step, path }) => {
      const needed = poolsOf(step);
      const holder = around.find((loop) => poolsOf(loop.step).some((pool) => needed.includes(pool)));
      if (holder === undefined) return [];
      const pool = poolsOf(holder.step).find((one) => needed.includes(one)) ?? '';
      return [
        {
          rule: 'waits-for-itself',
          message: `The step "${step.id}" waits for the pool "${pool}", of which the loop "${holder.step.id}" around it holds a permit until all of its steps are done.`,
          hint: `Take "${pool}" from the loop or from the step.`,
          path,
        },
      ];
    });
  });

function poolsOf({ pools = [], tags = [] }: StepDefinition): readonly string[] {
  return [...pools.map(({ pool }) => pool), ...tags];
}
