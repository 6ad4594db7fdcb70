// Steps – of all lists, those inside loops and under `finally` too – and triggers have names of their own.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** Refuses the second step with an id, and the second trigger with a name. */
export function uniqueNames({ definition, steps }: Subject): readonly Problem[] {
  const ids = steps.map(({ step, path }) => ({ name: step.id, path: [...path, 'id'] }));
  const names = definition.triggers.map(({ name }, index) => ({ name, path: ['triggers', String(index), 'name'] }));
  return [...repeated(ids, 'step'), ...repeated(names, 'trigger')];
}

interface Named {
  readonly name: string;
  readonly path: readonly string[];
}

function repeated(all: readonly Named[], what: 'step' | 'trigger'): readonly Problem[] {
  const seen = new Set<string>();
  return all.flatMap(({ name, path }) => {
    const isNew = name === '' || !seen.has(name);
    seen.add(name);
    if (isNew) return [];
    return {
      rule: `duplicate-${what}`,
      message: `There are two ${what}s named "${name}".`,
      hint: `Give this ${what} another \`${path.at(-1) ?? ''}\`.`,
      path,
    };
  });
}
