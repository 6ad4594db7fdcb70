// The list of steps that runs together: the workflow's own, or those inside a loop. Seen as a definition of its own, so that
// a run and an iteration follow the same rules.

import { loopsOf } from '../ids.ts';
import { invariant } from '../result.ts';
import { type Definition, type StepDefinition } from './model.ts';

const bodies = new WeakMap<StepDefinition, Definition>();

/** The definition as a run at this path sees it; the same object for the same loop. Without a path, the workflow's own. */
export function bodyOf(definition: Definition, path?: string): Definition {
  if (path === undefined) return definition;
  return loopsOf(path).reduce((outer, id) => bodyOfLoop(outer, id), definition);
}

/** The steps inside a step, if it is a loop. */
export function innerSteps({ work }: StepDefinition): readonly StepDefinition[] | undefined {
  return work.kind === 'foreach' || work.kind === 'while' ? work.steps : undefined;
}

function bodyOfLoop(outer: Definition, id: string): Definition {
  const loop = [...outer.steps, ...(outer.finally ?? [])].find((step) => step.id === id);
  const steps = loop === undefined ? undefined : innerSteps(loop);
  invariant(loop !== undefined && steps !== undefined, `${outer.id} has no loop "${id}" there`);
  const known = bodies.get(loop);
  if (known !== undefined) return known;
  const { finally: _, timeout: __, ...rest } = outer;
  const body = { ...rest, steps, triggers: [] };
  bodies.set(loop, body);
  return body;
}
