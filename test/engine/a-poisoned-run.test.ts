// An entity that the core cannot handle is set aside; everything else goes on (design §2).

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { type Blobs } from '../../src/ports/blobs.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

const caller = { actor: 'ada' };
let lab: TestEngine;
let damaged: string | undefined;

beforeEach(async () => {
  damaged = undefined;
  const blobs = createMemoryBlobs();
  const fragile: Blobs = {
    ...blobs,
    get: async (hash) => (hash === damaged ? undefined : blobs.get(hash)),
    getAll: (hashes) => blobs.getAll(hashes.filter((hash) => hash !== damaged)),
  };
  lab = await createTestEngine({ blobs: fragile });
});
afterEach(async () => {
  await lab.stop();
});

test('a run whose definition is lost is set aside with the reason, and other workflows go on', async () => {
  await lab.apply('id: bad\nsteps: [{ id: nap, sleep: 200ms }, { id: end, needs: nap, noop: true }]');
  await lab.apply('id: good\nsteps: [{ id: nap, sleep: 200ms }]');
  await lab.engine.startRun({ workflowId: 'bad', params: [], labels: [] }, caller);
  await lab.engine.startRun({ workflowId: 'good', params: [], labels: [] }, caller);
  const bad = await lab.engine.run({ workflowId: 'bad', number: 1 });
  damaged = bad?.state.definition;
  await lab.engine.stop();

  const next = await createTestEngine({ ...lab.outside });
  expect((await next.ended('good/1')).state.status).toBe('SUCCEEDED');
  for await (const change of next.engine.watch(
    { kind: 'workflow', workflowId: 'bad' },
    [...(await next.engine.head())].map((place) => ({ ...place, n: 0, i: -1 })),
  )) {
    if (change.events.some(({ event }) => event.type === 'Quarantined')) break;
  }
  damaged = undefined;
  expect((await next.engine.explain('run:bad/1'))?.summary).toMatch(
    /^An error in Downbeat set it aside at .+: The definition .+ is not among the blobs\.$/,
  );
  expect(await next.engine.stopRun({ workflowId: 'bad', number: 1 }, caller)).toMatchObject({
    ok: false,
    refusals: [{ code: 'ACTION_NOT_ALLOWED', status: 'QUARANTINED' }],
  });
  const run = await next.engine.run({ workflowId: 'bad', number: 1 });
  expect(run).toBeDefined();
  expect(await next.engine.release('run:bad/1.1' as never, caller)).toMatchObject({ ok: true });
  expect((await next.ended('bad/1')).state.status).toBe('SUCCEEDED');
  await next.stop();
});

test('lists that were dropped are made anew from the log', async () => {
  await lab.apply('id: once\nsteps: [{ id: only, noop: true }]');
  await lab.engine.startRun({ workflowId: 'once', params: [], labels: [] }, caller);
  const { cursor } = await lab.engine.runs({ limit: 10, order: 'NEWEST_FIRST' }, {}, await lab.engine.head());
  await lab.outside.projections.clear();
  expect((await lab.engine.runs({ limit: 10, order: 'NEWEST_FIRST' }, {})).rows).toEqual([]);
  expect(await lab.engine.rebuild()).toBe(2);
  expect((await lab.engine.runs({ limit: 10, order: 'NEWEST_FIRST' }, {})).rows).toMatchObject([
    { id: 'run:once/1.1', row: { status: 'SUCCEEDED' } },
  ]);
  expect(cursor).toHaveLength(16);
});
