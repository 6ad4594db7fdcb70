// Time on the calendar: a cron trigger's due ticks start runs, once each, or are left out as its catch-up policy says.

import { type EntityId } from '../ids.ts';
import { type Result, failed } from '../result.ts';
import { type Instant } from '../time.ts';
import { dueTicks } from '../trigger/catch-up.ts';
import { type TriggerState } from '../trigger/trigger.ts';
import { createRun } from './start-run.ts';
import { paramsFrom } from './signals.ts';
import { type Turn } from './turn.ts';

/** Deals with everything that is due for a trigger. A wake that comes early, late or twice changes nothing. */
export function takeTicks(turn: Turn, id: EntityId): void {
  const trigger = turn.read('trigger', id);
  const { now } = turn.circumstances;
  if (trigger?.armed !== true || trigger.paused || trigger.definition.kind !== 'cron') return;
  if (trigger.nextFire === undefined || trigger.nextFire > now) return;
  const { fire, skip, next } = dueTicks(trigger.definition, trigger.nextFire, now);
  const nextFire = next === undefined ? {} : { nextFire: next };
  const [firstSkipped] = skip;
  const lastSkipped = skip.at(-1);
  if (firstSkipped !== undefined && lastSkipped !== undefined) {
    turn.emit(id, { type: 'TicksSkipped', from: firstSkipped, to: lastSkipped, count: skip.length, ...nextFire });
  }
  for (const scheduledFor of fire) {
    const run = startTick(turn, trigger, scheduledFor);
    turn.emit(
      id,
      run.ok
        ? { type: 'TickFired', scheduledFor, run: run.value, ...nextFire }
        : { type: 'StartRefused', message: run.failure, ...nextFire },
    );
  }
}

/** The run of one tick, or why it could not be made. */
function startTick(turn: Turn, trigger: TriggerState, scheduledFor: Instant): Result<EntityId, string> {
  const params = paramsFrom(trigger.definition.params, []);
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
