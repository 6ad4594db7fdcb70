// What a step waits for: the values of `match` are templates whose names exist, and every signal of a list has a name of its own.

import { templateNameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type PlacedStep } from '../step-lists.ts';
import { type Subject } from '../subject.ts';
import { valueProblems } from './published-params.ts';

/** Checks the signals that every step waits for. Those of imported steps are looked up when they are evaluated. */
export function waits({ definition, steps, scopeOf }: Subject): readonly Problem[] {
  if (definition.dialect === 'maestro') return [];
  return steps.flatMap((placed) => [...matchProblems(placed, scopeOf), ...twins(placed)]);
}

function matchProblems(placed: PlacedStep, scopeOf: Subject['scopeOf']): readonly Problem[] {
  return (placed.step.waits ?? []).flatMap(({ as, match }, place) => {
    const list = as === undefined ? [] : ['all', String(place)];
    const scope = scopeOf(placed);
    return match.flatMap(({ param, value = null }) =>
      valueProblems({ name: param, value }, (name) => templateNameFault(name, scope), [
        ...placed.path,
        'wait',
        ...list,
        'match',
      ]),
    );
  });
}

function twins({ step, path }: PlacedStep): readonly Problem[] {
  const all = step.waits ?? [];
  return all.flatMap(({ as = '' }, place) => {
    const isTwin = as !== '' && all.findIndex((other) => other.as === as) < place;
    if (!isTwin) return [];
    const message = `Two signals of this list are called "${as}", so steps.${step.id}.${as} would mean both.`;
    return [
      {
        rule: 'duplicate-name',
        message,
        hint: 'Give each an `as` of its own.',
        path: [...path, 'wait', 'all', String(place), 'as'],
      },
    ];
  });
}
