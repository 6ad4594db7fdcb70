// What expressions see as `signals`: those of a join that started the run, by what the trigger calls them.

import { type Value, type ValueMap } from '../expression/value.ts';
import { bareMap } from '../params/bare.ts';
import { type FirstCause } from './state.ts';

/** The signals that started a run together; none for any other run. */
export function joinedSignals(cause: FirstCause): ValueMap {
  const joined = cause.kind === 'SIGNAL' ? (cause.signals ?? []) : [];
  return new Map<string, Value>(joined.map(({ as, params }) => [as, bareMap(params)]));
}
