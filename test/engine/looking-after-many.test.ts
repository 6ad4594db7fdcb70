// Looking after many workflows and runs: lists with filters and orders, the audit, actions on many runs, deleting.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PageRequest } from '../../src/engine/page.ts';
import { type AuditFilter, type RunsFilter, type WorkflowsFilter } from '../../src/engine/filters.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
const ada = { actor: 'ada' };
const newest: PageRequest = { limit: 100, order: 'NEWEST_FIRST' };

beforeEach(async () => {
  lab = await createTestEngine();
});
afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

const quick = (id: string, more = ''): string => `id: ${id}\n${more}\nsteps: [{ id: a, run: "true" }]`;
const held = (id: string): string => `id: ${id}\nrunStrategy: { parallel: 100 }\nsteps: [{ id: a, sleep: 1h }]`;

async function start(workflowId: string, labels: Readonly<Record<string, string>> = {}, actor = 'ada'): Promise<void> {
  const entries = Object.entries(labels).map(([name, value]) => ({ name, value }));
  const answer = await lab.engine.startRun({ workflowId, params: [], labels: entries }, { actor });
  expect(answer.ok).toBe(true);
}

async function runs(filter: RunsFilter, request: Partial<PageRequest> = {}): Promise<readonly string[]> {
  const page = await lab.engine.runs({ ...newest, ...request }, filter, await lab.engine.head());
  return page.rows.map(({ row }) => `${row.workflowId}/${String(row.number)}`);
}

async function workflows(filter: WorkflowsFilter, request: Partial<PageRequest> = {}): Promise<readonly string[]> {
  await runs({});
  return (await lab.engine.workflows({ ...newest, ...request }, filter)).rows.map(({ row }) => row.workflowId);
}

async function audit(filter: AuditFilter): Promise<readonly string[]> {
  await runs({});
  const { rows } = await lab.engine.audit(newest, filter);
  return rows.map(({ row }) =>
    [row.actor, row.operation, row.about[0], ...(row.reason === undefined ? [] : [row.reason])].join(' '),
  );
}

describe('lists', () => {
  test('show the runs of an owner, with labels, of a person, with a text, and by how long they took', async () => {
    await lab.apply(quick('penguins', 'owner: zoo'));
    await lab.apply(quick('walrus', 'owner: sea'));
    await start('penguins', { team: 'red', day: 'mon' });
    await start('penguins', { team: 'blue' }, 'bob');
    await start('walrus', { team: 'red' });
    for (const name of ['penguins/1', 'penguins/2', 'walrus/1']) await lab.ended(name);

    expect(await runs({ owner: 'zoo' })).toEqual(['penguins/2', 'penguins/1']);
    expect(await runs({ owner: 'nobody' })).toEqual([]);
    expect(await runs({ owner: 'zoo', workflowIds: ['walrus'] })).toEqual([]);
    expect(await runs({ workflowIds: ['walrus', 'penguins'], labels: [{ name: 'team', value: 'red' }] })).toEqual([
      'walrus/1',
      'penguins/1',
    ]);
    expect(await runs({ actor: 'bob' })).toEqual(['penguins/2']);
    expect(await runs({ text: 'BLU' })).toEqual(['penguins/2']);
    expect(await runs({ prefix: 'penguins/2' })).toEqual(['penguins/2']);
    expect(await runs({ version: 2 })).toEqual([]);
    expect(await runs({ ended: { from: Date.now() + 60_000 } })).toEqual([]);
    const longest = await lab.engine.runs({ ...newest, by: 'DURATION' }, {});
    const took = longest.rows.map(({ row }) => row.took ?? -1);
    expect(took).toEqual([...took].sort((a, b) => b - a));
    expect(took).toHaveLength(3);
  });

  test('come by what they are sorted by, page by page', async () => {
    await lab.apply(held('flow'));
    for (let number = 1; number <= 5; number++) await start('flow');
    await runs({});
    const paged: string[] = [];
    for (let after: PageRequest['after']; ;) {
      const request = {
        limit: 2,
        order: 'OLDEST_FIRST',
        by: 'STARTED',
        ...(after === undefined ? {} : { after }),
      } as const;
      const { rows, more } = await lab.engine.runs(request, {});
      paged.push(...rows.map(({ row }) => String(row.number)));
      const last = rows.at(-1);
      if (!more || last === undefined) break;
      after = { at: last.key ?? -1, id: last.id };
    }
    expect(paged).toEqual(['1', '2', '3', '4', '5']);
    expect(await runs({}, { by: 'ENDED' })).toEqual([]);
  });

  test('show workflows by label, text, the status of the last run, and by when something happened last', async () => {
    await lab.apply(quick('beta', 'labels: { team: red }'));
    await lab.apply(quick('alpha', 'name: Penguins of the south'));
    await lab.apply(held('gamma'));
    await start('gamma');
    await start('beta');
    await lab.ended('beta/1');

    expect(await workflows({ labels: [{ name: 'team', value: 'red' }] })).toEqual(['beta']);
    expect(await workflows({ text: 'OF THE' })).toEqual(['alpha']);
    expect(await workflows({ lastRun: ['SUCCEEDED'] })).toEqual(['beta']);
    expect(await workflows({ lastRun: ['RUNNING', 'SUCCEEDED'] }, { by: 'ID', order: 'OLDEST_FIRST' })).toEqual([
      'beta',
      'gamma',
    ]);
    expect(await workflows({}, { by: 'ID', order: 'OLDEST_FIRST' })).toEqual(['alpha', 'beta', 'gamma']);
    expect(await workflows({}, { by: 'ACTIVITY' })).toEqual(['beta', 'gamma', 'alpha']);
    expect(await lab.engine.countWorkflows({ lastRun: ['RUNNING'] })).toBe(1);
  });

  test('show signals by name, time, parameters and publisher', async () => {
    const signal = (rows: number): Parameters<TestEngine['engine']['publishSignals']>[0][number] => ({
      name: 'ready',
      params: [
        { name: 'rows', value: rows },
        { name: 'island', value: 'Dream' },
      ],
    });
    await lab.engine.publishSignals([signal(1)], ada);
    await lab.engine.publishSignals([signal(2)], { actor: 'bob' });
    await runs({});
    const found = async (filter: Parameters<TestEngine['engine']['signals']>[1]): Promise<readonly unknown[]> =>
      (await lab.engine.signals(newest, filter)).rows.map(({ row }) => row.sequence);

    expect(await found({ name: 'ready', params: [{ name: 'rows', value: 2 }] })).toEqual([2]);
    expect(
      await found({
        params: [
          { name: 'island', value: 'Dream' },
          { name: 'rows', value: 1 },
        ],
      }),
    ).toEqual([1]);
    expect(await found({ params: [{ name: 'rows', value: '1' }] })).toEqual([]);
    expect(await found({ publishedBy: 'bob' })).toEqual([2]);
    expect(await found({ published: { to: 1 } })).toEqual([]);
  });
});

describe('the audit', () => {
  test('says who did what to what, and why; not what steps reported, and not what was refused', async () => {
    await lab.apply(held('flow'));
    await start('flow');
    await lab.engine.stopRun({ workflowId: 'flow', number: 1 }, { actor: 'bob', reason: 'too cold' });
    await lab.ended('flow/1');
    expect((await lab.engine.stopRun({ workflowId: 'flow', number: 1 }, { actor: 'eve' })).ok).toBe(false);
    await lab.engine.pauseTriggers('flow', ada);
    await lab.engine.publishSignals([{ name: 'ready', params: [] }], ada);

    expect(await audit({ about: 'workflow:flow' })).toEqual([
      'ada PauseTriggers workflow:flow',
      'bob StopRun run:flow/1 too cold',
      'ada StartRun run:flow/1',
      'ada ApplyWorkflow workflow:flow',
    ]);
    expect(await audit({ about: 'run:flow/1', actor: 'bob' })).toEqual(['bob StopRun run:flow/1 too cold']);
    expect(await audit({ operations: ['PublishSignals'] })).toEqual(['ada PublishSignals signalType:ready']);
    expect(await audit({ at: { to: 1 } })).toEqual([]);
    expect(await lab.engine.countAudit({})).toBe(5);
  });

  test('is the same after the lists were made anew', async () => {
    await lab.apply(held('flow'));
    await start('flow');
    await lab.engine.killRun({ workflowId: 'flow', number: 1 }, ada);
    const before = await audit({});
    await lab.engine.rebuild();
    expect(before).toHaveLength(3);
    expect(await audit({})).toEqual(before);
  });

  test('is made of the log by whoever takes over, where its lines were lost', async () => {
    await lab.apply(held('flow'));
    await start('flow');
    const before = await audit({});
    await lab.stop();
    // What a server had not saved when it died: neither lines nor how far they were, nor a checkpoint.
    const { log, blobs } = lab.outside;
    lab = await createTestEngine({ log, blobs });
    expect(await audit({})).toEqual(before);
  });
});

describe('an action on many runs', () => {
  test('is shown first, and done to exactly what was shown, with a result for each', async () => {
    await lab.apply(held('flow'));
    await lab.apply(held('other'));
    for (const id of ['flow', 'flow', 'flow', 'other']) await start(id);
    const preview = await lab.engine.previewBulk({ action: 'STOP', filter: { workflowId: 'flow' } });
    expect(preview).toMatchObject({
      matching: 3,
      covered: 3,
      byStatus: [{ status: 'RUNNING', count: 3 }],
      refusals: [],
    });
    await start('flow');
    const applied = await lab.engine.applyBulk(preview.token, { actor: 'bob', reason: 'quota' });
    expect(applied).toMatchObject({ ok: true, value: { gone: [], joined: 1 } });
    expect(applied.ok && applied.value.results.map(({ id, ok }) => [id, ok])).toEqual([
      ['run:flow/3.1', true],
      ['run:flow/2.1', true],
      ['run:flow/1.1', true],
    ]);
    expect(await runs({ status: ['RUNNING'] })).toEqual(['flow/4', 'other/1']);
    expect(await audit({ actor: 'bob', about: 'run:flow/2' })).toEqual(['bob StopRun run:flow/2 quota']);
  });

  test('says which will refuse, and why each that did', async () => {
    await lab.apply(quick('flow'));
    await start('flow');
    await lab.ended('flow/1');
    const preview = await lab.engine.previewBulk({ action: 'STOP', filter: {} });
    expect(preview.refusals).toMatchObject([{ status: 'SUCCEEDED', count: 1 }]);
    const applied = await lab.engine.applyBulk(preview.token, ada);
    expect(applied.ok && applied.value.results).toMatchObject([
      { ok: false, message: 'Run flow/1 is SUCCEEDED, so there is nothing to stop.' },
    ]);
  });

  test('does nothing if too much has changed since, and nothing twice', async () => {
    await lab.apply(held('flow'));
    for (let number = 1; number <= 4; number++) await start('flow');
    const preview = await lab.engine.previewBulk({ action: 'PAUSE', filter: { status: ['RUNNING'] } });
    for (let number = 5; number <= 10; number++) await start('flow');
    expect(await lab.engine.applyBulk(preview.token, ada)).toMatchObject({
      ok: false,
      refusals: [{ status: 'CHANGED', message: expect.stringContaining('6 have joined') as string }],
    });
    expect(await lab.engine.applyBulk('0'.repeat(64), ada)).toMatchObject({
      ok: false,
      refusals: [{ code: 'NOT_FOUND' }],
    });

    const again = await lab.engine.previewBulk({ action: 'PAUSE', filter: {} });
    expect(await lab.engine.applyBulk(again.token, ada)).toMatchObject({ ok: true, replayed: false });
    expect(await lab.engine.applyBulk(again.token, ada)).toMatchObject({ ok: true, replayed: true });
    expect(await audit({ operations: ['PauseRun'] })).toHaveLength(10);
    const later = await lab.engine.previewBulk({ action: 'PAUSE', filter: {} });
    expect(later.token).not.toBe(again.token);
  });
});

test('a workflow that was deleted leaves the list, says so, and its runs can still be read', async () => {
  await lab.apply(quick('flow', 'triggers: [{ signal: ready }]'));
  await start('flow');
  await lab.ended('flow/1');
  expect(await lab.engine.deleteWorkflow({ workflowId: 'flow', stopRuns: false }, ada)).toMatchObject({
    ok: true,
    value: { deleted: { by: 'ada' } },
  });
  expect(await workflows({})).toEqual([]);
  expect(await workflows({ deleted: true })).toEqual(['flow']);
  expect(await runs({ workflowId: 'flow' })).toEqual(['flow/1']);
  expect(await lab.engine.explain('workflow:flow')).toMatchObject({ reasons: [{ code: 'DELETED' }] });
  expect(await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, ada)).toMatchObject({
    ok: false,
    refusals: [{ status: 'DELETED' }],
  });
  await lab.apply(quick('flow'));
  expect(await workflows({})).toEqual(['flow']);
  await start('flow');
  expect((await lab.ended('flow/2')).state).toMatchObject({ version: 2, status: 'SUCCEEDED' });
});
