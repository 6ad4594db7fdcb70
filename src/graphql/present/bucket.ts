// What waits under one key of a trigger that joins or folds, as the schema shows it.

import { keepsSignals } from '../../core/definition/signal-fold.ts';
import { type PendingBucket } from '../../core/explanation/explain-join.ts';
import { bucketWake } from '../../core/trigger/bucket.ts';
import { foldWake } from '../../core/trigger/fold.ts';
import { missingText, sharedText } from '../../core/trigger/describe-join.ts';
import { missingOf, stuckOf, waitingIn } from '../../core/trigger/pending.ts';
import { type TriggerState } from '../../core/trigger/trigger.ts';
import { type PendingJoin } from '../generated/schema.ts';
import { objectOf } from './object.ts';

/** How many of a bucket's signals are shown one by one. */
const mostShown = 20;

/** A bucket of a trigger. */
export function pendingJoinOf(trigger: TriggerState, { state }: PendingBucket): PendingJoin {
  const { definition } = trigger;
  const waiting = waitingIn(state, trigger);
  const missing = missingOf(trigger, state);
  const [stuck] = stuckOf(trigger, state);
  return {
    key: keepsSignals(definition) ? sharedText(definition, state.key) : '',
    values: state.key,
    since: state.since,
    expiresAt: bucketWake(state) ?? null,
    startsAt: trigger.paused ? null : foldWake(state),
    count: waiting.length,
    signals: waiting.slice(0, mostShown).map(({ signal, name, params, occurredAt }) => ({
      id: signal,
      name,
      params: objectOf(params),
      occurredAt,
    })),
    missing: missing.map(({ name, on }) => ({ name, on: objectOf(on) })),
    missingText: missingText(missing),
    refusal: stuck?.message ?? null,
  };
}
