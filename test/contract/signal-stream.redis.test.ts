// Signals through a Redis stream: at least once, whoever dies or is away.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, expect, test } from 'vitest';

import { createRedisSignalStream } from '../../src/adapters/redis/signal-stream.ts';
import { type SignalTaker } from '../../src/ports/signal-queue.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { freshRedis } from '../support/redis.ts';
import { createTestTaker, signalQueueContract } from './signal-queue.ts';
import { silentLogger } from './silent-logger.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

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

signalQueueContract('Redis', async () => {
  const at = await place();
  const { log, facts } = silentLogger();
  return {
    add: async (text) => (await at.redis.xadd(at.key, '*', 'signal', text)) ?? '',
    open: (consumer) => createRedisSignalStream({ ...at, log, consumer, idle: 20 }),
    left: () => pending(at.redis, at.key),
    aside: async () =>
      (await at.redis.xrange(`${at.key}:refused`, '-', '+')).map(([, fields]) => {
        const [, entry = '', , why = '', , signal = ''] = fields;
        return { entry, why, signal };
      }),
    facts,
  };
});

test('puts aside an entry that says nothing under "signal"', async () => {
  const at = await place();
  const odd = await at.redis.xadd(at.key, '*', 'sgnal', '{"name":"a"}');
  const by = createTestTaker();
  const { facts } = read(at, by);
  await at.redis.xadd(at.key, '*', 'signal', '{"name":"good"}');
  await by.until(() => by.heard.length === 1);
  await noneLeft(at.redis, at.key);

  const aside = await at.redis.xrange(`${at.key}:refused`, '-', '+');
  const why = 'The entry is no signal: it has no field "signal".';
  expect(aside.map(([, fields]) => fields)).toEqual([
    ['entry', odd, 'why', why, 'signal', '["sgnal","{\\"name\\":\\"a\\"}"]'],
  ]);
  expect(facts).toHaveLength(1);
});

test('claims what a dead server took and never acknowledged', async () => {
  const at = await place();
  await at.redis.xgroup('CREATE', at.key, 'downbeat', '0', 'MKSTREAM');
  const id = await at.redis.xadd(at.key, '*', 'signal', '{"name":"a"}');
  await at.redis.xreadgroup('GROUP', 'downbeat', 'dead', 'STREAMS', at.key, '>');
  const by = createTestTaker();
  read(at, by, { consumer: 'heir', idle: 20 });
  await by.until(() => by.heard.length > 0);

  expect(by.heard[0]).toEqual({ name: 'a', params: [], idempotencyKey: id });
  await noneLeft(at.redis, at.key);
});

test('goes on when Redis was restarted and has lost everything', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-stream-'));
  ends.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const first = await startRedisServer({ folder });
  const port = Number(new URL(first.url).port);
  const by = createTestTaker();
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
