// Filters, the audit, deleting, actions on many runs and comparing, as a caller of the API has them.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, listAt, type Operations, startOperations, textAt } from './operations.ts';

let test: Operations;
const START =
  'mutation ($id: ID!, $labels: JSON, $params: JSON) { startRun(input: { workflowId: $id, labels: $labels, params: $params, reason: "to see" }) { run { id } errors { message } cursor } }';

async function start(id: string, labels: object = {}, params: object = {}): Promise<unknown> {
  return at((await test.ask(START, { id, labels, params })).data, 'startRun.cursor');
}

beforeAll(async () => {
  test = await startOperations();
  await test.apply('id: quick\nparams: { island: Dream }\nsteps: [{ id: x, noop: {} }]');
  await test.apply('id: held\nlabels: { team: red }\nrunStrategy: { parallel: 9 }\nsteps: [{ id: x, sleep: 1h }]');
  await start('quick', { team: 'red' });
  await start('quick', {}, { island: 'Biscoe' });
  await test.ended('quick/1');
  await test.ended('quick/2');
});
afterAll(() => test.stop());

it('lists runs by label, order and text, and says what is wrong with a filter', async () => {
  const cursor = await start('held');
  const list = `query ($filter: RunFilter, $orderBy: RunOrder, $atLeast: ChangeCursor) { runs(filter: $filter, orderBy: $orderBy, atLeast: $atLeast) { nodes { id } pageInfo { endCursor } } }`;
  const ids = async (filter: object, orderBy?: string): Promise<readonly unknown[]> =>
    listAt((await test.ask(list, { filter, orderBy, atLeast: cursor })).data, 'runs.nodes').map((run) => at(run, 'id'));
  expect(await ids({ labels: { team: 'red' } })).toEqual(['run:held/1', 'run:quick/1']);
  expect(await ids({ labels: { team: 'red' } }, 'ENDED_LAST_FIRST')).toEqual(['run:quick/1']);
  expect(await ids({ prefix: 'HELD' })).toEqual(['run:held/1']);
  const [error] =
    (await test.ask(list, { filter: { created: { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' } } }))
      .errors ?? [];
  expect(error).toMatchObject({ message: 'created ends before it begins.', extensions: { code: 'BAD_USER_INPUT' } });
  expect((await test.ask(list, { filter: { labels: { team: 1 } } })).errors?.[0]?.message).toBe(
    'The label "team" must be a text.',
  );
});

it('lists workflows by id and label, page by page', async () => {
  const list = `query ($first: Int, $after: String, $filter: WorkflowFilter) { workflows(first: $first, after: $after, filter: $filter, orderBy: ID_UP) { nodes { workflowId labels } pageInfo { endCursor hasNextPage } totalCount } }`;
  const first = at((await test.ask(list, { first: 1 })).data, 'workflows');
  expect(first).toMatchObject({ nodes: [{ workflowId: 'held', labels: { team: 'red' } }], totalCount: 2 });
  const second = await test.ask(list, { first: 1, after: at(first, 'pageInfo.endCursor') });
  expect(at(second.data, 'workflows')).toMatchObject({
    nodes: [{ workflowId: 'quick' }],
    pageInfo: { hasNextPage: false },
  });
  const red = await test.ask(list, { filter: { labels: { team: 'red' }, lastRun: ['RUNNING'] } });
  expect(listAt(red.data, 'workflows.nodes')).toMatchObject([{ workflowId: 'held' }]);
});

it('lists workflows by whether their triggers are paused', async () => {
  await test.apply('id: still\ntriggers: [{ signal: s }]\nsteps: [{ id: x, noop: {} }]');
  await test.ask('mutation { pauseTriggers(input: { workflowId: "still" }) { errors { message } } }');
  const list = `query ($paused: Boolean) { workflows(filter: { paused: $paused }, orderBy: ID_UP) { nodes { workflowId } } }`;
  const names = async (paused: boolean): Promise<readonly unknown[]> =>
    listAt((await test.ask(list, { paused })).data, 'workflows.nodes').map((one) => at(one, 'workflowId'));
  // Lists follow what happens a moment later.
  await expect.poll(() => names(true)).toEqual(['still']);
  expect(await names(false)).toEqual(['held', 'quick']);
  await test.ask('mutation { deleteWorkflow(input: { workflowId: "still" }) { errors { message } } }');
});

it('suggests the workflow that was probably meant', async () => {
  const { data } = await test.ask(
    'mutation { startRun(input: { workflowId: "qiuck" }) { errors { code message hint } } }',
  );
  expect(listAt(data, 'startRun.errors')).toEqual([
    { code: 'NOT_FOUND', message: 'There is no workflow "qiuck".', hint: 'Did you mean "quick"?' },
  ]);
});

it('refuses to look in the audit for what there is not', async () => {
  const audit = `query ($operations: [String!]) { audit(filter: { operations: $operations }) { totalCount } }`;
  const [near] = (await test.ask(audit, { operations: ['stoprun'] })).errors ?? [];
  expect(near).toMatchObject({
    message: '"stoprun" is no operation of the audit.',
    extensions: { code: 'BAD_USER_INPUT', hint: 'Did you mean "stopRun"?' },
  });
  const [far] = (await test.ask(audit, { operations: ['frobnicate'] })).errors ?? [];
  expect(String(far?.extensions['hint'])).toContain('There are activateVersion, applyBackfill');
});

it('shows who did what to a run, and why', async () => {
  const audit = `query ($about: ID) { audit(filter: { about: $about, operations: ["startRun"] }) { nodes { actor operation reason about text cursor } totalCount } }`;
  const { data } = await test.ask(audit, { about: 'quick/1' });
  expect(listAt(data, 'audit.nodes')).toMatchObject([
    { operation: 'startRun', reason: 'to see', about: ['run:quick/1', 'workflow:quick'] },
  ]);
  expect(textAt(data, 'audit.nodes.0.text')).toMatch(/ started quick\/1\.$/u);
  expect(at(data, 'audit.totalCount')).toBe(1);
});

it('compares two runs', async () => {
  const compare = `query ($a: ID!, $b: ID!) { compareRuns(a: $a, b: $b) { a { id } b { id } params { name a b } steps { stepId isSame a { status tries } } definition { name } } }`;
  const { data } = await test.ask(compare, { a: 'quick/1', b: 'run:quick/2' });
  expect(at(data, 'compareRuns')).toMatchObject({
    a: { id: 'run:quick/1' },
    b: { id: 'run:quick/2' },
    params: [{ name: 'island', a: 'Dream', b: 'Biscoe' }],
    steps: [{ stepId: 'x', isSame: true, a: { status: 'SUCCEEDED' } }],
    definition: [],
  });
  expect(at((await test.ask(compare, { a: 'quick/1', b: 'quick/99' })).data, 'compareRuns')).toBeNull();
});

it('does to many runs what a preview showed', async () => {
  await start('held');
  const preview = await test.ask(
    `{ previewBulk(input: { action: KILL, filter: { workflowId: "held" } }) { token matching covered byStatus { status count } sample { id status } refusals { text } } }`,
  );
  expect(at(preview.data, 'previewBulk')).toMatchObject({
    matching: 2,
    covered: 2,
    sample: [{ id: 'run:held/2' }, { id: 'run:held/1' }],
  });
  const apply = `mutation ($token: String!) { applyBulk(input: { token: $token, reason: "enough" }) { results { id ok message } gone joined replayed errors { code } } }`;
  const { data } = await test.ask(apply, { token: textAt(preview.data, 'previewBulk.token') });
  expect(at(data, 'applyBulk')).toEqual({
    results: [
      { id: 'run:held/2', ok: true, message: null },
      { id: 'run:held/1', ok: true, message: null },
    ],
    gone: [],
    joined: 0,
    replayed: false,
    errors: [],
  });
  expect(at((await test.ask(apply, { token: 'x' })).data, 'applyBulk.errors')).toEqual([{ code: 'NOT_FOUND' }]);
  const wrong = await test.ask(`{ previewBulk(input: { action: STOP, filter: {}, from: INCOMPLETE }) { token } }`);
  expect(wrong.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});

it('changes the properties of a workflow, shows each change, and refuses one that rests on an old one', async () => {
  const update = `mutation ($input: UpdateWorkflowInput!) { updateWorkflow(input: $input) { workflow { owner labels description snapshots { number owner by } } errors { code ... on VersionConflict { currentVersion } } } }`;
  const input = {
    workflowId: 'quick',
    owner: 'zoo',
    labels: { team: 'blue' },
    description: 'Birds.',
    expectedVersion: 0,
  };
  expect(at((await test.ask(update, { input })).data, 'updateWorkflow')).toMatchObject({
    workflow: {
      owner: 'zoo',
      labels: { team: 'blue' },
      description: 'Birds.',
      snapshots: [{ number: 1, owner: 'zoo' }],
    },
    errors: [],
  });
  expect(at((await test.ask(update, { input: { ...input, owner: null } })).data, 'updateWorkflow.errors')).toEqual([
    { code: 'VERSION_CONFLICT', currentVersion: 1 },
  ]);
  const bad = await test.ask(update, { input: { workflowId: 'quick', owner: '' } });
  expect(at(bad.data, 'updateWorkflow.errors')).toMatchObject([{ code: 'BAD_INPUT' }]);
});

it('deletes a workflow, which then says by whom', async () => {
  const remove = `mutation { deleteWorkflow(input: { workflowId: "quick" }) { workflow { deletedAt deletedBy activeVersion triggers { id } } errors { code } } }`;
  expect(at((await test.ask(remove)).data, 'deleteWorkflow')).toMatchObject({
    workflow: { deletedBy: expect.any(String) as string, activeVersion: null, triggers: [] },
    errors: [],
  });
  expect(at((await test.ask(remove)).data, 'deleteWorkflow.errors')).toEqual([{ code: 'ACTION_NOT_ALLOWED' }]);
  const { data } = await test.ask(
    '{ workflow(id: "quick") { deletedAt } explain(id: "workflow:quick") { summary } run(id: "quick/1") { status } }',
  );
  expect(data).toMatchObject({ workflow: { deletedAt: expect.anything() as unknown }, run: { status: 'SUCCEEDED' } });
  expect(textAt(data, 'explain.summary')).toContain('deleted "quick"');
});
