// Puts signals whose arrival is not on record where they must have come: among what is on record, between the signals of their name
// before and after them, at the time of their publication as nearly as what the trigger made of them allows.

import { type Clause, type TriggerDefinition } from '../definition/model.ts';
import { type Instant } from '../time.ts';
import { signalsOf } from '../trigger/trigger.ts';
import { type Happening, type PastSignal } from './past.ts';

type Arrival = Extract<Happening, { readonly kind: 'SIGNAL' }>;

/** How far from its publication a signal is looked for: clocks of two partitions differ by little. */
const farthest = 500;

/** How the trigger stood at a place among what is on record. */
interface Standing {
  /** Absent: it is not armed. */
  readonly trigger?: TriggerDefinition;
  readonly paused: boolean;
  /** The number of the last signal of each name that it did not hear; absent: it does not hear that name. */
  readonly heard: ReadonlyMap<string, number>;
}

/**
 * Everything in one order. `recorded` is what is on record, in its order; `signals` are those that are not in it. The same past
 * always comes to the same order.
 */
export function orderPast(recorded: readonly Happening[], signals: readonly PastSignal[]): readonly Happening[] {
  if (signals.length === 0) return recorded;
  const before = placed(recorded, signals);
  const ordered: Happening[] = [];
  for (const place of Array.from({ length: recorded.length + 1 }, (_, index) => index)) {
    const arrivals = before.get(place);
    if (arrivals !== undefined) for (const arrival of inTime(arrivals)) ordered.push(arrival);
    const happening = recorded[place];
    if (happening !== undefined) ordered.push(happening);
  }
  return ordered;
}

/** Before which of what is on record each signal came; the last place is behind all of it. */
function placed(
  recorded: readonly Happening[],
  signals: readonly PastSignal[],
): ReadonlyMap<number, readonly Arrival[]> {
  const standings = standingsOf(recorded);
  const names = placesByName(recorded);
  const before = new Map<number, Arrival[]>();
  for (const group of byName(signals)) {
    const ranges = rangesOf(group, { recorded, standings, places: names.get(group[0]?.name ?? '') ?? [] });
    let least = 0;
    for (const { signal, from, to, wanted } of ranges) {
      const place = nearest(standings, signal, [Math.max(from, least), to], wanted);
      least = place;
      const there = before.get(place);
      const arrival: Arrival = { kind: 'SIGNAL', at: timeAt(recorded, place, signal), signal };
      if (there === undefined) before.set(place, [arrival]);
      else there.push(arrival);
    }
  }
  return before;
}

/** When a signal came that came there: at its publication, unless that was earlier or later. */
function timeAt(recorded: readonly Happening[], place: number, { publishedAt }: PastSignal): Instant {
  return clamp(publishedAt, recorded[place - 1]?.at ?? -Infinity, recorded[place]?.at ?? Infinity);
}

/** The signals of each name, in the order of their numbers. */
function byName(signals: readonly PastSignal[]): readonly (readonly PastSignal[])[] {
  const groups = new Map<string, PastSignal[]>();
  for (const signal of [...signals].sort(bySequence)) {
    const group = groups.get(signal.name);
    if (group === undefined) groups.set(signal.name, [signal]);
    else group.push(signal);
  }
  return [...groups.values()];
}

interface Range {
  readonly signal: PastSignal;
  readonly from: number;
  readonly to: number;
  readonly wanted: number;
}

/** Where each of a name can be: none so late that one behind it has no place left. */
function rangesOf(
  group: readonly PastSignal[],
  known: {
    readonly recorded: readonly Happening[];
    readonly standings: readonly Standing[];
    readonly places: readonly Place[];
  },
): readonly Range[] {
  const { recorded, standings, places } = known;
  const ranges: Range[] = [];
  let latest = recorded.length;
  for (const signal of group.toReversed()) {
    const [from, end] = between(places, signal.sequence, recorded.length);
    const wanted = firstAfter(recorded, signal.publishedAt);
    const to = lastAgreeing(standings, signal, [from, Math.min(end, latest)], wanted);
    latest = to;
    ranges.push({ signal, from, to, wanted });
  }
  return ranges.reverse();
}

function lastAgreeing(
  standings: readonly Standing[],
  signal: PastSignal,
  [from, to]: readonly [number, number],
  wanted: number,
): number {
  const least = Math.max(from, wanted - farthest);
  for (let place = Math.min(to, wanted + farthest); place >= least; place--) {
    const standing = standings[place];
    if (standing !== undefined && agrees(standing, signal)) return place;
  }
  return Math.max(from, to);
}

/** None comes behind a later one of its name: times are made to rise within each. */
function inTime(arrivals: readonly Arrival[]): readonly Arrival[] {
  if (arrivals.length === 1) return arrivals;
  const last = new Map<string, Instant>();
  const risen = [...arrivals]
    .sort((one, other) => bySequence(one.signal, other.signal))
    .map((arrival) => {
      const at = Math.max(arrival.at, last.get(arrival.signal.name) ?? -Infinity);
      last.set(arrival.signal.name, at);
      return at === arrival.at ? arrival : { ...arrival, at };
    });
  return risen.sort((one, other) => one.at - other.at || bySequence(one.signal, other.signal));
}

function bySequence(one: PastSignal, other: PastSignal): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.sequence - other.sequence;
}

interface Place {
  readonly sequence: number;
  readonly place: number;
}

function placesByName(recorded: readonly Happening[]): ReadonlyMap<string, readonly Place[]> {
  const names = new Map<string, Place[]>();
  recorded.forEach((happening, place) => {
    if (happening.kind !== 'SIGNAL') return;
    const { name, sequence } = happening.signal;
    const known = names.get(name);
    if (known === undefined) names.set(name, [{ sequence, place }]);
    else known.push({ sequence, place });
  });
  return names;
}

/** Behind the last of its name that came before it, and not behind the first that came after it. */
function between(places: readonly Place[], sequence: number, end: number): readonly [number, number] {
  const next = lowerBound(places.length, (index) => (places[index]?.sequence ?? Infinity) > sequence);
  const before = places[next - 1];
  return [before === undefined ? 0 : before.place + 1, places[next]?.place ?? end];
}

function firstAfter(recorded: readonly Happening[], at: Instant): number {
  return lowerBound(recorded.length, (index) => (recorded[index]?.at ?? Infinity) > at);
}

/** The first index for which it holds, given that it holds for all behind; `length` if for none. */
function lowerBound(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function clamp(value: number, from: number, to: number): number {
  return Math.max(from, Math.min(to, value));
}

function standingsOf(recorded: readonly Happening[]): readonly Standing[] {
  let standing: Standing = { paused: false, heard: new Map() };
  return [standing, ...recorded.map((happening) => (standing = after(standing, happening)))];
}

function after(standing: Standing, happening: Happening): Standing {
  switch (happening.kind) {
    case 'ARMED': {
      const { trigger, awaited } = happening;
      const own = signalsOf(trigger);
      const at = own.filter((name) => !awaited.includes(name)).map((name) => [name, 0] as const);
      const kept = [...standing.heard].filter(([name]) => own.includes(name));
      return { ...standing, trigger, heard: new Map([...at, ...kept]) };
    }
    case 'LISTENING':
      return { ...standing, heard: new Map([...standing.heard, [happening.name, happening.since]]) };
    case 'DISARMED':
      return { paused: standing.paused, heard: new Map() };
    case 'PAUSED':
      return { ...standing, paused: true };
    case 'RESUMED':
      return { ...standing, paused: false };
    case 'RESET':
    case 'SIGNAL':
      return standing;
  }
}

/** The place nearest to the wanted one, from and to included, at which the trigger would have said what it did. */
function nearest(
  standings: readonly Standing[],
  signal: PastSignal,
  [from, to]: readonly [number, number],
  wanted: number,
): number {
  const middle = clamp(wanted, from, Math.max(from, to));
  for (let distance = 0; distance <= farthest; distance++) {
    if (middle - distance < from && middle + distance > to) break;
    for (const place of [middle - distance, middle + distance]) {
      const standing = standings[place];
      if (place >= from && place <= to && standing !== undefined && agrees(standing, signal)) return place;
    }
  }
  return middle;
}

function agrees({ trigger, paused, heard }: Standing, { name, sequence, verdict }: PastSignal): boolean {
  const since = heard.get(name);
  const isHeard = trigger !== undefined && since !== undefined && sequence > since;
  if (verdict === undefined) return !isHeard;
  if (!isHeard || (verdict.verdict === 'PAUSED') !== paused) return false;
  return verdict.verdict !== 'UNMET' || demands(trigger, verdict.clause);
}

/** Whether the trigger, as it was then, has that demand. */
function demands(trigger: TriggerDefinition, clause: Clause): boolean {
  const own =
    'slots' in trigger ? trigger.slots.flatMap(({ where }) => where) : 'where' in trigger ? trigger.where : [];
  // A key that is missing is told as a demand that no trigger writes down.
  return clause.operator === '!=' || own.some((one) => JSON.stringify(one) === JSON.stringify(clause));
}
