// Steps and triggers have names of their own.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** Refuses the second step with an id, and the second trigger with a name. */
export function uniqueNames({ definition }: Subject): readonly Problem[] {
  const steps = definition.steps.map(({ id }) => id);
  const triggers = definition.triggers.map(({ name }) => name);
  return [...repeated(steps, { what: 'step', group: 'steps', key: 'id' }), ...repeated(triggers, TRIGGERS)];
}

interface Kind {
  readonly what: 'step' | 'trigger';
  readonly group: string;
  readonly key: string;
}

const TRIGGERS: Kind = { what: 'trigger', group: 'triggers', key: 'name' };

function repeated(names: readonly string[], { what, group, key }: Kind): readonly Problem[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    const isNew = name === '' || !seen.has(name);
    seen.add(name);
    if (isNew) return [];
    return {
      rule: `duplicate-${what}`,
      message: `There are two ${group} named "${name}".`,
      hint: `Give this ${what} another \`${key}\`.`,
      path: [group, String(index), key],
    };
  });
}
