// `resetTrigger`, and what waits for a trigger before and after it.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, startOperations } from '../operations.ts';

const joined = `
id: islands
triggers:
  - all: [{ signal: measurements.ready, joinOn: island }, { signal: weather.ready, joinOn: place }]
steps:
  - { id: a, noop: true }
`;

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(joined);
});
afterAll(() => test.stop());

const trigger = async () => {
  const { data } = await test.ask(
    '{ workflow(id: "islands") { triggers { kind counts { delivered consumed pending expired rejected balanced } pending(first: 5) { key values count expiresAt missingText missing { name on } refusal signals { name params } } } } }',
  );
  return at(data, 'workflow.triggers');
};

it('shows what waits and for what, and drops it with the reason', async () => {
  const { data } = await test.ask(
    'mutation { publishSignal(input: { name: "measurements.ready", params: { island: "Dream" } }) { matches { verdict text } } }',
  );
  expect(at(data, 'publishSignal.matches')).toEqual([
    { verdict: 'PENDING', text: 'It waits for weather.ready with place = Dream.' },
  ]);
  expect(await trigger()).toEqual([
    {
      kind: 'ALL',
      counts: { delivered: 1, consumed: 0, pending: 1, expired: 0, rejected: 0, balanced: true },
      pending: [
        {
          key: 'island = Dream',
          values: ['Dream'],
          count: 1,
          expiresAt: null,
          missingText: 'weather.ready with place = Dream',
          missing: [{ name: 'weather.ready', on: { place: 'Dream' } }],
          refusal: null,
          signals: [{ name: 'measurements.ready', params: { island: 'Dream' } }],
        },
      ],
    },
  ]);
  const reset = await test.ask(
    'mutation { resetTrigger(input: { triggerId: "islands/all-1", reason: "a test" }) { trigger { counts { pending expired } explanation { reasons { text } } } errors { code } } }',
  );
  expect(at(reset.data, 'resetTrigger.errors')).toEqual([]);
  expect(at(reset.data, 'resetTrigger.trigger.counts')).toEqual({ pending: 0, expired: 1 });
  expect(JSON.stringify(reset.data)).toContain('reset the trigger: a test');
});

it('refuses a trigger that is not there', async () => {
  const { data } = await test.ask(
    'mutation { resetTrigger(input: { triggerId: "islands/nope" }) { trigger { id } errors { code hint } } }',
  );
  expect(data).toEqual({
    resetTrigger: { trigger: null, errors: [{ code: 'NOT_FOUND', hint: 'It has all-1.' }] },
  });
});
