// Why a trigger has not started a run: its schedule, its demands on the last signals, or that it is paused or not armed.

import { type EntityId } from '../ids.ts';
import { type SignalTrigger } from '../definition/model.ts';
import { type SignalState } from '../signal/signal.ts';
import { clauseText, unmetClause } from '../signal/match.ts';
import { isTimed } from '../definition/is-timed.ts';
import { type TriggerState } from '../trigger/trigger.ts';
import { absenceReason } from './explain-absence.ts';
import { foldReasons } from './explain-fold.ts';
import { lastTickNote, leftOutTicks, nextTick, tickMoment } from './explain-ticks.ts';
import { publishLine } from './explain-wait.ts';
import { joinReasons, type PendingBucket, tallyReasons } from './explain-join.ts';
import { missedReasons } from './explain-missed.ts';
import { type Explanation, type Reason } from './explanation.ts';
import { type Listening } from './listening.ts';
import { count, moment, oneLine, publicRun } from './sentences.ts';

/** What is known beside the trigger itself. */
export interface TriggerFacts {
  /** The newest signals of the name it listens to, the newest first. */
  readonly recent?: readonly SignalState[];
  /** For a join, or where signals are folded: what waits for it, the newest first. */
  readonly pending?: readonly PendingBucket[];
  /** On absences: who else waits for the signal. */
  readonly listening?: Listening;
}

/** Explains a trigger. */
export function explainTrigger(
  id: EntityId,
  trigger: TriggerState,
  { recent = [], pending = [], listening }: TriggerFacts,
): Explanation {
  const reasons = [
    ...standing(trigger),
    ...(trigger.armed ? joinReasons(trigger, pending) : []),
    ...waiting(trigger, recent, pending),
    ...missedReasons(trigger, listening),
    ...past(trigger),
    ...tallyReasons(trigger),
  ];
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
        text: `"${name}" starts nothing: ${whyPaused(trigger)}.`,
        unblock: `Resume them: downbeat resume ${workflowId}.`,
        subject: `workflow:${workflowId}`,
      },
    ];
  }
  return [];
}

function whyPaused({ workflowId, definition }: TriggerState): string {
  if ('paused' in definition) return 'its definition pauses it until somebody resumes the triggers';
  return `the triggers of "${workflowId}" are paused`;
}

function waiting(
  trigger: TriggerState,
  recent: readonly SignalState[],
  pending: readonly PendingBucket[],
): readonly Reason[] {
  if (!trigger.armed) return [];
  const { definition } = trigger;
  if (isTimed(definition)) return [nextTick(trigger, definition)];
  if ('slots' in definition) return [];
  if (trigger.paused) return foldReasons(trigger, pending);
  if (definition.kind === 'absent' || definition.kind === 'expected') return [absenceReason(trigger, definition)];
  return pending.length > 0 ? foldReasons(trigger, pending) : onNextSignal(trigger, definition, recent);
}

function onNextSignal(
  trigger: TriggerState,
  definition: SignalTrigger,
  recent: readonly SignalState[],
): readonly Reason[] {
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
        unblock: `Publish one that meets it: ${publishLine(definition)} – or change \`where\`.`,
        subject: newest.id,
      },
    ];
  }
  if (newest.sequence <= trigger.listeningSince) {
    return [
      {
        code: 'WAITING_FOR_SIGNAL',
        text: `It waits for the next "${definition.signal}": the last one (number ${String(newest.sequence)}, ${moment(newest.publishedAt)}) had come before it began to listen.`,
        unblock: `Publish it again: ${publishLine(definition)}.`,
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

function past(trigger: TriggerState): readonly Reason[] {
  const reasons: Reason[] = [];
  if (trigger.lastRefusal !== undefined && trigger.lastRefusal.at > (trigger.lastFired?.at ?? 0)) {
    reasons.unshift({
      code: 'REFUSED',
      text: `At ${moment(trigger.lastRefusal.at)} it should have started a run and could not: ${oneLine(trigger.lastRefusal.message)}`,
      unblock: 'Correct the trigger’s `params` or the workflow’s, and apply again.',
    });
  }
  if (trigger.lastFired !== undefined) {
    const { definition, lastFired } = trigger;
    const last = `It has started ${count(trigger.started, 'run')}, the last one ${publicRun(lastFired.run)} at ${tickMoment(definition, lastFired.at)}.`;
    reasons.push({
      code: 'STARTED',
      text: [last, ...lastTickNote(definition, lastFired.at)].join(' '),
      subject: `run:${publicRun(trigger.lastFired.run)}`,
    });
  }
  return [...reasons, ...leftOutTicks(trigger)];
}
