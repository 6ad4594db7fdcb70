// A trigger as the schema shows it, in plain words.

import { type TriggerDefinition } from '../../core/definition/model.ts';
import { isFolding } from '../../core/definition/signal-fold.ts';
import { scheduleText } from '../../core/trigger/describe-schedule.ts';
import { isTimed } from '../../core/definition/is-timed.ts';
import { clauseText } from '../../core/signal/match.ts';
import { absenceText } from '../../core/trigger/describe-absence.ts';
import { foldText } from '../../core/trigger/describe-fold.ts';
import { joinText, wishText } from '../../core/trigger/describe-join.ts';
import { isBalanced } from '../../core/trigger/tally.ts';
import { isHearing, tallyOf, type TriggerState } from '../../core/trigger/trigger.ts';
import { type TriggerView } from '../../engine/engine.ts';
import { type MissedSignal, type SignalCounts, type Trigger, type TriggerKind } from '../generated/schema.ts';
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
    missed: missedOf(state),
    view,
  };
}

function missedOf({ definition, missed }: TriggerState): MissedSignal | null {
  if (missed === undefined || !('signal' in definition)) return null;
  const { since, due, run, resolved } = missed;
  return {
    name: definition.signal,
    since,
    due,
    runId: run === undefined ? null : runOfEntity(run),
    resolvedAt: resolved?.at ?? null,
    resolvedBy: resolved?.signal ?? null,
    lateMs: resolved === undefined ? null : resolved.at - due,
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
  if (isFolding(definition)) return `${foldText(definition)}${wishText(definition)}`;
  const clauses = definition.where.map(clauseText);
  const demands = clauses.length === 0 ? '' : ` with ${clauses.join(' and ')}`;
  return `when ${definition.signal} arrives${demands}${wishText(definition)}`;
}

/** A trigger on a signal hears nothing before the signal's partition knows of it. */
function isListening(state: TriggerState): boolean {
  return state.armed && isHearing(state);
}
