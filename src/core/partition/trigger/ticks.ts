// Time on the calendar: a trigger's due ticks start runs, once each, or are left out as its catch-up policy says. Whatever
// becomes of a tick is recorded.

import { type EntityId } from '../../ids.ts';
import { type Result, failed } from '../../result.ts';
import { type Instant } from '../../time.ts';
import { dueTicks } from '../../trigger/catch-up.ts';
import { isTimed } from '../../definition/is-timed.ts';
import { fireAfter } from '../../trigger/fire-times.ts';
import { type TriggerState } from '../../trigger/trigger.ts';
import { createRun } from '../run/start-run.ts';
import { paramsFrom } from './trigger-params.ts';
import { type Turn } from '../turn.ts';

/** Ticks that an edit leaves out are counted so far and no further: it is one turn, however long they were not dealt with. */
const mostLeftOut = 1_000;

/** Deals with everything that is due for a trigger. A wake that comes early, late or twice changes nothing. */
export function takeTicks(turn: Turn, id: EntityId): void {
  const trigger = turn.read('trigger', id);
  const { now } = turn.circumstances;
  if (trigger?.armed !== true || trigger.paused || !isTimed(trigger.definition)) return;
  if (trigger.nextFire === undefined || trigger.nextFire > now) return;
  const { fire, skip, next } = dueTicks(id, trigger.definition, trigger.nextFire, now);
  const nextFire = next === undefined ? {} : { nextFire: next };
  const [firstSkipped] = skip;
  const lastSkipped = skip.at(-1);
  if (firstSkipped !== undefined && lastSkipped !== undefined) {
    turn.emit(id, { type: 'TicksSkipped', from: firstSkipped, to: lastSkipped, count: skip.length, ...nextFire });
  }
  fireTicks(turn, id, trigger, { fire, next });
}

/** Starts the runs of ticks. What a full commit leaves over stays due: the trigger is woken again at once. */
function fireTicks(
  turn: Turn,
  id: EntityId,
  trigger: TriggerState,
  { fire, next }: { readonly fire: readonly Instant[]; readonly next: Instant | undefined },
): void {
  for (const [place, scheduledFor] of fire.entries()) {
    const run = startTick(turn, trigger, scheduledFor);
    const left = turn.isFull() ? fire[place + 1] : undefined;
    const due = left ?? next;
    const nextFire = due === undefined ? {} : { nextFire: due };
    turn.emit(
      id,
      run.ok
        ? { type: 'TickFired', scheduledFor, run: run.value, ...nextFire }
        : { type: 'StartRefused', message: run.failure, ...nextFire },
    );
    if (left !== undefined) return;
  }
}

/** Records the ticks that are due and that nobody will deal with, since the trigger's schedule ends now. */
export function leaveOutDue(turn: Turn, id: EntityId): void {
  const trigger = turn.read('trigger', id);
  const { now } = turn.circumstances;
  if (trigger?.armed !== true || !isTimed(trigger.definition)) return;
  const from = trigger.nextFire;
  if (from === undefined || from > now) return;
  let [count, to] = [1, from];
  for (let tick = fireAfter(trigger.definition, to); tick !== undefined && tick <= now && count < mostLeftOut;) {
    [count, to] = [count + 1, tick];
    tick = fireAfter(trigger.definition, tick);
  }
  turn.emit(id, { type: 'TicksSkipped', from, to, count, why: 'SCHEDULE_ENDED' });
}

/** The run of one tick, or why it could not be made. */
function startTick(turn: Turn, trigger: TriggerState, scheduledFor: Instant): Result<EntityId, string> {
  const params = paramsFrom(trigger.definition.params, { signal: [] });
  if (!params.ok) return params;
  const run = createRun(turn, {
    workflowId: trigger.workflowId,
    params: params.value,
    labels: [],
    cause: { kind: 'CRON', trigger: trigger.name },
    scheduledFor,
  });
  return run.ok ? run : failed(run.failure.map((refusal) => refusal.message).join(' '));
}
