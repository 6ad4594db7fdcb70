// Why a trigger has not started a run: its schedule, its demands on the last signals, or that it is paused or not armed.

import { type TimeTrigger } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type SignalState } from '../signal/signal.ts';
import { clauseText, unmetClause } from '../trigger/match.ts';
import { scheduleText } from '../trigger/describe-schedule.ts';
import { isTimed } from '../trigger/fire-times.ts';
import { dueAt, type TriggerState } from '../trigger/trigger.ts';
import { type Explanation, type Reason } from './explanation.ts';
import { count, moment, publicRun } from './sentences.ts';

/** Explains a trigger. `recent` are the newest signals of the name it listens to, the newest first. */
export function explainTrigger(id: EntityId, trigger: TriggerState, recent: readonly SignalState[]): Explanation {
  const reasons = [...standing(trigger), ...waiting(trigger, recent), ...past(trigger)];
  return { id, summary: reasons[0]?.text ?? '', reasons };
}

function standing(trigger: TriggerState): readonly Reason[] {
  const { workflowId, name } = trigger;
  if (!trigger.armed) {
    return [
      {
        code: 'NOT_ARMED',
        text: `"${name}" starts nothing: it belongs to no active version of "${workflowId}" any more.`,
        unblock: 'Put it into the definition and apply that.',
        subject: `workflow:${workflowId}`,
      },
    ];
  }
  if (trigger.paused) {
    return [
      {
        code: 'PAUSED',
        text: `"${name}" starts nothing: the triggers of "${workflowId}" are paused.`,
        unblock: `Resume them: downbeat resume ${workflowId}.`,
        subject: `workflow:${workflowId}`,
      },
    ];
  }
  return [];
}

function waiting(trigger: TriggerState, recent: readonly SignalState[]): readonly Reason[] {
  if (!trigger.armed) return [];
  const { definition } = trigger;
  if (isTimed(definition)) return [schedule(trigger, definition)];
  if (trigger.paused) return [];
  if (trigger.listeningSince === undefined) {
    return [{ code: 'ARMING', text: `It is about to listen to "${definition.signal}"; that takes a moment.` }];
  }
  const [newest] = recent;
  if (newest === undefined) {
    return [
      {
        code: 'WAITING_FOR_SIGNAL',
        text: `It waits for the signal "${definition.signal}", which was never published.`,
        unblock: `Publish it: downbeat publish ${definition.signal}.`,
      },
    ];
  }
  const unmet = unmetClause(definition.where, newest.params);
  if (unmet !== undefined) {
    return [
      {
        code: 'WHERE',
        text: `The last "${definition.signal}" (number ${String(newest.sequence)}, ${moment(newest.publishedAt)}) did not meet \`${clauseText(unmet.clause)}\`: ${unmet.clause.param} was ${unmet.actual === null ? 'not given' : JSON.stringify(unmet.actual)}.`,
        unblock: `Publish one that meets it, or change \`where\`.`,
        subject: newest.id,
      },
    ];
  }
  return [
    {
      code: 'WAITING_FOR_SIGNAL',
      text: `It waits for the next "${definition.signal}".`,
      unblock: `Publish it: downbeat publish ${definition.signal}.`,
    },
  ];
}

function schedule(trigger: TriggerState, definition: TimeTrigger): Reason {
  const { nextFire } = trigger;
  const plan = scheduleText(definition);
  if (nextFire === undefined) {
    return {
      code: 'SCHEDULE',
      text: `Its schedule (${plan}) names no time that is still to come.`,
      unblock: 'Change the schedule.',
    };
  }
  const due = dueAt(trigger, nextFire);
  const later = due === nextFire ? '' : ` Its jitter puts the start off to ${moment(due)}.`;
  const next = trigger.paused ? 'Its next time would be' : 'It fires next at';
  return { code: 'SCHEDULE', text: `${next} ${moment(nextFire)} (${plan}).${later}`, until: due };
}

function past(trigger: TriggerState): readonly Reason[] {
  const reasons: Reason[] = [];
  if (trigger.lastRefusal !== undefined && trigger.lastRefusal.at > (trigger.lastFired?.at ?? 0)) {
    reasons.unshift({
      code: 'REFUSED',
      text: `At ${moment(trigger.lastRefusal.at)} it should have started a run and could not: ${trigger.lastRefusal.message}`,
      unblock: 'Correct the trigger’s `params` or the workflow’s, and apply again.',
    });
  }
  if (trigger.lastFired !== undefined) {
    reasons.push({
      code: 'STARTED',
      text: `It has started ${count(trigger.started, 'run')}, the last one ${publicRun(trigger.lastFired.run)} at ${moment(trigger.lastFired.at)}.`,
      subject: `run:${publicRun(trigger.lastFired.run)}`,
    });
  }
  if (trigger.lastSkipped !== undefined) {
    const { from, to, count: missed } = trigger.lastSkipped;
    const when = missed === 1 ? `of ${moment(to)}` : `from ${moment(from)} to ${moment(to)}`;
    reasons.push({
      code: 'SCHEDULE',
      text: `It left out ${count(missed, 'missed tick')} ${when}, as \`catchUp\` says.`,
    });
  }
  return reasons;
}
