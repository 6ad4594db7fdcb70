// The past of a trigger twice: as it was, and as it would have been with another trigger in its place.

import { type Definition, type TriggerDefinition } from '../definition/model.ts';
import { isSameSchedule } from '../trigger/fire-times.ts';
import { type Instant } from '../time.ts';
import { anchoredPast, withTrigger } from './changed-past.ts';
import { orderPast } from './order-past.ts';
import { type Happening, type PastSignal, type Sleep } from './past.ts';
import { type LoggedEvent, type Lookups, pausesFrom, recordedPast } from './recorded-past.ts';

/** A trigger with the definition it stands in. */
export interface Standing {
  readonly definition: Definition;
  readonly trigger: TriggerDefinition;
}

/** Everything that is known of a trigger's past. */
export interface PastFacts {
  /** When the replay begins. */
  readonly begin: Instant;
  /** The trigger as it was then; absent if it was not armed. */
  readonly standing?: Standing;
  readonly paused: boolean;
  /** The trigger's events since then, in their order. */
  readonly events: readonly LoggedEvent[];
  /** Before this the log is cut. Absent: it reaches back to `begin`. */
  readonly cutBefore?: Instant;
  /** What is known of the trigger from then: what it became when, without `standing` that it was not armed. */
  readonly earlier: readonly { readonly at: Instant; readonly standing?: Standing }[];
  /** The signals of all names that matter, of which some may be in the events. */
  readonly signals: readonly PastSignal[];
  readonly lookups: Omit<Lookups, 'signal'>;
  /** One time of its schedule that is still to come, where it has one. */
  readonly nextFire?: Instant;
}

/** The past as it was, and what it is like without the trigger's own doing. */
export interface KnownPast {
  readonly happenings: readonly Happening[];
  readonly sleeps: readonly Sleep[];
  /** One time of the schedule that the trigger had at the beginning. */
  readonly tick?: Instant;
}

/** The past of a trigger that there was. */
export function knownPast(facts: PastFacts): KnownPast {
  const { begin, standing, events, signals } = facts;
  const byId = new Map(signals.map((signal) => [signal.id, signal]));
  const recorded = recordedPast(events, standing?.trigger, { ...facts.lookups, signal: (id) => byId.get(id) });
  const happenings = orderPast(
    [...openingOf(facts, begin), ...recorded.happenings],
    missingFrom(recorded.happenings, signals),
  );
  const tick = recorded.firstTick ?? (recorded.isUnbroken ? facts.nextFire : undefined);
  return {
    happenings:
      standing === undefined || tick === undefined ? happenings : anchoredPast(happenings, standing.trigger, tick),
    sleeps: recorded.sleeps,
    ...(tick === undefined ? {} : { tick }),
  };
}

/** How it stood when the replay begins; and where the log is cut, what is known of the time before. */
function openingOf({ standing, paused, cutBefore, earlier, signals }: PastFacts, at: Instant): readonly Happening[] {
  const armed = standing === undefined ? [] : [becoming(at, standing)];
  if (cutBefore === undefined) return paused ? [...armed, { kind: 'PAUSED', at }] : armed;
  const told = pausesFrom(signals.filter(({ publishedAt }) => publishedAt >= at && publishedAt < cutBefore));
  const isPaused = told.at(-1)?.kind === 'PAUSED';
  const atCut: readonly Happening[] =
    isPaused === paused ? [] : [{ kind: paused ? 'PAUSED' : 'RESUMED', at: cutBefore }];
  const changes = earlier.map((one) => becoming(one.at, one.standing));
  return [...armed, ...[...changes, ...told].sort((one, other) => one.at - other.at), ...atCut];
}

function becoming(at: Instant, standing: Standing | undefined): Happening {
  return standing === undefined ? { kind: 'DISARMED', at } : { kind: 'ARMED', at, ...standing, awaited: [] };
}

function missingFrom(happenings: readonly Happening[], signals: readonly PastSignal[]): readonly PastSignal[] {
  const there = new Set(happenings.flatMap((one) => (one.kind === 'SIGNAL' ? [one.signal.id] : [])));
  return signals.filter(({ id }) => !there.has(id));
}

/** The past as it would have been. Where the real trigger was, the other is; one of the same schedule keeps its times. */
export function otherPast({ happenings, tick }: KnownPast, facts: PastFacts, changed: Standing): readonly Happening[] {
  const other = withTrigger(happenings, changed.definition, changed.trigger);
  const real = facts.standing?.trigger;
  if (real === undefined || tick === undefined || !isSameSchedule(real, changed.trigger)) return other;
  return anchoredPast(other, real, tick);
}

/** The past of a trigger that was never there: it is armed when the replay begins, and paused when the workflow's triggers were. */
export function pastWithout(
  begin: Instant,
  changed: Standing,
  { pauses, signals }: { readonly pauses: readonly Happening[]; readonly signals: readonly PastSignal[] },
): readonly Happening[] {
  return [{ kind: 'ARMED', at: begin, ...changed, awaited: [] }, ...orderPast(pauses, signals)];
}
