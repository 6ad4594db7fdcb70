// Steps do not need one another in a circle.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

const MOST_SHOWN = 12;

/** Refuses circles, naming the way round: each step needs the one behind the arrow. */
export function noCycles({ lists, orderOf }: Subject): readonly Problem[] {
  return lists.flatMap((list) =>
    orderOf(list).cycles.map((cycle) => {
      const ids = cycle.map((index) => list.steps[index]?.id ?? '');
      const path = [...list.path, String(cycle[0] ?? 0), 'needs', ids[1] ?? ids[0] ?? ''];
      return { rule: 'cycle', message: wayRound(ids), hint: 'Remove one of these needs.', path, onKey: true };
    }),
  );
}

function wayRound(ids: readonly string[]): string {
  const [first = ''] = ids;
  if (ids.length === 1) return `The step "${first}" needs itself (${first} → ${first}), so it could never start.`;
  const shown = ids.length > MOST_SHOWN ? [...ids.slice(0, MOST_SHOWN), '…'] : ids;
  return `These steps need one another in a circle, so none could ever start: ${[...shown, first].join(' → ')}.`;
}
