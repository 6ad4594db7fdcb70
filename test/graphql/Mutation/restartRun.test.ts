import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, startOperations, twoSteps } from '../operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(twoSteps);
  await test.ask('mutation { startRun(input: { workflowId: "penguins" }) { run { id } } }');
  await test.ended('penguins/1');
});
afterAll(() => test.stop());

it('makes a new attempt of the same number, which now is the run, and keeps the old one', async () => {
  const { data } = await test.ask(`mutation { restartRun(input: { runId: "penguins/1", params: { island: "Dream" } }) {
    run { id number attempt cause { kind text } params } errors { message }
  } }`);
  expect(at(data, 'restartRun')).toEqual({
    run: {
      id: 'run:penguins/1',
      number: 1,
      attempt: 2,
      cause: { kind: 'RESTART', text: 'ada started it again' },
      params: { island: 'Dream' },
    },
    errors: [],
  });
  await test.ended('penguins/1');
  const both = await test.ask(
    '{ new: run(id: "penguins/1") { id attempt } old: run(id: "penguins/1.1") { id attempt allowedActions } }',
  );
  expect(both.data).toEqual({
    new: { id: 'run:penguins/1', attempt: 2 },
    old: { id: 'run:penguins/1.1', attempt: 1, allowedActions: ['FORK'] },
  });
});
