// Numbers in brackets: the laws of safe mode in safe-mode.ts.

import { afterEach, expect, test } from 'vitest';
import { createMemoryPartitions } from '../../src/adapters/memory/partitions.ts';
import { aimOf } from '../../src/core/partition/aim.ts';
import { type CommandBody } from '../../src/core/partition/command.ts';
import { type EntityId, partitionOf } from '../../src/core/ids.ts';
import { commandName } from '../../src/engine/safe-mode.ts';
import { type Outside } from '../../src/engine/outside.ts';
import { type Breadcrumb, type Partitions } from '../../src/ports/partitions.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

const caller = { actor: 'ada' };
const labs: TestEngine[] = [];

afterEach(async () => {
  for (const lab of labs.splice(0)) await lab.stop();
});

/** What happened to breadcrumbs and in the log, in order. */
interface Seen {
  readonly what: string[];
  most: number;
}

async function createLab(replace: Partial<Outside> = {}): Promise<TestEngine> {
  const lab = await createTestEngine(replace);
  labs.push(lab);
  return lab;
}

/** Two owners die one after the other, and the second leaves a breadcrumb, or none. */
async function twoDeaths(partitions: Partitions, partition: number, breadcrumb?: Breadcrumb): Promise<void> {
  for (const owner of ['first', 'second', 'third']) {
    const epoch = (await partitions.list())[partition]?.epoch ?? 0;
    await partitions.claim(partition, epoch, owner);
    if (owner === 'third' && breadcrumb !== undefined) {
      await partitions.leaveBreadcrumb(partition, { epoch: epoch + 1, owner }, breadcrumb);
    }
  }
}

function crumbOf(body: Exclude<CommandBody, { type: 'SetAside' }>): Breadcrumb {
  return { command: commandName({ id: 'any', actor: 'ada', body }), aim: aimOf(body) };
}

function watched(partitions: Partitions): { readonly partitions: Partitions; readonly seen: Seen } {
  const left = new Set<number>();
  const seen: Seen = { what: [], most: 0 };
  return {
    seen,
    partitions: {
      ...partitions,
      leaveBreadcrumb: async (partition, tenure, breadcrumb) => {
        await partitions.leaveBreadcrumb(partition, tenure, breadcrumb);
        if (breadcrumb === undefined) left.delete(partition);
        else left.add(partition);
        seen.most = Math.max(seen.most, left.size);
        seen.what.push(breadcrumb?.command ?? 'nothing');
      },
    },
  };
}

const definition = (id: string): string => `id: ${id}\nsteps: [{ id: nap, sleep: 200ms }]`;
const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const startOf = (workflowId: string): CommandBody & { type: 'StartRun' } => ({
  type: 'StartRun',
  workflowId,
  params: [],
  labels: [],
});

test('one breadcrumb at most lies about, whichever partitions are busy [1, 2]', async () => {
  const memory = createMemoryPartitions(Date.now);
  await memory.open({ partitions: 16, format: 1 });
  for (let partition = 0; partition < 16; partition++) await twoDeaths(memory, partition);
  const { partitions, seen } = watched(memory);
  const lab = await createLab({ partitions });

  await Promise.all(names.map((name) => lab.apply(definition(name))));
  await Promise.all(names.map((name) => lab.engine.startRun({ workflowId: name, params: [], labels: [] }, caller)));
  for (const name of names) expect((await lab.ended(`${name}/1`)).state.status).toBe('SUCCEEDED');

  expect(seen.most).toBe(1);
  for (const name of names) {
    expect(seen.what).toEqual(expect.arrayContaining([`ApplyWorkflow workflow:${name}`, `Wake run:${name}/1.1`]));
  }
  expect(seen.what.filter((what) => what === 'nothing')).toHaveLength(seen.what.length / 2);
  expect((await memory.list()).map(({ breadcrumb }) => breadcrumb)).toEqual(Array(16).fill(undefined));
  expect(lab.errors).toEqual([]);
});

test('a partition whose owners left in peace needs no breadcrumbs', async () => {
  const memory = createMemoryPartitions(Date.now);
  const { partitions, seen } = watched(memory);
  const lab = await createLab({ partitions });
  await lab.apply(definition('a'));
  await lab.engine.stop();
  const next = await createLab({ ...lab.outside });
  await next.apply(definition('b'));

  expect(seen.what).toEqual([]);
});

test('what a breadcrumb points at is set aside, and can be released [3]', async () => {
  const lab = await createLab();
  await lab.apply(definition('bad'));
  await lab.apply(definition('good'));
  await lab.engine.startRun({ workflowId: 'bad', params: [], labels: [] }, caller);
  await lab.engine.startRun({ workflowId: 'good', params: [], labels: [] }, caller);
  await lab.engine.stop();
  const { partitions } = lab.outside;
  const wake = { type: 'Wake', entity: 'run:bad/1.1' as EntityId } as const;
  await twoDeaths(partitions, partitionOf('bad', 16), crumbOf(wake));
  const next = await createLab({ ...lab.outside });

  expect((await next.ended('good/1')).state.status).toBe('SUCCEEDED');
  expect((await next.engine.explain('run:bad/1'))?.summary).toMatch(
    /set it aside at .+: The server ended while it handled "Wake run:bad\/1\.1", and others had ended before\.$/,
  );
  expect((await partitions.list())[partitionOf('bad', 16)]?.breadcrumb).toBeUndefined();
  expect(await next.engine.release('run:bad/1.1' as EntityId, caller)).toMatchObject({ ok: true });
  expect((await next.ended('bad/1')).state.status).toBe('SUCCEEDED');
});

test('a workflow that is set aside starts nothing and changes in nothing until it is released [3]', async () => {
  const lab = await createLab();
  await lab.apply(definition('bad'));
  await lab.engine.stop();
  await twoDeaths(lab.outside.partitions, partitionOf('bad', 16), crumbOf(startOf('bad')));
  const next = await createLab({ ...lab.outside });

  const start = (): ReturnType<typeof next.engine.startRun> =>
    next.engine.startRun({ workflowId: 'bad', params: [], labels: [] }, caller);
  const refusal = { ok: false, refusals: [{ code: 'ACTION_NOT_ALLOWED', status: 'QUARANTINED' }] };
  expect(await start()).toMatchObject(refusal);
  const changed = { source: `${definition('bad')}\nname: other`, files: [], activate: true };
  expect(await next.engine.applyWorkflow(changed, caller)).toMatchObject(refusal);
  expect((await next.engine.explain('workflow:bad'))?.reasons).toMatchObject([{ code: 'QUARANTINED' }]);
  expect(await next.engine.release('workflow:bad' as EntityId, caller)).toMatchObject({ ok: true });
  expect(await start()).toMatchObject({ ok: true });
  expect(await next.engine.applyWorkflow(changed, caller)).toMatchObject({ ok: true, value: { version: 2 } });
});

test('a command is refused where there is nothing to set aside, and others on the same name are not [3]', async () => {
  const lab = await createLab();
  await lab.engine.stop();
  const body = { type: 'ApplyWorkflow', workflowId: 'new', definition: '', activate: true } as const;
  await twoDeaths(lab.outside.partitions, partitionOf('new', 16), crumbOf(body));
  const next = await createLab({ ...lab.outside });

  expect(
    await next.engine.applyWorkflow({ source: definition('new'), files: [], activate: true }, caller),
  ).toMatchObject({
    ok: false,
    refusals: [{ code: 'ACTION_NOT_ALLOWED', status: 'QUARANTINED' }],
  });
  expect(await next.engine.startRun({ workflowId: 'new', params: [], labels: [] }, caller)).toMatchObject({
    refusals: [{ code: 'NOT_FOUND' }],
  });
});
