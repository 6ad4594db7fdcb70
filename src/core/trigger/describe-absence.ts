// A signal that does not come, in plain words.

import { type AbsenceTrigger, type ExpectationTrigger } from '../definition/model.ts';
import { durationText } from '../definition/plain-view.ts';
import { clauseText } from '../signal/match.ts';
import { scheduleText } from './describe-schedule.ts';

/** `when no measurements.ready with rows >= 100 has come for 26h`. */
export function absenceText(definition: AbsenceTrigger | ExpectationTrigger): string {
  if (definition.kind === 'expected') {
    const { by, timezone } = definition;
    const times = scheduleText({ kind: 'cron', cron: by, timezone });
    return `${times}, when no ${missedText(definition)} has come since the time before`;
  }
  return `when no ${missedText(definition)} has come for ${durationText(definition.absentFor)}`;
}

/** What is missed: `measurements.ready with rows >= 100`. */
export function missedText({ signal, where }: Pick<AbsenceTrigger, 'signal' | 'where'>): string {
  return where.length === 0 ? signal : `${signal} with ${where.map(clauseText).join(' and ')}`;
}
