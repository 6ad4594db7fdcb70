// Node's clock, chance and logger.

import { describe, expect, test } from 'vitest';

import { createNodeClock } from '../../src/adapters/node/clock.ts';
import { createPinoLogger } from '../../src/adapters/node/logger.ts';
import { createNodeRandomness } from '../../src/adapters/node/randomness.ts';

describe("Node's clock", () => {
  const clock = createNodeClock();

  test('calls back once, never early, and in order', async () => {
    const start = clock.monotonic();
    const calls: number[] = [];
    await new Promise<void>((resolve) => {
      for (const delay of [30, 0, 10]) {
        clock.after(delay, () => {
          expect(clock.monotonic() - start).toBeGreaterThanOrEqual(delay);
          if (calls.push(delay) === 3) resolve();
        });
      }
    });

    expect(calls).toEqual([0, 10, 30]);
  });

  test('does not call back what was cancelled, nor at once what is years away', async () => {
    const calls: string[] = [];
    const cancelYears = clock.after(2 ** 40, () => calls.push('years'));
    const cancel = clock.after(1, () => calls.push('cancelled'));
    cancel();
    await new Promise<void>((resolve) => {
      clock.after(20, resolve);
    });
    cancelYears();

    expect(calls).toEqual([]);
  });

  test('lets others in', async () => {
    let isIn = false;
    setImmediate(() => {
      isIn = true;
    });

    await clock.yield();

    expect(isIn).toBe(true);
  });
});

describe("Node's chance", () => {
  const randomness = createNodeRandomness();

  test('names by time: ULIDs sort as they were made', () => {
    const times = [...Array.from({ length: 1_000 }, () => 1_700_000_000_000), 1_700_000_000_001, 2 ** 48 - 1];
    const ulids = times.map((at) => randomness.ulid(at));

    expect(ulids.every((ulid) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(ulid))).toBe(true);
    expect([...ulids].sort()).toEqual(ulids);
    expect(new Set(ulids).size).toBe(ulids.length);
    expect(randomness.ulid(0).slice(0, 10)).toBe('0000000000');
    expect(randomness.ulid(1_469_918_176_385).slice(0, 10)).toBe('01ARYZ6S41');
  });

  test('gives tokens of 128 bits, seeds of 31, and SHA-256', () => {
    expect(randomness.token()).toMatch(/^[0-9a-f]{32}$/);
    expect(randomness.token()).not.toBe(randomness.token());
    const seeds = Array.from({ length: 100 }, () => randomness.seed());
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
    expect(new Set(seeds).size).toBeGreaterThan(90);
    expect(randomness.hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe("Node's logger", () => {
  const lines = (
    form: 'json' | 'plain',
    level: 'info' | 'warn' = 'info',
  ): { readonly log: ReturnType<typeof createPinoLogger>; readonly written: string[] } => {
    const written: string[] = [];
    return { written, log: createPinoLogger({ level, form, write: (line) => written.push(line) }) };
  };
  const failure = Object.assign(new Error('the store is away', { cause: new Error('ECONNREFUSED') }), {
    code: 'STORE_UNREACHABLE',
    hint: 'start it',
  });

  test('writes one JSON line a fact, with its fields and what is known of an error', () => {
    const { log, written } = lines('json');
    log.info('Took a partition.', { partition: 3, runId: undefined });
    log.error('Could not append.', failure, { partition: 3 });

    expect(written.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
    const [info, error] = written.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(info).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
      fact: 'Took a partition.',
      partition: 3,
    });
    expect(error).toMatchObject({
      level: 'error',
      fact: 'Could not append.',
      partition: 3,
      error: {
        name: 'Error',
        message: 'the store is away',
        code: 'STORE_UNREACHABLE',
        hint: 'start it',
        cause: { message: 'ECONNREFUSED' },
      },
    });
  });

  test('leaves out what is below its level', () => {
    const { log, written } = lines('json', 'warn');
    log.info('quiet');
    log.warn('loud');

    expect(written).toHaveLength(1);
  });

  test('speaks plainly to people', () => {
    const { log, written } = lines('plain');
    log.warn('Redis is away.', { redis: 'localhost:6379', reason: 'it was closed' });
    log.error('Could not append.', failure);
    log.error('Odd.', 'just a text');

    const bare = written.map((line) => line.replaceAll(/\u001b\[\d+m/g, ''));
    expect(bare[0]).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} warn  Redis is away\. redis=localhost:6379 reason="it was closed"\n$/,
    );
    expect(bare[1]).toMatch(/error Could not append\.: the store is away\n {2}→ start it\n {4}at /);
    expect(bare[2]).toMatch(/Odd\.: just a text|Odd\.: "just a text"/);
  });
});
