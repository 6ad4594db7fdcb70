// Signals that come through a channel and a queue, on the real engine: whichever way, they are published like any other.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createMemorySignalStream } from '../../src/adapters/memory/signal-queue.ts';
import { createMemorySignalChannel } from '../../src/adapters/memory/signal-source.ts';
import { hearSignals } from '../../src/engine/hear-signals.ts';
import { createSignalTaker } from '../../src/engine/signal-taker.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
beforeEach(async () => {
  lab = await createTestEngine();
});
afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

async function published(name: string): Promise<number> {
  return (await lab.engine.signalType(name))?.state.sequence ?? 0;
}

test('a channel brings a signal that starts a run, and the same key twice is one signal', async () => {
  const channel = createMemorySignalChannel();
  const source = channel.source(lab.outside.logger);
  await hearSignals(source, lab.engine, lab.outside.logger);
  await lab.apply('id: hears\ntriggers: [{ signal: data.ready }]\nsteps: [{ id: a, noop: true }]\n');
  channel.publish('{"name":"data.ready","idempotencyKey":"monday"}');
  channel.publish('{"name":"data.ready","idempotencyKey":"monday"}');
  channel.publish('{"name":"data.done"}');

  expect((await vi.waitFor(() => lab.ended('hears/1'))).state.cause).toMatchObject({ kind: 'SIGNAL' });
  await vi.waitFor(async () => {
    expect(await published('data.done')).toBe(1);
  });
  expect(await published('data.ready')).toBe(1);
  await source.stop();
  expect(channel.publish('{"name":"data.ready"}')).toBe(0);
});

test('a queue keeps what was put down before a server came, and puts aside what the contract refuses', async () => {
  const stream = createMemorySignalStream();
  const contract = 'kind: signal\nname: data.ready\nparams: { rows: long }\n';
  await lab.engine.applySignalType({ source: contract, force: false }, { actor: 'ada' });
  stream.add('{"name":"data.ready","params":{"rows":"many"}}');
  stream.add('{"name":"data.ready","params":{"rows":3}}');
  const queue = stream.queue(lab.outside.logger);
  queue.start(createSignalTaker(lab.engine, lab.outside));
  await vi.waitFor(() => {
    expect(stream.left()).toBe(0);
  });
  await queue.stop();

  expect(await published('data.ready')).toBe(1);
  expect(stream.aside()).toMatchObject([{ entry: '1-0', why: expect.stringContaining('rows') as string }]);
  expect((await lab.engine.refusedPublications('data.ready'))?.refused).toHaveLength(1);
});
