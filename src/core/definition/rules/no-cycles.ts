// Steps do not need one another in a circle.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

const MOST_SHOWN = 12;

/** Refuses circles, naming the way round: each step needs the one behind the arrow. */
export function noCycles({ definition, order }: Subject): readonly Problem[] {
  return order.cycles.map((cycle) => {
    const ids = cycle.map((index) => definition.steps[index]?.id ?? '');
    const [first = ''] = ids;
    const shown = ids.length > MOST_SHOWN ? [...ids.slice(0, MOST_SHOWN), '…'] : ids;
    const message =
      ids.length === 1
        ? `The step "${first}" needs itself (${first} → ${first}), so it could never start.`
        : `These steps need one another in a circle, so none could ever start: ${[...shown, first].join(' → ')}.`;
    return {
      rule: 'cycle',
      message,
      hint: 'Remove one of these needs.',
      path: ['steps', String(cycle[0] ?? 0), 'needs', ids[1] ?? first],
      onKey: true,
    };
  });
}
