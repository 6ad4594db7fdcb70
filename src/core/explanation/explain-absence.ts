// Why a trigger on a signal that does not come has not started a run: it came, it may still come, or it has been missed already.

import { type AbsenceTrigger, type ExpectationTrigger } from '../definition/model.ts';
import { missedText } from '../trigger/describe-absence.ts';
import { type TriggerState } from '../trigger/trigger.ts';
import { type Reason } from './explanation.ts';
import { moment } from './sentences.ts';

/** What the trigger waits for, and until when. */
export function absenceReason(
  { absence, nextFire }: TriggerState,
  definition: AbsenceTrigger | ExpectationTrigger,
): Reason {
  const { signal } = definition;
  const missed = missedText(definition);
  if (absence === undefined) {
    return { code: 'ARMING', text: `It is about to listen to "${signal}"; that takes a moment.` };
  }
  const { since, last, checked = -Infinity } = absence;
  const unblock = `Publish it: downbeat publish ${signal}.`;
  const subject = last === undefined ? {} : { subject: last.signal };
  if (nextFire === undefined && definition.kind === 'expected') {
    return { code: 'SCHEDULE', text: 'Its times are over: none is still to come.', unblock: 'Change `by`.' };
  }
  if (nextFire === undefined) {
    const text = `No ${missed} has come since ${moment(since)}. It did what it does about that, and counts again from the next one on.`;
    return { code: 'WAITING_FOR_SIGNAL', text, unblock, ...subject };
  }
  const lastOne =
    last === undefined ? `None has come since ${moment(since)}.` : `The last one came at ${moment(last.at)}.`;
  if (definition.kind === 'expected' && last !== undefined && last.at > checked) {
    const text = `It will not start a run at ${moment(nextFire)}: ${missed} came at ${moment(last.at)}.`;
    return { code: 'WAITING_FOR_SIGNAL', text, until: nextFire, ...subject };
  }
  const text = `It starts a run at ${moment(nextFire)}, unless ${missed} comes before. ${lastOne}`;
  return { code: 'WAITING_FOR_SIGNAL', text, until: nextFire, ...subject };
}
