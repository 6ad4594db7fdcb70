// How often one sender may call one hook: a bucket for each, that fills again with time. Bounded in memory.

/** Whether a call is within the pace; each question counts as a call. */
export type Pace = (sender: string) => boolean;

const PER_SECOND = 50;
const AT_ONCE = 200;
const MOST_SENDERS = 10_000;

/** Makes a pace of 50 calls a second and up to 200 at once for each sender. `now` is in milliseconds. */
export function createPace(now: () => number): Pace {
  const buckets = new Map<string, { left: number; at: number }>();
  return (sender) => {
    const at = now();
    const before = buckets.get(sender) ?? { left: AT_ONCE, at };
    const left = Math.min(AT_ONCE, before.left + ((at - before.at) / 1_000) * PER_SECOND);
    const isFine = left >= 1;
    // Taken out and put back, the longest silent one is always the first.
    buckets.delete(sender);
    buckets.set(sender, { left: isFine ? left - 1 : left, at });
    const [oldest] = buckets.keys();
    if (buckets.size > MOST_SENDERS && oldest !== undefined) buckets.delete(oldest);
    return isFine;
  };
}
