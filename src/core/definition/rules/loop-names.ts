// The names that a loop gives to its steps mean nothing else there.

import { LOOP_INDEX, RESERVED_ROOTS } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type PlacedLoop, loopsAround } from '../step-lists.ts';
import { type Subject } from '../subject.ts';

/** Refuses names of a loop that a parameter, a loop around it or the language itself has already. */
export function loopNames({ definition, loops }: Subject): readonly Problem[] {
  const params = new Set(definition.params.map(({ name }) => name));
  return [
    ...loops.flatMap((loop) => namesOf(loop).flatMap((name) => clashes(loop, name, params))),
    ...(loops.length > 0 && params.has(LOOP_INDEX) ? [hiddenParam()] : []),
  ];
}

function namesOf({ work }: PlacedLoop): readonly string[] {
  return (work.kind === 'foreach' ? work.over : work.values).map(({ name }) => name);
}

function clashes(loop: PlacedLoop, name: string, params: ReadonlySet<string>): readonly Problem[] {
  const place = {
    hint: 'Give it another name.',
    path: [...loop.path, loop.work.kind === 'foreach' ? 'foreach' : 'values', name],
    onKey: true,
  } as const;
  if (RESERVED_ROOTS.includes(name) || name === LOOP_INDEX) {
    const message = `"${name}" cannot be the name of a loop's value: in expressions it already means something else.`;
    return [{ rule: 'reserved-name', message, ...place }];
  }
  if (params.has(name)) {
    const message = `"${name}" is a parameter of the workflow, and a loop's value of that name would hide it.`;
    return [{ rule: 'hidden-name', message, ...place }];
  }
  const outer = loopsAround(loop.list).find((around) => namesOf(around).includes(name));
  if (outer === undefined) return [];
  const message = `"${name}" is a value of the loop "${outer.step.id}" around this one, and would be hidden by it.`;
  return [{ rule: 'hidden-name', message, ...place }];
}

function hiddenParam(): Problem {
  return {
    rule: 'reserved-name',
    message: `"${LOOP_INDEX}" cannot be the name of a parameter where there are loops: inside them it is the number of the round.`,
    hint: 'Give it another name.',
    path: ['params', LOOP_INDEX],
    onKey: true,
  };
}
