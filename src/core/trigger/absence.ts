// A signal that does not come: since when it is missed, and when that has been too long. Counted by when signals arrive at
// the trigger, never by when they happened.

import { fixedParams } from '../definition/armed-triggers.ts';
import { type AbsenceTrigger, type ExpectationTrigger } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type Instant, type Milliseconds } from '../time.ts';

/** What a trigger with `absentFor` has counted so far. */
export interface Absence {
  /** When the last one came, or when counting began: with listening, or on resuming. */
  readonly since: Instant;
  /** The last one that met its demands. Absent: none since it has been armed. */
  readonly last?: LastHeard;
  /** For `expect`: the last time that was dealt with. Absent: none yet. */
  readonly checked?: Instant;
}

/** The last signal that was heard before one is missed. */
export interface LastHeard {
  readonly signal: EntityId;
  readonly at: Instant;
}

/** A signal that was missed: by when it had not come, what was done about that, and what ended it. */
export interface Missed {
  /** When the one before had come, or when counting began. */
  readonly since: Instant;
  /** When it was too long, or the time by which it should have come. */
  readonly due: Instant;
  /** Absent: the run was refused. */
  readonly run?: EntityId;
  /** The first one that came after all. Absent: none has yet. */
  readonly resolved?: LastHeard;
}

/** For `expect`: the time by which it had not come, and the next. */
export interface Deadline {
  readonly by?: Instant;
  readonly nextFire?: Instant;
}

/** An event that only triggers with `absentFor` or `expect` have. */
export type AbsenceEvent =
  /** A signal that met its demands has come: counting begins again. */
  | { readonly type: 'SignalHeard'; readonly signal: EntityId }
  /** None had come for long enough. It counts again from the next one on. */
  | ({ readonly type: 'AbsenceFound'; readonly since: Instant; readonly run: EntityId } & Deadline)
  /** The same, and its run was refused. */
  | ({ readonly type: 'AbsenceRefused'; readonly since: Instant; readonly message: string } & Deadline)
  /** For `expect`: a time passed by which it had come, or before which nobody listened. */
  | { readonly type: 'DeadlineMet'; readonly by: Instant; readonly nextFire?: Instant };

/** Counting that began at a moment: what the trigger remembers, and when it would start a run. */
export function countedFrom(
  definition: AbsenceTrigger | ExpectationTrigger,
  since: Instant,
  { last, checked }: Partial<Pick<Absence, 'last' | 'checked'>>,
): { readonly absence: Absence; readonly nextFire?: Instant } {
  const absence = {
    since,
    ...(last === undefined ? {} : { last }),
    ...(checked === undefined ? {} : { checked }),
  };
  return definition.kind === 'absent' ? { absence, nextFire: since + definition.absentFor } : { absence };
}

/** What has just been missed. */
export function missedBy(
  definition: AbsenceTrigger | ExpectationTrigger,
  { since, by, ...found }: Extract<AbsenceEvent, { type: 'AbsenceFound' | 'AbsenceRefused' }>,
  at: Instant,
): Missed {
  const due = by ?? (definition.kind === 'absent' ? since + definition.absentFor : at);
  return { since, due, ...('run' in found ? { run: found.run } : {}) };
}

/** How late a signal that comes now is; undefined where none is missed. */
export function lateness(missed: Missed | undefined, now: Instant): Milliseconds | undefined {
  return missed === undefined || missed.resolved !== undefined ? undefined : now - missed.due;
}

/** What the parameters of the run are made of: `absence.signal`, `absence.since` in UTC, and what the missing one must bring. */
export function absenceNames(definition: AbsenceTrigger | ExpectationTrigger, { since }: Absence): readonly Entry[] {
  return [
    ...fixedParams(definition).filter(({ name }) => name !== 'signal' && name !== 'since'),
    { name: 'signal', value: definition.signal },
    { name: 'since', value: new Date(since).toISOString() },
  ];
}
