// The signals that a step waits for, as the schema shows them.

import { type AwaitedSignal as Awaited } from '../../core/run/awaiting.ts';
import { type StepState } from '../../core/run/state.ts';
import { clauseText } from '../../core/signal/match.ts';
import { type AwaitedSignal, type SignalBypass } from '../generated/schema.ts';

/** What a step waits for, or has waited for. */
export function awaitsOf({ awaiting }: Pick<StepState, 'awaiting'>): readonly AwaitedSignal[] {
  return (awaiting?.signals ?? []).map((signal) => ({
    name: signal.signal,
    as: signal.as,
    where: signal.where.map(clauseText),
    from: signal.from,
    state: stateOf(signal),
    signalId: signal.found?.signal,
    sequence: signal.found?.sequence,
  }));
}

/** Who let it go on without. */
export function bypassOf({ awaiting }: Pick<StepState, 'awaiting'>): SignalBypass | undefined {
  if (awaiting?.bypassed === undefined) return undefined;
  const { actor, at, reason } = awaiting.bypassed;
  return { by: actor, at, reason };
}

function stateOf({ found, bypassed }: Awaited): AwaitedSignal['state'] {
  if (found !== undefined) return 'FOUND';
  return bypassed === true ? 'BYPASSED' : 'AWAITED';
}
