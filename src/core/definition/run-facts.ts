// What the default parameters of a run are made of, out of its workflow's definition.

import { type RunFacts } from '../params/defaults.ts';
import { type Instant } from '../time.ts';
import { type Definition } from './model.ts';

/**
 * Finds the facts. `definition` is the workflow's own, with its triggers; `at` is the time that the run was scheduled for, or
 * else when it was made; `trigger` is the time trigger that started it.
 */
export function runFacts(
  { id, owner, triggers }: Pick<Definition, 'id' | 'owner' | 'triggers'>,
  at: Instant,
  trigger?: string,
): RunFacts {
  const zones = triggers.flatMap((one) => ('timezone' in one ? [{ name: one.name, timezone: one.timezone }] : []));
  const zone = zones.find(({ name }) => name === trigger) ?? zones[0];
  return {
    workflowId: id,
    at,
    ...(owner === undefined ? {} : { owner }),
    ...(zone === undefined ? {} : { timezone: zone.timezone }),
  };
}
