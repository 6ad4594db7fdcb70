// Joins: which signals of a bucket make a run together. Pure and exact: a set that is complete is always found, the oldest
// signals first, and each signal counts for one slot alone.

import { type JoinTrigger } from '../definition/model.ts';
import { type Entry } from '../json.ts';
import { type Instant } from '../time.ts';
import { type Candidate, type Window } from './bucket.ts';
import { unmetClause } from '../signal/match.ts';

/** A signal as a join looks at it. */
export interface Arriving {
  readonly name: string;
  readonly params: readonly Entry[];
  readonly occurredAt: Instant;
}

/** A filled slot: its place in the trigger, and what fills it. */
export interface Filling {
  readonly slot: number;
  readonly candidate: Candidate;
}

/** What a sequence makes of a signal: it fills that slot of the sequence that `row` began, or begins one (no `row`). */
export interface SequencePlace {
  readonly slot: number;
  readonly row?: number;
}

/** The trigger's window, if it has one. */
export function windowOf({ within, late }: JoinTrigger): Window | undefined {
  return within === undefined ? undefined : { within, late: late ?? 0 };
}

/** The slots whose name and demands a signal meets, or else the first clause that it does not meet. */
export function slotsFor(
  { slots }: JoinTrigger,
  { name, params }: Arriving,
): readonly number[] | NonNullable<ReturnType<typeof unmetClause>> {
  const own = slots.flatMap((slot, index) => (slot.signal === name ? [{ slot, index }] : []));
  const unmet = own.map(({ slot }) => unmetClause(slot.where, params));
  const fits = own.filter((_, place) => unmet[place] === undefined).map(({ index }) => index);
  const [first] = unmet;
  return fits.length === 0 && first !== undefined ? first : fits;
}

/** The complete set among these candidates, by slot; undefined if there is none. Stuck ones are left out. */
export function completeSet(trigger: JoinTrigger, candidates: readonly Candidate[]): readonly Filling[] | undefined {
  const free = candidates.filter(({ stuck }) => stuck === undefined);
  if (trigger.kind === 'sequence') return completeRow(trigger, free);
  const window = windowOf(trigger);
  if (window === undefined || enough(trigger, free) === undefined) return enough(trigger, free);
  const starts = [...new Set(free.map(({ occurredAt }) => occurredAt))].sort((a, b) => a - b);
  for (const start of starts) {
    const inside = free.filter(({ occurredAt }) => occurredAt >= start && occurredAt <= start + window.within);
    const found = enough(trigger, inside);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where a signal takes its place in the sequences that have begun; undefined if it continues none and begins none. */
export function placeInSequence(
  trigger: JoinTrigger,
  candidates: readonly Candidate[],
  { fits, occurredAt }: { readonly fits: readonly number[]; readonly occurredAt: Instant },
): SequencePlace | undefined {
  for (const [row, members] of rowsOf(candidates.filter(({ stuck }) => stuck === undefined))) {
    const slot = members.length;
    if (fits.includes(slot) && isWithin(trigger, [...members.map((one) => one.occurredAt), occurredAt])) {
      return { slot, row };
    }
  }
  return fits.includes(0) ? { slot: 0 } : undefined;
}

/** The sequences that have begun, the oldest first, each with its signals in order. */
export function rowsOf(candidates: readonly Candidate[]): ReadonlyMap<number, readonly Candidate[]> {
  const rows = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const row = candidate.row ?? candidate.arrival;
    const members = rows.get(row);
    if (members === undefined) rows.set(row, [candidate]);
    else members.push(candidate);
  }
  return rows;
}

/** The slots that nothing fills as things stand: for a sequence, in the one that is furthest. */
export function missingSlots(trigger: JoinTrigger, candidates: readonly Candidate[]): readonly number[] {
  const all = trigger.slots.map((_, index) => index);
  const free = candidates.filter(({ stuck }) => stuck === undefined);
  if (trigger.kind === 'sequence') {
    const furthest = Math.max(0, ...[...rowsOf(free).values()].map((members) => members.length));
    return all.slice(furthest);
  }
  const filled = new Set(assign(trigger, free).map(({ slot }) => slot));
  return all.filter((slot) => !filled.has(slot));
}

/** The candidates that nothing can join any more; of a sequence all, as soon as its first to end has. */
export function expiredOf(trigger: JoinTrigger, candidates: readonly Candidate[], now: Instant): readonly Candidate[] {
  const window = windowOf(trigger);
  if (window === undefined) return [];
  const isOver = ({ occurredAt }: Candidate): boolean => occurredAt + window.within + window.late <= now;
  if (trigger.kind !== 'sequence') return candidates.filter(isOver);
  const over = new Set([...rowsOf(candidates)].filter(([, members]) => members.some(isOver)).map(([row]) => row));
  return candidates.filter((candidate) => over.has(candidate.row ?? candidate.arrival));
}

function completeRow(trigger: JoinTrigger, candidates: readonly Candidate[]): readonly Filling[] | undefined {
  const complete = [...rowsOf(candidates).values()].find((members) => members.length === trigger.slots.length);
  return complete?.map((candidate, slot) => ({ slot, candidate }));
}

function isWithin(trigger: JoinTrigger, times: readonly Instant[]): boolean {
  const window = windowOf(trigger);
  return window === undefined || Math.max(...times) - Math.min(...times) <= window.within;
}

function enough(trigger: JoinTrigger, candidates: readonly Candidate[]): readonly Filling[] | undefined {
  const wanted = trigger.count ?? trigger.slots.length;
  const found = assign(trigger, candidates);
  return found.length >= wanted ? found : undefined;
}

/**
 * Gives as many slots as possible one candidate each, every slot the oldest that the others can do without (augmenting paths,
 * from slot to slot).
 */
function assign({ slots }: JoinTrigger, candidates: readonly Candidate[]): readonly Filling[] {
  const bySlot = slots.map((_, slot) => candidates.filter((candidate) => candidate.slots.includes(slot)));
  const taken = new Map<number, number>();
  const seek = (slot: number, seen: Set<number>): boolean => {
    const own = bySlot[slot] ?? [];
    const free = own.find(({ arrival }) => !taken.has(arrival));
    if (free !== undefined) {
      taken.set(free.arrival, slot);
      return true;
    }
    for (const { arrival } of own) {
      if (seen.has(arrival)) continue;
      seen.add(arrival);
      const holder = taken.get(arrival);
      if (holder !== undefined && seek(holder, seen)) {
        taken.set(arrival, slot);
        return true;
      }
    }
    return false;
  };
  slots.forEach((_, slot) => seek(slot, new Set()));
  const byArrival = new Map(candidates.map((candidate) => [candidate.arrival, candidate]));
  return [...taken]
    .flatMap(([arrival, slot]): readonly Filling[] => {
      const candidate = byArrival.get(arrival);
      return candidate === undefined ? [] : [{ slot, candidate }];
    })
    .sort((one, other) => one.slot - other.slot);
}
