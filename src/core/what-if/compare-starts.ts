// What of the runs that there really are would be there too, what not, and what there would be beside them.

import { type Milliseconds } from '../time.ts';
import { foldedIn, type RealStart, signalsOfStart, timeOf, type TriggerStart } from './past.ts';

/** One run of one of the two worlds, or of both. */
export type Difference =
  /** In both, at the same time. */
  | { readonly outcome: 'KEPT'; readonly real: RealStart; readonly replayed: TriggerStart }
  /** In both, at another time or with other signals. */
  | { readonly outcome: 'MOVED'; readonly real: RealStart; readonly replayed: TriggerStart }
  /** Only in the one that there is. */
  | { readonly outcome: 'LOST'; readonly real: RealStart }
  /** Only in the other. */
  | { readonly outcome: 'GAINED'; readonly replayed: TriggerStart };

/** Runs of the same signals that lie no further apart are at the same time: arrivals are not on record to the last second. */
export const sameTime: Milliseconds = 5_000;

/** Times of two schedules that lie further apart have nothing to do with each other. */
const farthest: Milliseconds = 86_400_000;

/**
 * Every run of both worlds exactly once, in the order of their times. Runs with the same signals, or for the same time, belong
 * together; of what is left over those that share most signals; and of times neighbours, the nearest first, within a day.
 */
export function compareStarts(real: readonly RealStart[], replayed: readonly TriggerStart[]): readonly Difference[] {
  const found: Difference[] = [];
  const matched = pairEqual(real, replayed);
  for (const pair of matched.pairs) found.push(togetherOf(pair));
  const sharing = pairSharing(matched.real, matched.replayed);
  for (const pair of sharing.pairs) found.push({ outcome: 'MOVED', ...pair });
  const near = pairNearest(sharing.real, sharing.replayed);
  for (const pair of near.pairs) found.push({ outcome: 'MOVED', ...pair });
  for (const one of near.real) found.push({ outcome: 'LOST', real: one });
  for (const one of near.replayed) found.push({ outcome: 'GAINED', replayed: one });
  return found.sort((one, other) => whenOf(one) - whenOf(other) || rank(one) - rank(other));
}

/** The time by which a difference is listed: that of the real run, where there is one. */
export function whenOf(difference: Difference): number {
  return timeOf('real' in difference ? difference.real : difference.replayed);
}

function rank(difference: Difference): number {
  return 'real' in difference ? difference.real.number : Infinity;
}

interface Pair {
  readonly real: RealStart;
  readonly replayed: TriggerStart;
}

interface Paired {
  readonly pairs: readonly Pair[];
  /** What found no partner. */
  readonly real: readonly RealStart[];
  readonly replayed: readonly TriggerStart[];
}

function togetherOf({ real, replayed }: Pair): Difference {
  const isSame = Math.abs(timeOf(real) - timeOf(replayed)) <= sameTime;
  return { outcome: isSame ? 'KEPT' : 'MOVED', real, replayed };
}

/** What tells a run apart from all others of its trigger. */
function keyOf(start: TriggerStart): string {
  const { cause, scheduledFor } = start;
  if (cause.kind === 'SIGNAL') return [String(foldedIn(start)), ...signalsOfStart(start).toSorted()].join(' ');
  if (cause.kind === 'ABSENCE') return `${String(cause.by ?? '')} ${cause.last ?? ''}`;
  return String(scheduledFor ?? '');
}

function pairEqual(real: readonly RealStart[], replayed: readonly TriggerStart[]): Paired {
  const waiting = new Map<string, TriggerStart[]>();
  for (const start of replayed) {
    const key = keyOf(start);
    const known = waiting.get(key);
    if (known === undefined) waiting.set(key, [start]);
    else known.push(start);
  }
  const pairs: Pair[] = [];
  const left: RealStart[] = [];
  for (const start of real) {
    const partner = waiting.get(keyOf(start))?.shift();
    if (partner === undefined) left.push(start);
    else pairs.push({ real: start, replayed: partner });
  }
  const taken = new Set(pairs.map((pair) => pair.replayed));
  return { pairs, real: left, replayed: replayed.filter((start) => !taken.has(start)) };
}

/** Each real run takes, of those that share signals with it, the one that shares most; of equal ones the first. */
function pairSharing(real: readonly RealStart[], replayed: readonly TriggerStart[]): Paired {
  const bySignal = new Map<string, TriggerStart[]>();
  for (const start of replayed) {
    for (const signal of signalsOfStart(start)) {
      const known = bySignal.get(signal);
      if (known === undefined) bySignal.set(signal, [start]);
      else known.push(start);
    }
  }
  const taken = new Set<TriggerStart>();
  const pairs: Pair[] = [];
  const left: RealStart[] = [];
  for (const start of real) {
    const sharing = signalsOfStart(start).flatMap((signal) => bySignal.get(signal) ?? []);
    const best = mostFrequent(sharing.filter((other) => !taken.has(other)));
    if (best === undefined) left.push(start);
    else {
      taken.add(best);
      pairs.push({ real: start, replayed: best });
    }
  }
  return { pairs, real: left, replayed: replayed.filter((start) => !taken.has(start)) };
}

function mostFrequent(starts: readonly TriggerStart[]): TriggerStart | undefined {
  const counts = new Map<TriggerStart, number>();
  for (const start of starts) counts.set(start, (counts.get(start) ?? 0) + 1);
  const [best] = [...counts].sort(([, one], [, other]) => other - one);
  return best?.[0];
}

interface Half {
  readonly start: TriggerStart;
  readonly pair: Partial<Pair>;
}

/** Runs at times: of neighbours in time the nearest first, and of those that are as near the earliest. */
function pairNearest(real: readonly RealStart[], replayed: readonly TriggerStart[]): Paired {
  const ours = real.filter(isTimed).map((start): Half => ({ start, pair: { real: start } }));
  const theirs = replayed.filter(isTimed).map((start): Half => ({ start, pair: { replayed: start } }));
  const all = [...ours, ...theirs].sort((one, other) => timeOf(one.start) - timeOf(other.start));
  const neighbours = all.flatMap(({ start, pair }, place) => {
    const next = all[place + 1];
    const both: Partial<Pair> = { ...pair, ...next?.pair };
    if (next === undefined || both.real === undefined || both.replayed === undefined) return [];
    return [{ pair: { real: both.real, replayed: both.replayed }, gap: timeOf(next.start) - timeOf(start) }];
  });
  const taken = new Set<TriggerStart>();
  const pairs: Pair[] = [];
  for (const { pair, gap } of neighbours.sort((one, other) => one.gap - other.gap)) {
    if (gap > farthest || taken.has(pair.real) || taken.has(pair.replayed)) continue;
    taken.add(pair.real).add(pair.replayed);
    pairs.push(pair);
  }
  return {
    pairs,
    real: real.filter((start) => !taken.has(start)),
    replayed: replayed.filter((start) => !taken.has(start)),
  };
}

function isTimed({ cause }: TriggerStart): boolean {
  return cause.kind === 'CRON';
}
