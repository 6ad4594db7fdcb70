import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, startOperations } from '../operations.ts';

const PUBLISH = `mutation ($signals: [SignalInput!]!) { publishSignals(input: { signals: $signals }) {
  signals { name sequence params } errors { code message path }
} }`;

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
});
afterAll(() => test.stop());

it('publishes several, and answers in the order given', async () => {
  const signals = [{ name: 'a', params: { n: 1 } }, { name: 'b' }, { name: 'a', params: { n: 2 } }];
  const { data } = await test.ask(PUBLISH, { signals });
  expect(at(data, 'publishSignals')).toEqual({
    signals: [
      { name: 'a', sequence: 1, params: { n: 1 } },
      { name: 'b', sequence: 1, params: {} },
      { name: 'a', sequence: 2, params: { n: 2 } },
    ],
    errors: [],
  });
});

it('refuses none, too many, and names the one that is wrong', async () => {
  expect(at((await test.ask(PUBLISH, { signals: [] })).data, 'publishSignals.errors')).toMatchObject([
    { code: 'BAD_INPUT' },
  ]);
  const many = Array.from({ length: 1_001 }, () => ({ name: 'a' }));
  expect(at((await test.ask(PUBLISH, { signals: many })).data, 'publishSignals.errors')).toMatchObject([
    { code: 'LIMIT_EXCEEDED' },
  ]);
  const wrong = await test.ask(PUBLISH, { signals: [{ name: 'a' }, { name: 'a', params: 'text' }] });
  expect(at(wrong.data, 'publishSignals.errors')).toMatchObject([
    { code: 'BAD_INPUT', path: ['signals', '1', 'params'] },
  ]);
});
