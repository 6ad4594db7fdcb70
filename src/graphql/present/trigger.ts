// A trigger as the schema shows it, in plain words.

import { type TriggerDefinition } from '../../core/definition/model.ts';
import { scheduleText } from '../../core/trigger/describe-schedule.ts';
import { isTimed } from '../../core/definition/is-timed.ts';
import { clauseText } from '../../core/signal/match.ts';
import { absenceText } from '../../core/trigger/describe-absence.ts';
import { joinText } from '../../core/trigger/describe-join.ts';
import { isBalanced } from '../../core/trigger/tally.ts';
import { isHearing, tallyOf, type TriggerState } from '../../core/trigger/trigger.ts';
import { type TriggerView } from '../../engine/engine.ts';
import { type SignalCounts, type Trigger, type TriggerKind } from '../generated/schema.ts';
import { runOfEntity } from './public-id.ts';
import { type ScheduleSource } from './schedule.ts';

/** What the fields of `Trigger` are resolved from. */
export interface TriggerSource extends Omit<Trigger, '__typename' | 'explanation' | 'schedule' | 'pending'> {
  readonly __typename: 'Trigger';
  /** What `pending` is read by. */
  readonly view: TriggerView;
  readonly schedule: ScheduleSource | null;
}

const KINDS: Readonly<Record<TriggerDefinition['kind'], TriggerKind>> = {
  cron: 'CRON',
  every: 'EVERY',
  at: 'AT',
  signal: 'SIGNAL',
  absent: 'ABSENT',
  expected: 'EXPECTED',
  all: 'ALL',
  any: 'ANY',
  'at-least': 'AT_LEAST',
  sequence: 'SEQUENCE',
};

/** A trigger from its state. */
export function triggerOf(view: TriggerView): TriggerSource {
  const { id, state } = view;
  const { workflowId, name, definition, paused, nextFire, lastFired, started, skipped } = state;
  return {
    __typename: 'Trigger',
    id,
    name,
    workflowId,
    kind: KINDS[definition.kind],
    text: triggerText(definition),
    schedule: isTimed(definition) ? { definition, armed: state.armed, next: nextFire } : null,
    armed: isListening(state),
    paused,
    nextFire,
    lastFired: lastFired === undefined ? null : { at: lastFired.at, runId: runOfEntity(lastFired.run) },
    started,
    skipped,
    counts: isTimed(definition) ? null : countsOf(state),
    view,
  };
}

function countsOf(state: TriggerState): SignalCounts {
  const tally = tallyOf(state);
  return { ...tally, balanced: isBalanced(tally) };
}

/** "every weekday at 06:00 in Madrid", or "when measurements.ready arrives with rows >= 100". */
export function triggerText(definition: TriggerDefinition): string {
  if (isTimed(definition)) return scheduleText(definition);
  if ('slots' in definition) return joinText(definition);
  if (definition.kind === 'absent' || definition.kind === 'expected') return absenceText(definition);
  const clauses = definition.where.map(clauseText);
  const demands = clauses.length === 0 ? '' : ` with ${clauses.join(' and ')}`;
  return `when ${definition.signal} arrives${demands}`;
}

/** A trigger on a signal hears nothing before the signal's partition knows of it. */
function isListening(state: TriggerState): boolean {
  return state.armed && isHearing(state);
}
