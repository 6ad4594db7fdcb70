// Signals through a channel of Redis.

import { Redis } from 'ioredis';
import { afterEach } from 'vitest';

import { createRedisSignalSource } from '../../src/adapters/redis/signal-source.ts';
import { type SignalSource } from '../../src/ports/signal-source.ts';
import { freshRedis } from '../support/redis.ts';
import { signalSourceContract } from './signal-source.ts';
import { silentLogger } from './silent-logger.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

signalSourceContract('Redis', async () => {
  const { url, prefix } = await freshRedis();
  const channel = `${prefix}signals`;
  const { log, facts } = silentLogger();
  const source = (): SignalSource => createRedisSignalSource({ url, log, channel });
  const job = new Redis(url);
  ends.push(() => job.quit());
  // The answer of PUBLISH is the number of those who heard it.
  return { one: source(), two: source(), publish: (text) => job.publish(channel, text), facts };
});
