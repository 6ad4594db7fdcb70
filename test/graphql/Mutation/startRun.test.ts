import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, listAt, type Operations, startOperations, twoSteps } from '../operations.ts';

const START = `mutation ($input: StartRunInput!) { startRun(input: $input) {
  run { id number attempt status cause { kind text actor } params labels scheduledFor } cursor replayed
  errors { __typename code message path hint }
} }`;

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(twoSteps);
});
afterAll(() => test.stop());

it('starts a run with parameters, labels and the time it is for', async () => {
  const { data, errors } = await test.ask(START, {
    input: {
      workflowId: 'workflow:penguins',
      params: { island: 'Dream' },
      labels: { team: 'blue' },
      scheduledFor: '2026-11-01T06:00:00+01:00',
    },
  });
  expect(errors).toBeUndefined();
  expect(at(data, 'startRun')).toMatchObject({
    run: {
      id: 'run:penguins/1',
      number: 1,
      attempt: 1,
      cause: { kind: 'MANUAL', text: 'ada started it', actor: 'ada' },
      params: { island: 'Dream' },
      labels: { team: 'blue' },
      scheduledFor: '2026-11-01T05:00:00.000Z',
    },
    replayed: false,
    errors: [],
  });
  await test.ended('penguins/1');
});

it('starts once for one key, answers the first outcome again, and refuses other arguments', async () => {
  const input = { workflowId: 'penguins', idempotencyKey: 'monday' };
  const first = await test.ask(START, { input });
  const again = await test.ask(START, { input });
  expect(at(again.data, 'startRun')).toMatchObject({
    run: { id: at(first.data, 'startRun.run.id') },
    replayed: true,
    errors: [],
  });
  const other = await test.ask(START, { input: { ...input, params: { island: 'Torgersen' } } });
  expect(at(other.data, 'startRun')).toMatchObject({
    run: null,
    cursor: null,
    errors: [{ code: 'IDEMPOTENCY_MISMATCH' }],
  });
});

it('says everything that is wrong at once', async () => {
  const { data } = await test.ask(START, {
    input: { workflowId: 'run:penguins/1', params: [1], labels: { a: 1, b: 2 }, idempotencyKey: '' },
  });
  expect(listAt(data, 'startRun.errors').map((error) => at(error, 'path'))).toEqual([
    ['workflowId'],
    ['params'],
    ['labels', 'a'],
    ['labels', 'b'],
    ['idempotencyKey'],
  ]);
});

it('refuses unknown workflows and parameters, and names the nearest', async () => {
  const nowhere = await test.ask(START, { input: { workflowId: 'nowhere' } });
  expect(at(nowhere.data, 'startRun.errors')).toMatchObject([{ code: 'NOT_FOUND' }]);
  const misspelt = await test.ask(START, { input: { workflowId: 'penguins', params: { iland: 'Dream' } } });
  expect(at(misspelt.data, 'startRun.errors')).toMatchObject([{ code: 'BAD_INPUT', hint: 'Did you mean "island"?' }]);
});
