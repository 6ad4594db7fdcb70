// What waits for a trigger when the trigger itself changes: it goes on waiting, is tried again, or has expired with a reason.

import { type TriggerDefinition } from '../../definition/model.ts';
import { type EntityId, triggerEntity } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { keepsSignals } from '../../definition/signal-fold.ts';
import { keepsPlace } from '../../trigger/keeps-place.ts';
import { tallyOf } from '../../trigger/trigger.ts';
import { type Turn } from '../turn.ts';
import { noWorkflow } from '../workflow/workflow-set-aside.ts';

const joinsOthers = 'A new version of the workflow joins other signals, or joins them on other parameters.';
const foldsOthers = 'A new version of the workflow folds other signals, folds them otherwise, or not at all.';

/** Drops everything that waits for a trigger: it has expired, and why is told. */
export function dropPending(turn: Turn, id: EntityId, reason: string): void {
  const trigger = turn.read('trigger', id);
  if (trigger === undefined || !keepsSignals(trigger.definition)) return;
  turn.emit(id, { type: 'PendingDropped', count: tallyOf(trigger).pending, reason });
}

/** Before a trigger is armed anew: what waits goes on waiting if the signals and their keys are the same. */
export function carryPending(turn: Turn, id: EntityId, after: TriggerDefinition): void {
  const before = turn.read('trigger', id)?.definition;
  if (before === undefined || !keepsSignals(before)) return;
  if (keepsPlace(before, after)) retryStuck(turn, id);
  else dropPending(turn, id, 'slots' in before ? joinsOthers : foldsOthers);
}

/** Before a trigger begins a new round: starts that were refused are tried once more in it. */
export function retryStuck(turn: Turn, id: EntityId): void {
  for (const bucket of turn.read('trigger', id)?.stuck ?? []) turn.follow(bucket);
}

/** Takes a `ResetTrigger` command. */
export function resetTrigger(
  turn: Turn,
  { workflowId, trigger }: { readonly workflowId: string; readonly trigger: string },
  { actor, reason }: { readonly actor: string; readonly reason?: string },
): Result<EntityId, readonly Refusal[]> {
  const id = triggerEntity(workflowId, trigger);
  const known = turn.read('trigger', id);
  if (known === undefined) {
    const workflow = turn.read('workflow', `workflow:${workflowId}` as EntityId);
    if (workflow === undefined) return failed([noWorkflow(turn, workflowId)]);
    const names = workflow.triggers.join(', ');
    return failed([
      {
        code: 'NOT_FOUND',
        message: `"${workflowId}" has no trigger "${trigger}".`,
        path: ['triggerId'],
        hint: names === '' ? 'It has none at all.' : `It has ${names}.`,
      },
    ]);
  }
  if (!keepsSignals(known.definition)) {
    return failed([
      {
        code: 'ACTION_NOT_ALLOWED',
        message: `Nothing ever waits for "${trigger}": it neither joins nor folds signals.`,
        path: ['triggerId'],
        status: known.armed ? 'ARMED' : 'DISARMED',
        allowed: [],
      },
    ]);
  }
  dropPending(turn, id, `${actor} reset the trigger${reason === undefined ? '.' : `: ${reason}`}`);
  return success(id);
}
