import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { at, listAt, type Operations, startOperations } from '../operations.ts';

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: RunFilter, $orderBy: RunOrder) {
  runs(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    nodes { id status } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount cursor
  }
}`;

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  for (const id of ['a', 'b']) {
    await test.apply(`id: ${id}\nrunStrategy: { parallel: 10 }\nsteps:\n  - id: x\n    noop: {}\n`);
    for (let count = 1; count <= 3; count++) {
      await test.ask('mutation ($id: ID!) { startRun(input: { workflowId: $id }) { run { id } } }', { id });
      await test.ended(`${id}/${String(count)}`);
    }
  }
  await vi.waitUntil(async () => (await ids({})).length === 6);
});
afterAll(() => test.stop());

async function ids(variables: Record<string, unknown>): Promise<unknown[]> {
  const { data } = await test.ask(PAGE, variables);
  return listAt(data, 'runs.nodes').map((run) => at(run, 'id'));
}

it('lists the newest first, or the oldest', async () => {
  const newest = ['run:b/3', 'run:b/2', 'run:b/1', 'run:a/3', 'run:a/2', 'run:a/1'];
  expect(await ids({})).toEqual(newest);
  expect(await ids({ orderBy: 'OLDEST_FIRST' })).toEqual(newest.toReversed());
});

it('pages forth and back without a gap or a repeat', async () => {
  const first = at((await test.ask(PAGE, { first: 2 })).data, 'runs');
  expect(at(first, 'pageInfo')).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const second = at((await test.ask(PAGE, { first: 2, after: at(first, 'pageInfo.endCursor') })).data, 'runs');
  expect(listAt(second, 'nodes').map((run) => at(run, 'id'))).toEqual(['run:b/1', 'run:a/3']);
  expect(at(second, 'pageInfo')).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  expect(await ids({ last: 2, before: at(second, 'pageInfo.startCursor') })).toEqual(['run:b/3', 'run:b/2']);
  expect(await ids({ last: 2 })).toEqual(['run:a/2', 'run:a/1']);
});

it('filters, and counts what it filtered', async () => {
  const { data } = await test.ask(PAGE, {
    filter: { workflowId: 'workflow:a', status: ['SUCCEEDED'], cause: ['MANUAL'] },
  });
  expect([listAt(data, 'runs.nodes').length, at(data, 'runs.totalCount')]).toEqual([3, 3]);
  expect(await ids({ filter: { status: ['FAILED'] } })).toEqual([]);
});

it('refuses a cursor of another filter, and a change cursor', async () => {
  const { data } = await test.ask(PAGE, { first: 1 });
  for (const after of [at(data, 'runs.pageInfo.endCursor'), at(data, 'runs.cursor')]) {
    const { errors } = await test.ask(PAGE, { first: 1, after, filter: { workflowId: 'a' } });
    expect(errors?.[0]).toMatchObject({
      message: 'The cursor is not valid for this query.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
});

it('is there for one workflow too', async () => {
  const { data } = await test.ask('{ workflow(id: "a") { runs(first: 2) { nodes { id } totalCount } } }');
  expect(at(data, 'workflow.runs')).toEqual({ nodes: [{ id: 'run:a/3' }, { id: 'run:a/2' }], totalCount: 3 });
});
