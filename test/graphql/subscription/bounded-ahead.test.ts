import { describe, expect, it } from 'vitest';
import { boundedAhead } from '../../../src/graphql/subscription/bounded-ahead.ts';

const slow = { patience: 20, lagged: (last: number) => -last };

async function* upTo(last: number): AsyncGenerator<number, void> {
  for (let item = 1; item <= last; item++) yield item;
}

/** A source that notes how far it was read, and whether it was let go. */
function watched(last: number): {
  source: AsyncIterable<number>;
  readonly read: () => number;
  readonly isReleased: () => boolean;
} {
  let read = 0;
  let isReleased = false;
  return {
    source: {
      [Symbol.asyncIterator]: () => ({
        next: async () => (read < last ? { done: false as const, value: ++read } : new Promise<never>(() => undefined)),
        return: async () => {
          isReleased = true;
          return { done: true as const, value: undefined };
        },
      }),
    },
    read: () => read,
    isReleased: () => isReleased,
  };
}

describe('reading ahead', () => {
  it('gives a subscriber that keeps up everything in order, however much it is', async () => {
    const seen: number[] = [];
    for await (const item of boundedAhead(upTo(5_000), { capacity: 10, slow })) seen.push(item);
    expect(seen).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1));
  });

  it('never holds more than its capacity', async () => {
    const { source, read } = watched(1_000);
    const ahead = boundedAhead(source, { capacity: 10 });
    await ahead.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(read()).toBeLessThanOrEqual(11);
    for (let item = 2; item <= 500; item++) expect(await ahead.next()).toEqual({ done: false, value: item });
    expect(read()).toBeLessThanOrEqual(511);
  });

  it('tells a subscriber that takes nothing, behind which item to resume, and lets the source go', async () => {
    const { source, isReleased } = watched(1_000);
    const ahead = boundedAhead(source, { capacity: 10, slow });
    expect(await ahead.next()).toEqual({ done: false, value: 1 });
    await expect.poll(isReleased).toBe(true);
    const rest: number[] = [];
    for await (const item of ahead) rest.push(item);
    expect(rest).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -11]);
  });

  it('reads nothing before the first item is asked for', () => {
    const { source, read } = watched(1);
    boundedAhead(source, { capacity: 10, slow });
    expect(read()).toBe(0);
  });

  it('ends at once when the subscriber goes, also while the source is silent', async () => {
    const { source, isReleased } = watched(0);
    const ahead = boundedAhead(source, { capacity: 10, slow });
    const pending = ahead.next();
    await ahead.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(await ahead.next()).toEqual({ done: true, value: undefined });
    expect(isReleased()).toBe(true);
  });

  it('passes on what the source throws, after what came before', async () => {
    async function* broken(): AsyncGenerator<number, void> {
      yield 1;
      throw new Error('broken');
    }
    const ahead = boundedAhead(broken(), { capacity: 10, slow });
    expect(await ahead.next()).toEqual({ done: false, value: 1 });
    await expect(ahead.next()).rejects.toThrow('broken');
  });
});
