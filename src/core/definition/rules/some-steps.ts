// A workflow has something to do, and so has every loop.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** Refuses empty lists of steps; only `finally` may be empty. */
export function someSteps({ lists, isDoubtful }: Subject): readonly Problem[] {
  return lists
    .filter(({ path, steps }) => steps.length === 0 && path.at(-1) === 'steps' && !isDoubtful(...path))
    .map(({ path, loop }) => {
      const who = loop === undefined ? 'The workflow' : `The loop "${loop.step.id}"`;
      const hint = 'Add one, such as - { id: greet, run: "echo hello" }';
      return { rule: 'no-steps', message: `${who} has no steps, and it needs at least one.`, hint, path };
    });
}
