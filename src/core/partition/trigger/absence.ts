// A signal that does not come starts a run, once until the next one comes, and can be announced by a signal of its own. A signal
// that does come is counted as consumed: it has done all that it can do here, which is to begin the count again.

import { type AbsenceTrigger, type ExpectationTrigger } from '../../definition/model.ts';
import { type EntityId, nameOf } from '../../ids.ts';
import { type Result, failed } from '../../result.ts';
import { unmetClause } from '../../signal/match.ts';
import { type TriggerVerdict } from '../../signal/signal.ts';
import { type Instant, type Milliseconds } from '../../time.ts';
import { type Absence, absenceNames, type Deadline, lateness, type Missed } from '../../trigger/absence.ts';
import { judgeDeadline } from '../../trigger/deadlines.ts';
import { type TriggerState } from '../../trigger/trigger.ts';
import { type Message } from '../message.ts';
import { createRun } from '../run/start-run.ts';
import { announceSignal } from '../signal/publish-signals.ts';
import { type Turn } from '../turn.ts';
import { paramsFrom } from './trigger-params.ts';

type OnAbsence = AbsenceTrigger | ExpectationTrigger;

/** Lets a trigger on an absence hear a signal. */
export function hearSignal(
  turn: Turn,
  id: EntityId,
  definition: OnAbsence,
  { signal, params }: Extract<Message, { type: 'SignalArrived' }>,
): TriggerVerdict {
  const unmet = unmetClause(definition.where, params);
  if (unmet !== undefined) return { trigger: id, verdict: 'UNMET', ...unmet };
  const { missed } = turn.read('trigger', id) ?? {};
  const lateBy = lateness(missed, turn.circumstances.now);
  turn.emit(id, { type: 'SignalHeard', signal });
  if (missed !== undefined && lateBy !== undefined) announce(turn, id, definition, { ...missed, lateBy });
  return { trigger: id, verdict: 'HEARD', ...(lateBy === undefined ? {} : { lateBy }) };
}

/** Starts the run of a signal that has not come for too long. A wake that comes early or twice changes nothing. */
export function takeAbsence(turn: Turn, id: EntityId): void {
  const trigger = turn.read('trigger', id);
  if (trigger?.armed !== true || trigger.paused) return;
  const { definition, absence, nextFire } = trigger;
  const { now } = turn.circumstances;
  if (nextFire === undefined || nextFire > now) return;
  if (definition.kind === 'expected') {
    takeDeadline(turn, { id, trigger, definition, due: nextFire });
    return;
  }
  if (definition.kind !== 'absent' || absence === undefined) return;
  miss(turn, { id, trigger, definition, absence }, {});
}

/** A time has come by which a signal must have. Of several that passed while nobody looked, one run is made. */
function takeDeadline(
  turn: Turn,
  { due, ...on }: Omit<Missing, 'absence'> & { readonly definition: ExpectationTrigger; readonly due: Instant },
): void {
  const { now } = turn.circumstances;
  const { absence } = on.trigger;
  const { by, isMissed, next } = judgeDeadline(on.definition, { absence, due, now });
  const nextFire = next === undefined ? {} : { nextFire: next };
  if (absence === undefined || !isMissed) turn.emit(on.id, { type: 'DeadlineMet', by, ...nextFire });
  else miss(turn, { ...on, absence }, { by, ...nextFire });
}

interface Missing {
  readonly id: EntityId;
  readonly trigger: TriggerState;
  readonly definition: OnAbsence;
  readonly absence: Absence;
}

function miss(turn: Turn, { id, trigger, definition, absence }: Missing, deadline: Deadline): void {
  const { since } = absence;
  const run = startOnAbsence(turn, trigger, definition, { ...absence, ...deadline });
  turn.emit(
    id,
    run.ok
      ? { type: 'AbsenceFound', since, run: run.value, ...deadline }
      : { type: 'AbsenceRefused', since, message: run.failure, ...deadline },
  );
  const { missed } = turn.read('trigger', id) ?? {};
  if (missed !== undefined) announce(turn, id, definition, missed);
}

/** Tells whoever listens to it that a signal is missed, or, once it is known how late it was, that it has come after all. */
function announce(
  turn: Turn,
  id: EntityId,
  definition: OnAbsence,
  { since, due, lateBy }: Missed & { readonly lateBy?: Milliseconds },
): void {
  if (definition.announce === undefined) return;
  const own = [
    ...absenceNames(definition, { since }),
    { name: 'due', value: new Date(due).toISOString() },
    { name: 'resolved', value: lateBy !== undefined },
    ...(lateBy === undefined ? [] : [{ name: 'lateBySeconds', value: Math.round(lateBy / 1_000) }]),
  ];
  const params = new Map(own.map((entry) => [entry.name, entry]));
  announceSignal(turn, definition.announce, [...params.values()], id);
}

function startOnAbsence(
  turn: Turn,
  trigger: TriggerState,
  definition: OnAbsence,
  absence: Absence & Deadline,
): Result<EntityId, string> {
  const params = paramsFrom(definition.params, { signal: [], absence: absenceNames(definition, absence) });
  if (!params.ok) return params;
  const { since, last, by } = absence;
  const run = createRun(turn, {
    workflowId: trigger.workflowId,
    params: params.value,
    labels: [],
    cause: {
      kind: 'ABSENCE',
      trigger: trigger.name,
      name: definition.signal,
      since,
      ...(by === undefined ? {} : { by }),
      ...(last === undefined ? {} : { last: nameOf(last.signal) }),
      ...(definition.where.length === 0 ? {} : { where: definition.where }),
    },
  });
  return run.ok ? run : failed(run.failure.map((refusal) => refusal.message).join(' '));
}
