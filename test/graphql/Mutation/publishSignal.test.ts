import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, startOperations, twoSteps } from '../operations.ts';

const PUBLISH = `mutation ($input: PublishSignalInput!) { publishSignal(input: $input) {
  signal { id name sequence params payload occurredAt publishedBy settled } duplicate settled replayed cursor
  matches { triggerId workflowId verdict runId text } errors { code message path }
} }`;

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(twoSteps);
});
afterAll(() => test.stop());

it('answers with what the triggers made of it: a run, or the clause that was not met', async () => {
  const { data } = await test.ask(PUBLISH, {
    input: {
      name: 'measurements.ready',
      params: { rows: 342, island: 'Dream' },
      payload: { any: ['thing'] },
      occurredAt: '2026-11-22',
    },
  });
  expect(at(data, 'publishSignal')).toMatchObject({
    signal: {
      name: 'measurements.ready',
      sequence: 1,
      params: { rows: 342, island: 'Dream' },
      payload: { any: ['thing'] },
      occurredAt: '2026-11-22T00:00:00.000Z',
      publishedBy: 'ada',
    },
    duplicate: false,
    settled: true,
    matches: [
      { workflowId: 'penguins', verdict: 'STARTED', runId: 'run:penguins/1', text: 'It started run:penguins/1.' },
    ],
    errors: [],
  });
  expect((await test.ended('penguins/1')).state.params).toMatchObject([{ name: 'island', value: 'Dream' }]);
  const few = await test.ask(PUBLISH, { input: { name: 'measurements.ready', params: { rows: 5, island: 'Dream' } } });
  expect(at(few.data, 'publishSignal.matches')).toMatchObject([
    { verdict: 'UNMET', runId: null, text: 'It wants rows >= 100, and rows was 5.' },
  ]);
});

it('publishes once for one key', async () => {
  const input = { name: 'once', params: {}, idempotencyKey: 'k' };
  const first = await test.ask(PUBLISH, { input });
  const again = await test.ask(PUBLISH, { input });
  expect(at(again.data, 'publishSignal')).toMatchObject({
    signal: { id: at(first.data, 'publishSignal.signal.id'), sequence: 1 },
    duplicate: true,
    replayed: true,
  });
});

it('refuses names that no signal can have', async () => {
  for (const name of ['', 'a\u0000b', 'x'.repeat(300)]) {
    const { data } = await test.ask(PUBLISH, { input: { name } });
    expect(at(data, 'publishSignal'), JSON.stringify(name)).toMatchObject({
      signal: null,
      errors: [{ code: 'BAD_INPUT' }],
    });
  }
});
