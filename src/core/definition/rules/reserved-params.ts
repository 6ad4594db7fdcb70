// A parameter is not named like the groups of names that expressions already know, nor like what only the machinery sets.

import { isReservedParam } from '../../params/reserved.ts';
import { RESERVED_ROOTS } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** Refuses parameters such as `steps` or `run`. */
export function reservedParams({ definition }: Subject): readonly Problem[] {
  return definition.params
    .filter(({ name }) => RESERVED_ROOTS.includes(name) || isReservedParam(name))
    .map(({ name }) => ({
      rule: 'reserved-name',
      message: `"${name}" cannot be the name of a parameter: in expressions it already means something else.`,
      hint: 'Give it another name.',
      path: ['params', name],
      onKey: true,
    }));
}
