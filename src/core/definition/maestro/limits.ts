// How many steps may run at once. There are no such limits here yet; one that could never be reached is kept and changes
// nothing, any other is refused rather than not obeyed.

import { type RunStrategy, type StepDefinition } from '../model.ts';
import { type Fields } from '../reading/fields.ts';
import { type Spot, keyOf, report } from '../reading/spot.ts';
import { reportNotYet } from './fields.ts';

/** What a limit is judged by. */
export interface Load {
  readonly steps: readonly StepDefinition[];
  readonly strategy: RunStrategy;
}

/** Checks the limit under a key, if it is there. */
export function checkLimit(
  fields: Fields,
  key: string,
  { most, load }: { readonly most: number; readonly load: Load },
): void {
  const spot = fields.get(key);
  if (spot === undefined) return;
  const limit = numberOf(spot, most);
  if (limit === undefined || limit >= atOnce(load)) return;
  reportNotYet(spot, `A limit of ${String(limit)} steps at once`, 'Give each foreach a `concurrency` instead.');
}

function numberOf(spot: Spot, most: number): number | undefined {
  const text = spot.node.kind === 'scalar' ? spot.node.source.trim() : '';
  const limit = /^\d{1,9}$/u.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= most) return limit;
  const message = `${keyOf(spot)} must be a whole number from 1 to ${String(most)}, and this is "${text}".`;
  report(spot, 'concurrency', message);
  return undefined;
}

/** How many steps may ever go on at once; loops and workflows inside may have any number. */
function atOnce({ steps, strategy }: Load): number {
  const isBounded = steps.every(({ work }) => work.kind === 'noop' || work.kind === 'sleep');
  const runs = strategy.kind === 'parallel' ? strategy.limit : 1;
  return isBounded ? steps.length * runs : Number.POSITIVE_INFINITY;
}
