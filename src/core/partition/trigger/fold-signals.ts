// Folding: signals that come close to one another start one run together. Each that the trigger gets waits in the bucket of its
// group until the run takes it, and is counted so; the last that came gives the run its parameters.

import { isFolding, type FoldingTrigger } from '../../definition/signal-fold.ts';
import { bucketEntity, type EntityId, nameOf } from '../../ids.ts';
import { unmetClause } from '../../signal/match.ts';
import { type TriggerVerdict } from '../../signal/signal.ts';
import { type BucketState, type Candidate } from '../../trigger/bucket.ts';
import { dueAfter, isFull, putOffUntil } from '../../trigger/fold.ts';
import { generationOf, type TriggerState } from '../../trigger/trigger.ts';
import { type Message } from '../message.ts';
import { type Turn } from '../turn.ts';
import { arrivalFault } from './wanted.ts';
import { candidatesIn, keyFor, rejectSignal, startWaiting, type Work } from './waiting.ts';

type Arrived = Extract<Message, { type: 'SignalArrived' }>;

interface Arrival {
  readonly definition: FoldingTrigger;
  readonly signal: Arrived;
}

/** Lets a trigger that folds judge a signal that has arrived. */
export function judgeFold(
  turn: Turn,
  id: EntityId,
  trigger: TriggerState,
  { definition, signal }: Arrival,
): TriggerVerdict {
  const unmet = unmetClause(definition.where, signal.params);
  if (unmet !== undefined) return { trigger: id, verdict: 'UNMET', ...unmet };
  const unwanted = arrivalFault(turn, trigger, { last: signal });
  if (unwanted !== undefined) return rejectSignal(turn, id, signal, unwanted.message);
  const group = keyFor(turn, id, signal, { names: definition.fold.by, how: 'grouped' });
  if ('fault' in group) return group.fault;
  const bucket = bucketEntity(trigger.workflowId, trigger.name, group.text);
  const work = { turn, bucket, trigger: id };
  const refusal = noPlace(work, trigger);
  if (refusal !== undefined) return rejectSignal(turn, id, signal, refusal);
  turn.emit(bucket, {
    type: 'BucketFilled',
    workflowId: trigger.workflowId,
    trigger: trigger.name,
    key: group.key,
    generation: generationOf(trigger),
    candidate: {
      signal: signal.signal,
      name: signal.name,
      sequence: signal.sequence,
      params: signal.params,
      occurredAt: signal.occurredAt ?? turn.circumstances.now,
      slots: [0],
    },
    due: dueWith(work, trigger, definition),
  });
  turn.emit(id, { type: 'SignalHeld', signal: signal.signal, bucket });
  return startDue(work, trigger) ?? pendingVerdict(work, trigger, definition);
}

/** Starts the run of a bucket whose time has come: after a refusal or a pause, and when it is woken. */
export function startFolded(
  turn: Turn,
  bucket: EntityId,
  { trigger, id }: { readonly trigger: TriggerState; readonly id: EntityId },
): void {
  if (trigger.armed && !trigger.paused) startDue({ turn, bucket, trigger: id }, trigger);
}

/** A bucket's time has come. While its trigger is paused it waits on: it is dealt with on resuming, and looked at now and then. */
export function wakeFolded(
  turn: Turn,
  bucket: EntityId,
  on: { readonly trigger: TriggerState; readonly id: EntityId; readonly state: BucketState },
): void {
  const { trigger, id, state } = on;
  const { now } = turn.circumstances;
  if (!trigger.paused) startFolded(turn, bucket, on);
  else if (state.due !== undefined && Math.max(state.due, state.putOff ?? 0) <= now) {
    turn.emit(bucket, { type: 'BucketPutOff', until: putOffUntil(state.due, now) });
    if (trigger.stuck?.includes(bucket) !== true) turn.emit(id, { type: 'FoldPutOff', bucket });
  }
}

function startDue(work: Work, trigger: TriggerState): TriggerVerdict | undefined {
  const { turn, bucket } = work;
  const waiting = freeIn(work, trigger);
  const { due } = turn.read('bucket', bucket) ?? {};
  const last = waiting.at(-1);
  if (last === undefined || due === undefined || !isFolding(trigger.definition)) return undefined;
  if (due > turn.circumstances.now && !isFull(waiting)) return undefined;
  const folded = waiting.map(({ signal, sequence }) => ({ signal: nameOf(signal), sequence }));
  return startWaiting(work, trigger, waiting, { last, folded });
}

/** Those that were refused before and cannot be tried again yet stay out of it. */
function freeIn({ turn, bucket }: Work, trigger: TriggerState): readonly Candidate[] {
  return candidatesIn(turn, bucket, trigger).filter(({ stuck }) => stuck === undefined);
}

function dueWith(work: Work, trigger: TriggerState, { fold }: FoldingTrigger): number {
  const { turn, bucket } = work;
  const state = turn.read('bucket', bucket);
  const takenAt = state?.generation === generationOf(trigger) ? state.takenAt : undefined;
  const folded = { waiting: freeIn(work, trigger), ...(takenAt === undefined ? {} : { takenAt }) };
  return dueAfter(fold, folded, turn.circumstances.now);
}

/** Full of what can take part, a bucket starts its run; so it is only what was refused that can take the place of others. */
function noPlace({ turn, bucket }: Work, trigger: TriggerState): string | undefined {
  if (turn.quarantine(bucket) !== undefined) {
    return `What waits in its group was set aside after an error: ${bucket}.`;
  }
  const waiting = candidatesIn(turn, bucket, trigger);
  if (!isFull(waiting)) return undefined;
  return `${String(waiting.length)} signals whose run was refused wait in its group already, which is the most that are kept.`;
}

function pendingVerdict(work: Work, trigger: TriggerState, { fold }: FoldingTrigger): TriggerVerdict {
  const { due = 0 } = work.turn.read('bucket', work.bucket) ?? {};
  const others = freeIn(work, trigger).length - 1;
  const isQuiet = fold.kind === 'debounce' && due === work.turn.circumstances.now + fold.quiet;
  const quiet = isQuiet ? { quiet: fold.quiet } : {};
  return { trigger: work.trigger, verdict: 'PENDING', missing: [], fold: { until: due, others, ...quiet } };
}
