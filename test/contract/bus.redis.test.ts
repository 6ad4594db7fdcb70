// The bus over Redis, and what it does while Redis is away.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

import { createRedisBus } from '../../src/adapters/redis/bus.ts';
import { type Bus } from '../../src/ports/bus.ts';
import { startRedisServer, type RedisServer } from '../support/redis-server.ts';
import { freshRedis } from '../support/redis.ts';
import { busContract, collecting } from './bus.ts';
import { silentLogger } from './silent-logger.ts';

busContract('Redis', async () => {
  const { url, prefix } = await freshRedis();
  const { log } = silentLogger();
  const bus = (): Bus => createRedisBus({ url, log, prefix });
  const [here, there] = [bus(), bus()];
  // A subscription answers once the connection is up, so that what the tests publish is not lost on a cold one.
  await here.subscribe('warm-up', () => undefined);
  return { here, there };
});

describe('the bus while Redis is away', () => {
  const ends: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  const startRedis = async (folder: string, port?: number): Promise<RedisServer> => {
    const server = await startRedisServer({ folder, ...(port === undefined ? {} : { port }) });
    ends.push(() => server.stop());
    return server;
  };
  const aFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'downbeat-redis-'));
    ends.push(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    return folder;
  };

  /** Says something again and again until it is heard. */
  const saying = async (say: () => void, heard: Promise<unknown>): Promise<void> => {
    const again = setInterval(say, 20);
    await heard;
    clearInterval(again);
  };

  test('keeps nobody waiting, tells of the gap when Redis is back, and hears again', async () => {
    const folder = aFolder();
    const first = await startRedis(folder);
    const { log, facts } = silentLogger();
    const bus = createRedisBus({ url: first.url, log });
    ends.push(() => bus.close());
    const [before, during] = [collecting(), collecting()];
    const gaps = [collecting(), collecting()];
    await bus.subscribe('a', before.hear, () => {
      gaps[0]?.hear('gap');
    });
    // The connection that publishes may come up behind the one that hears, and what comes before it is lost.
    await saying(() => {
      bus.publish('a', 'one');
    }, before.has(1));
    const heard = before.heard.length;

    await first.stop();
    bus.publish('a', 'lost');
    await bus.subscribe('b', during.hear, () => {
      gaps[1]?.hear('gap');
    });
    await startRedis(folder, Number(new URL(first.url).port));
    await Promise.all(gaps.map((each) => each.has(1)));
    // Whoever is told of the gap hears from then on; the publishing side may need a moment longer.
    await saying(
      () => {
        bus.publish('a', 'two');
        bus.publish('b', 'three');
      },
      Promise.all([before.has(heard + 1), during.has(1)]),
    );

    expect(before.heard.slice(0, heard + 1)).toEqual([...Array<string>(heard).fill('one'), 'two']);
    expect(during.heard[0]).toBe('three');
    expect(facts.slice(0, 1)).toEqual(['Redis is away; changes arrive by polling until it is back.']);
    expect(facts).toContain('Redis is back.');
  });

  test('starts without Redis', async () => {
    const { log } = silentLogger();
    const bus = createRedisBus({ url: 'redis://127.0.0.1:1', log });
    ends.push(() => bus.close());

    const end = await bus.subscribe('a', () => undefined);
    bus.publish('a', 'x');
    end();
  });
});
