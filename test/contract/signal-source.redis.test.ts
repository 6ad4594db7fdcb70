// Signals through Redis: what a data job publishes arrives, and text that is no signal is told and dropped.

import { Redis } from 'ioredis';
import { afterEach, expect, test } from 'vitest';

import { parseSignal } from '../../src/adapters/redis/parse-signal.ts';
import { createRedisSignalSource } from '../../src/adapters/redis/signal-source.ts';
import { type IncomingSignal } from '../../src/ports/signal-source.ts';
import { freshRedis } from '../support/redis.ts';
import { silentLogger } from './silent-logger.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test('hears signals, and drops what is none with a word on why', async () => {
  const { url, prefix } = await freshRedis();
  const { log, facts } = silentLogger();
  const channel = `${prefix}signals`;
  const source = createRedisSignalSource({ url, log, channel });
  ends.push(() => source.stop());
  const heard: IncomingSignal[] = [];
  const complete = new Promise<void>((resolve) => {
    void source.start((signal) => {
      heard.push(signal);
      if (signal.name === 'last') resolve();
    });
  });
  const job = new Redis(url);
  ends.push(() => job.quit());
  // The answer of PUBLISH is the number of those who heard it.
  while ((await job.publish(channel, '{"name":"first"}')) === 0);

  await job.publish(channel, 'no JSON');
  await job.publish(channel, '{"name":"penguins","params":{"island":"Biscoe","n":3},"idempotencyKey":"k"}');
  await job.publish(channel, '{"name":"last"}');
  await complete;

  expect(heard).toEqual([
    { name: 'first', params: [] },
    {
      name: 'penguins',
      params: [
        { name: 'island', value: 'Biscoe' },
        { name: 'n', value: 3 },
      ],
      idempotencyKey: 'k',
    },
    { name: 'last', params: [] },
  ]);
  expect(facts).toEqual(['Dropped a text from Redis that is no signal. it is not JSON']);
});

test.each([
  ['[]', 'it is not a JSON object'],
  ['null', 'it is not a JSON object'],
  ['{}', 'its "name" is not a text'],
  ['{"name":""}', 'its "name" is not a text'],
  ['{"name":"a","params":[1]}', 'its "params" is not an object'],
  ['{"name":"a","params":null}', 'its "params" is not an object'],
  ['{"name":"a","occurredAt":"yesterday"}', 'its "occurredAt" is no time'],
  ['{"name":"a","idempotencyKey":7}', 'its "idempotencyKey" is not a text'],
  ['{"name":"a","idempotency_key":"k"}', 'it has an unknown field "idempotency_key"'],
  [`{"name":"${'x'.repeat(1_000_000)}"}`, 'it is longer than 1000000 characters'],
])('says what is wrong with %s', (text, problem) => {
  expect(parseSignal(text)).toEqual({ ok: false, problem });
});

test('takes everything that a signal may have, whatever the names', () => {
  const text = '{"name":"a","params":{"__proto__":1,"a.b":null},"payload":[1],"occurredAt":"2026-11-22T10:00:00Z"}';

  expect(parseSignal(text)).toEqual({
    ok: true,
    signal: {
      name: 'a',
      params: [
        { name: '__proto__', value: 1 },
        { name: 'a.b', value: null },
      ],
      payload: [1],
      occurredAt: Date.UTC(2026, 10, 22, 10),
    },
  });
});
