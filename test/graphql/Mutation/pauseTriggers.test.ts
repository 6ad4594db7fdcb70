// `pauseTriggers` and `resumeTriggers`: one makes sense only with the other.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, startOperations, twoSteps } from '../operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(twoSteps);
});
afterAll(() => test.stop());

const publish = async () => {
  const { data } = await test.ask(
    'mutation { publishSignal(input: { name: "measurements.ready", params: { rows: 200, island: "Dream" } }) { matches { verdict } } }',
  );
  return at(data, 'publishSignal.matches');
};

it('keeps triggers from starting runs, and lets them start again', async () => {
  const paused = await test.ask(
    'mutation { pauseTriggers(input: { workflowId: "penguins" }) { workflow { triggersPaused } errors { code } } }',
  );
  expect(at(paused.data, 'pauseTriggers')).toEqual({ workflow: { triggersPaused: true }, errors: [] });
  expect(await publish()).toEqual([{ verdict: 'PAUSED' }]);
  const resumed = await test.ask(
    'mutation { resumeTriggers(input: { workflowId: "penguins" }) { workflow { triggersPaused } errors { code } } }',
  );
  expect(at(resumed.data, 'resumeTriggers')).toEqual({ workflow: { triggersPaused: false }, errors: [] });
  expect(await publish()).toEqual([{ verdict: 'STARTED' }]);
});

it('refuses a workflow that is not there', async () => {
  const { data } = await test.ask(
    'mutation { pauseTriggers(input: { workflowId: "nowhere" }) { errors { code } } resumeTriggers(input: { workflowId: "a/b" }) { errors { code } } }',
  );
  expect(data).toEqual({
    pauseTriggers: { errors: [{ code: 'NOT_FOUND' }] },
    resumeTriggers: { errors: [{ code: 'BAD_INPUT' }] },
  });
});
