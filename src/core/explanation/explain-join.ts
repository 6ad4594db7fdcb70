// Why a trigger on several signals has not started a run: what waits, for what, since when, and until when.

import { type JoinTrigger } from '../definition/model.ts';
import { type FoldingTrigger } from '../definition/signal-fold.ts';
import { type EntityId, nameOf } from '../ids.ts';
import { joinText, missingText, sharedText } from '../trigger/describe-join.ts';
import { type BucketState, bucketWake } from '../trigger/bucket.ts';
import { missingOf, stuckOf } from '../trigger/pending.ts';
import { heardSince, isHearing, signalsOf, tallyOf, type TriggerState } from '../trigger/trigger.ts';
import { type Reason } from './explanation.ts';
import { count, list, moment } from './sentences.ts';

/** A bucket with its id. */
export interface PendingBucket {
  readonly id: EntityId;
  readonly state: BucketState;
}

/** What a join waits for, the newest of its buckets first, as far as they are given. */
export function joinReasons(trigger: TriggerState, buckets: readonly PendingBucket[]): readonly Reason[] {
  const { definition } = trigger;
  if (!('slots' in definition)) return [];
  if (!isHearing(trigger)) {
    const silent = signalsOf(definition).filter((name) => heardSince(trigger, name) === undefined);
    const names = list(silent.map((name) => `"${name}"`));
    return [{ code: 'ARMING', text: `It is about to listen to ${names}; that takes a moment.` }];
  }
  const waiting = buckets.map((bucket) => bucketReason(trigger, definition, bucket));
  return waiting.length === 0 ? [nothingWaits(definition)] : [...waiting, ...underOtherKeys(trigger, buckets)];
}

/** What waits beyond the buckets that are given. */
export function underOtherKeys(trigger: TriggerState, buckets: readonly PendingBucket[]): readonly Reason[] {
  const rest = tallyOf(trigger).pending - buckets.reduce((sum, { state }) => sum + state.candidates.length, 0);
  if (rest <= 0 || buckets.length === 0) return [];
  const text = `${count(rest, 'more signal')} ${rest === 1 ? 'waits' : 'wait'} under other keys.`;
  return [{ code: 'WAITING_FOR_SIGNAL', text }];
}

/** What became of the signals it got, where some did not start a run. */
export function tallyReasons(trigger: TriggerState): readonly Reason[] {
  const { lastExpired, lastRejected } = trigger;
  const { expired, rejected } = tallyOf(trigger);
  const gone = (
    what: string,
    number: number,
    last: { readonly at: number } | undefined,
    why: string,
  ): readonly Reason[] =>
    number === 0 || last === undefined
      ? []
      : [
          {
            code: 'REFUSED',
            text: `${count(number, 'signal')} ${what}, the last at ${moment(last.at)}: ${why}`,
          },
        ];
  return [
    ...gone(expired === 1 ? 'has expired' : 'have expired', expired, lastExpired, lastExpired?.reason ?? ''),
    ...gone(rejected === 1 ? 'was rejected' : 'were rejected', rejected, lastRejected, lastRejected?.message ?? ''),
  ];
}

function nothingWaits(definition: JoinTrigger): Reason {
  const [first] = definition.slots;
  return {
    code: 'WAITING_FOR_SIGNAL',
    text: `Nothing waits: it starts a run ${joinText(definition)}.`,
    unblock: `Publish the first: downbeat publish ${first?.signal ?? ''}${(first?.joinOn ?? []).map((name) => ` -p ${name}=…`).join('')}.`,
  };
}

/** What waits in a bucket, and since when: the beginning of a sentence. */
export function waitingText(definition: JoinTrigger | FoldingTrigger, { state }: PendingBucket): string {
  const shared = sharedText(definition, state.key);
  const names = list([...new Set(state.candidates.map(({ name }) => name))]);
  return `${shared === '' ? '' : `For ${shared}: `}${count(state.candidates.length, 'signal')} (${names}) ${state.candidates.length === 1 ? 'waits' : 'wait'} since ${moment(state.since)}`;
}

/** That the run of what waits was refused; undefined if it was not. */
export function refusedReason(trigger: TriggerState, what: string, { id, state }: PendingBucket): Reason | undefined {
  const [stuck] = stuckOf(trigger, state);
  if (stuck === undefined) return undefined;
  return {
    code: 'REFUSED',
    text: `${what}. They would have started a run at ${moment(stuck.at)}, which was refused: ${stuck.message} Nothing was consumed.`,
    unblock: `They are tried again when a new version is activated or the triggers are resumed; to drop them: downbeat reset-trigger ${nameOf(id).split('/').slice(0, 2).join('/')}.`,
  };
}

function bucketReason(trigger: TriggerState, definition: JoinTrigger, bucket: PendingBucket): Reason {
  const { state } = bucket;
  const what = waitingText(definition, bucket);
  const refused = refusedReason(trigger, what, bucket);
  if (refused !== undefined) return refused;
  const missing = missingOf(trigger, state);
  const until = bucketWake(state);
  const subject = state.candidates.length === 1 ? 'It' : 'The first of them';
  const end = until === undefined ? '' : ` ${subject} expires at ${moment(until)}.`;
  const [first] = missing;
  const params = (first?.on ?? []).map(
    ({ name, value }) => ` -p ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return {
    code: 'WAITING_FOR_SIGNAL',
    text: `${what}; missing: ${missingText(missing)}.${end}`,
    ...(first === undefined ? {} : { unblock: `Publish it: downbeat publish ${first.name}${params.join('')}.` }),
    ...(until === undefined ? {} : { until }),
  };
}
