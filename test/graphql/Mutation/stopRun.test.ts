import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, sleeper, startOperations } from '../operations.ts';

const STOP = `mutation ($runId: ID!) { stopRun(input: { runId: $runId, reason: "enough" }) {
  run { id status isTerminal allowedActions } errors { __typename code message path ... on ActionNotAllowed { status allowed } }
} }`;

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(sleeper);
  await test.ask('mutation { startRun(input: { workflowId: "sleeper" }) { run { id } } }');
});
afterAll(() => test.stop());

it('ends a run, and refuses to end it twice', async () => {
  const stopped = await test.ask(STOP, { runId: 'sleeper/1' });
  expect(at(stopped.data, 'stopRun')).toMatchObject({ run: { id: 'run:sleeper/1' }, errors: [] });
  expect((await test.ended('sleeper/1')).state.status).toBe('STOPPED');
  const again = await test.ask(STOP, { runId: 'run:sleeper/1' });
  expect(at(again.data, 'stopRun.errors')).toMatchObject([
    { __typename: 'ActionNotAllowed', code: 'ACTION_NOT_ALLOWED', status: 'STOPPED', allowed: ['RESTART', 'FORK'] },
  ]);
});

it('refuses what is no run, and what is not there', async () => {
  expect(at((await test.ask(STOP, { runId: 'sleeper' })).data, 'stopRun.errors')).toMatchObject([
    { code: 'BAD_INPUT', path: ['runId'] },
  ]);
  expect(at((await test.ask(STOP, { runId: 'sleeper/99' })).data, 'stopRun.errors')).toMatchObject([
    { code: 'NOT_FOUND' },
  ]);
});
