// The run that a trigger starts on a signal, or on several: its parameters are made first, so that what is refused has
// consumed nothing.

import { type EntityId, nameOf } from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { type Result, failed } from '../../result.ts';
import { type JoinedSignal } from '../../run/state.ts';
import { type TriggerState } from '../../trigger/trigger.ts';
import { createRun } from '../run/start-run.ts';
import { paramsFrom } from './trigger-params.ts';
import { type Turn } from '../turn.ts';

/** What a run is started on. */
export interface Occasion {
  /** The signal that came last. */
  readonly last: { readonly signal: EntityId; readonly name: string; readonly params: readonly Entry[] };
  /** For a join: every signal that the run takes. */
  readonly joined?: readonly JoinedSignal[];
  /** For a join: the slots that nothing fills, by what the run would call them. */
  readonly unfilled?: readonly string[];
}

/** Starts a run, or says why there can be none. */
export function startOnSignals(
  turn: Turn,
  trigger: TriggerState,
  { last, joined, unfilled = [] }: Occasion,
): Result<EntityId, string> {
  const given = { signal: last.params, unfilled, ...(joined === undefined ? {} : { joined }) };
  const params = paramsFrom(trigger.definition.params, given);
  if (!params.ok) return params;
  const run = createRun(turn, {
    workflowId: trigger.workflowId,
    params: params.value,
    labels: [],
    cause: {
      kind: 'SIGNAL',
      trigger: trigger.name,
      name: last.name,
      signal: nameOf(last.signal),
      params: last.params,
      ...(joined === undefined ? {} : { signals: joined }),
    },
  });
  return run.ok ? run : failed(run.failure.map((refusal) => refusal.message).join(' '));
}
