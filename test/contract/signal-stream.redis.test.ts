// Signals through a Redis stream: at least once, whoever dies or is away; what is no signal is put aside with the reason.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, expect, test } from 'vitest';

import { createRedisSignalStream } from '../../src/adapters/redis/signal-stream.ts';
import { type IncomingSignal, type SignalTaker, type Taken } from '../../src/ports/signal-source.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { freshRedis } from '../support/redis.ts';
import { silentLogger } from './silent-logger.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Signal = IncomingSignal & { readonly idempotencyKey: string };

/** A taker that says what the test tells it to, and that one can wait for. */
function taker(verdict: (signal: Signal, times: number) => Taken = () => ({ kind: 'PUBLISHED' })): SignalTaker & {
  readonly heard: Signal[];
  mayTake: () => Promise<boolean>;
  until: (wanted: () => boolean) => Promise<void>;
} {
  const heard: Signal[] = [];
  const waiting = new Set<() => void>();
  return {
    heard,
    mayTake: async () => true,
    take: async (signal) => {
      heard.push(signal);
      for (const look of waiting) look();
      return verdict(signal, heard.filter(({ idempotencyKey }) => idempotencyKey === signal.idempotencyKey).length);
    },
    until: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!wanted()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

async function place(): Promise<{ readonly url: string; readonly key: string; readonly redis: Redis }> {
  const { url, prefix } = await freshRedis();
  const redis = new Redis(url);
  ends.push(() => redis.quit());
  return { url, key: `${prefix}signals`, redis };
}

function read(
  { url, key }: { readonly url: string; readonly key: string },
  by: SignalTaker,
  { consumer = 'one', idle = 10_000 }: { readonly consumer?: string; readonly idle?: number } = {},
): ReturnType<typeof silentLogger> & { readonly stop: () => Promise<void> } {
  const logger = silentLogger();
  const stream = createRedisSignalStream({ url, key, log: logger.log, consumer, idle });
  stream.start(by);
  ends.push(() => stream.stop());
  return { ...logger, stop: () => stream.stop() };
}

async function pending(redis: Redis, key: string): Promise<number> {
  const [count] = (await redis.xpending(key, 'downbeat')) as unknown as readonly [number];
  return count;
}

async function noneLeft(redis: Redis, key: string): Promise<void> {
  await expect.poll(() => pending(redis, key), { timeout: 5_000, interval: 10 }).toBe(0);
}

test('takes what was put down before and after it began, in order, and acknowledges it', async () => {
  const at = await place();
  const first = await at.redis.xadd(at.key, '*', 'signal', '{"name":"a","params":{"n":1}}');
  const by = taker();
  read(at, by);
  await by.until(() => by.heard.length === 1);
  await at.redis.xadd(at.key, '*', 'signal', '{"name":"a","params":{"n":2},"idempotencyKey":"mine"}');
  await by.until(() => by.heard.length === 2);

  expect(by.heard).toEqual([
    { name: 'a', params: [{ name: 'n', value: 1 }], idempotencyKey: first },
    { name: 'a', params: [{ name: 'n', value: 2 }], idempotencyKey: 'mine' },
  ]);
  await noneLeft(at.redis, at.key);
});

test('keeps the order of one name over more than one batch', async () => {
  const at = await place();
  const many = at.redis.pipeline();
  for (let n = 0; n < 250; n++) many.xadd(at.key, '*', 'signal', `{"name":"a","params":{"n":${String(n)}}}`);
  await many.exec();
  const by = taker();
  read(at, by);
  await by.until(() => by.heard.length === 250);

  expect(by.heard.map(({ params }) => params[0]?.value)).toEqual(Array.from({ length: 250 }, (_, n) => n));
  await noneLeft(at.redis, at.key);
});

test('puts aside what is no signal or is refused, with the reason, and goes on', async () => {
  const at = await place();
  const bad = await at.redis.xadd(at.key, '*', 'signal', 'no JSON');
  const odd = await at.redis.xadd(at.key, '*', 'sgnal', '{"name":"a"}');
  const refused = await at.redis.xadd(at.key, '*', 'signal', '{"name":"bad name"}');
  await at.redis.xadd(at.key, '*', 'signal', '{"name":"good"}');
  const by = taker(({ name }) =>
    name === 'good' ? { kind: 'PUBLISHED' } : { kind: 'REFUSED', why: 'Not like that.' },
  );
  const { facts } = read(at, by);
  await by.until(() => by.heard.length === 2);
  await noneLeft(at.redis, at.key);

  const aside = await at.redis.xrange(`${at.key}:refused`, '-', '+');
  expect(aside.map(([, fields]) => fields).sort()).toEqual(
    [
      ['entry', bad, 'why', 'The entry is no signal: it is not JSON.', 'signal', 'no JSON'],
      [
        'entry',
        odd,
        'why',
        'The entry is no signal: it has no field "signal".',
        'signal',
        '["sgnal","{\\"name\\":\\"a\\"}"]',
      ],
      ['entry', refused, 'why', 'Not like that.', 'signal', '{"name":"bad name"}'],
    ].sort(),
  );
  expect(facts).toHaveLength(3);
});

test('tries again what has to wait, and reads nothing new meanwhile', async () => {
  const at = await place();
  const by = taker((_, times) => (times < 3 ? { kind: 'LATER', afterMs: 5 } : { kind: 'PUBLISHED' }));
  read(at, by);
  await at.redis.xadd(at.key, '1-1', 'signal', '{"name":"a"}');
  await by.until(() => by.heard.length >= 1);
  await at.redis.xadd(at.key, '2-1', 'signal', '{"name":"b"}');
  await by.until(() => by.heard.length >= 6);

  expect(by.heard.map(({ name }) => name)).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
  await noneLeft(at.redis, at.key);
});

test('claims what a dead server took and never acknowledged', async () => {
  const at = await place();
  await at.redis.xgroup('CREATE', at.key, 'downbeat', '0', 'MKSTREAM');
  const id = await at.redis.xadd(at.key, '*', 'signal', '{"name":"a"}');
  await at.redis.xreadgroup('GROUP', 'downbeat', 'dead', 'STREAMS', at.key, '>');
  const by = taker();
  read(at, by, { consumer: 'heir', idle: 20 });
  await by.until(() => by.heard.length > 0);

  expect(by.heard[0]).toEqual({ name: 'a', params: [], idempotencyKey: id });
  await noneLeft(at.redis, at.key);
});

test('a stand-by takes nothing until it may, and then what is there', async () => {
  const at = await place();
  const standby = taker();
  let isOwner = false;
  standby.mayTake = async () => isOwner;
  read(at, standby, { consumer: 'standby' });
  const owner = taker();
  const { stop } = read(at, owner, { consumer: 'owner' });
  await at.redis.xadd(at.key, '*', 'signal', '{"name":"a"}');
  await owner.until(() => owner.heard.length === 1);
  await stop();
  await at.redis.xadd(at.key, '*', 'signal', '{"name":"b"}');
  expect(standby.heard).toEqual([]);
  isOwner = true;
  await standby.until(() => standby.heard.length === 1);

  expect(standby.heard.map(({ name }) => name)).toEqual(['b']);
});

test('goes on when Redis was restarted and has lost everything', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-stream-'));
  ends.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const first = await startRedisServer({ folder });
  const port = Number(new URL(first.url).port);
  const by = taker();
  read({ url: first.url, key: 'signals' }, by);
  const job = new Redis(first.url);
  await job.xadd('signals', '*', 'signal', '{"name":"before"}');
  await by.until(() => by.heard.length === 1);
  job.disconnect();
  await first.stop();
  const second = await startRedisServer({ folder, port });
  ends.push(() => second.stop());
  const later = new Redis(second.url);
  ends.push(() => {
    later.disconnect();
  });
  await later.xadd('signals', '*', 'signal', '{"name":"after"}');
  await by.until(() => by.heard.length === 2);

  expect(by.heard.map(({ name }) => name)).toEqual(['before', 'after']);
  await noneLeft(later, 'signals');
});

test('stops at once while it waits for something new', async () => {
  const at = await place();
  const by = taker();
  const { stop } = read(at, by);
  await at.redis.xadd(at.key, '*', 'signal', '{"name":"a"}');
  await by.until(() => by.heard.length === 1);
  await noneLeft(at.redis, at.key);
  const begun = performance.now();
  await stop();

  expect(performance.now() - begun).toBeLessThan(400);
});
