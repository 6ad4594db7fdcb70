// How many steps may work at once. A limit that could never be reached is kept and holds nothing up.

import { type RunStrategy, type StepDefinition } from '../model.ts';
import { type Fields } from '../reading/fields.ts';
import { type Spot, keyOf, report } from '../reading/spot.ts';

/** What a limit is judged by. */
export interface Load {
  readonly steps: readonly StepDefinition[];
  readonly strategy: RunStrategy;
}

/** The limit under a key, if it is there and could be reached. */
export function limitOf(
  fields: Fields,
  key: string,
  { most, load }: { readonly most: number; readonly load: Load },
): number | undefined {
  const spot = fields.get(key);
  const limit = spot && numberOf(spot, most);
  return limit === undefined || limit >= atOnce(load) ? undefined : limit;
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
