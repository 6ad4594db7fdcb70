// Views of runs on the whole engine: the roll-up live over partitions and levels, a run over its restarts, a nested step as a list.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runEntity } from '../../src/core/ids.ts';
import { type RunView } from '../../src/engine/engine.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
let folder: string;
const caller = { actor: 'ada' };
const one = { workflowId: 'flow', number: 1 };

beforeEach(async () => {
  lab = await createTestEngine();
  folder = mkdtempSync(join(tmpdir(), 'views-'));
});
afterEach(async () => {
  await lab.stop();
  rmSync(folder, { recursive: true });
  expect(lab.errors).toEqual([]);
});

async function viewOf(attempt?: number): Promise<RunView> {
  const view = await lab.engine.run({ ...one, ...(attempt === undefined ? {} : { attempt }) });
  if (view === undefined) throw new Error('there is such a run');
  return view;
}

test('who watches a run sees its roll-up move when a step three levels down changes, and nothing where nothing does', async () => {
  // The leaf that moves is a step of an iteration of a run of another workflow, which an iteration of the run has started.
  await lab.apply(
    `id: kid\nsteps: [{ id: each, foreach: { v: [1, 2] }, concurrency: 1, steps: [{ id: leaf, env: { V: "\${v}" }, run: "while [ ! -e ${folder}/$V ]; do sleep 0.05; done" }] }]`,
  );
  await lab.apply('id: flow\nsteps: [{ id: outer, foreach: { o: [1] }, steps: [{ id: call, workflow: kid }] }]');
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  const seen: string[] = [];
  let [mayEnd, isOver] = [false, false];
  for await (const change of lab.engine.watchRun({ ...one, attempt: 1 }, undefined, true)) {
    if (change.run === undefined) continue;
    const { counts, attention } = await lab.engine.rollup(change.run);
    const text = `${change.kind} ${JSON.stringify(counts)} ${attention.map(({ place }) => runEntity(place)).join()}`;
    if (change.kind === 'BENEATH') {
      seen.push(text);
      expect(change.events).toEqual([]);
      if (text.includes('each[0]')) writeFileSync(join(folder, '1'), '');
      if (text.includes('each[1]')) mayEnd = true;
      if (mayEnd) writeFileSync(join(folder, '2'), '');
    } else if (change.run.state.status === 'SUCCEEDED') {
      isOver = true;
      expect(counts).toEqual({ SUCCEEDED: 2 });
    }
  }
  expect([mayEnd, isOver]).toEqual([true, true]);
  // Each says something else than the one before.
  expect(seen.every((text, place) => text !== seen[place - 1])).toBe(true);
  expect(seen.some((text) => text.includes('run:kid/1.1/each[1]'))).toBe(true);
});

test('a run over its restarts: each step where it ran, and what was left out is not hidden by a good end', async () => {
  await lab.apply(`id: flow
steps:
  - { id: a, noop: true }
  - { id: b, run: "[ -e ${folder}/well ]" }
  - { id: c, needs: a, run: "[ -e ${folder}/well ]" }`);
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  await lab.ended('flow/1');
  expect(await lab.engine.aggregated(await viewOf())).toMatchObject({ status: 'FAILED' });
  writeFileSync(join(folder, 'well'), '');
  const again = { run: one, params: [], from: { kind: 'STEP', step: 'c' } } as const;
  await lab.engine.restartRun(again, caller);
  const { state } = await lab.ended('flow/1');
  expect(state).toMatchObject({ attempt: 2, status: 'SUCCEEDED' });
  expect(await lab.engine.aggregated(await viewOf())).toMatchObject({
    status: 'FAILED',
    steps: [
      { stepId: 'a', status: 'SUCCEEDED', ranIn: { attempt: 1 } },
      { stepId: 'b', status: 'FAILED', ranIn: { attempt: 1 } },
      { stepId: 'c', status: 'SUCCEEDED', ranIn: { attempt: 2 } },
    ],
  });
  await lab.engine.restartRun({ run: one, params: [], from: { kind: 'STEP', step: 'b' } }, caller);
  await lab.ended('flow/1');
  expect(await lab.engine.aggregated(await viewOf())).toMatchObject({
    status: 'SUCCEEDED',
    steps: [{ ranIn: { attempt: 1 } }, { ranIn: { attempt: 3 } }, { ranIn: { attempt: 2 } }],
  });
  await lab.engine.restartRun({ run: one, params: [] }, caller);
  await lab.ended('flow/1');
  expect(await lab.engine.aggregated(await viewOf())).toMatchObject({
    status: 'SUCCEEDED',
    steps: [{ ranIn: { attempt: 4 } }, { ranIn: { attempt: 4 } }, { ranIn: { attempt: 4 } }],
  });
});

test('a restart keeps what a loop has done in the roll-up, and the list leads to the attempt in which it ran', async () => {
  await lab.apply(`id: flow
steps:
  - id: each
    foreach: { v: [1, 2, 3] }
    tolerate: 1
    steps: [{ id: first, noop: true }, { id: second, needs: first, env: { V: "\${v}" }, run: "[ $V != 2 ] || [ -e ${folder}/well ]" }]
  - { id: gate, needs: each, run: "[ -e ${folder}/well ]" }
  - { id: last, onFailure: fail-now, needs: gate, noop: true }`);
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  await lab.ended('flow/1');
  const before = await lab.engine.rollup(await viewOf());
  expect(before).toMatchObject({ total: 8, counts: { SUCCEEDED: 5, FAILED: 2, NOT_CREATED: 1 } });
  expect(before.attention.map(({ stepId }) => stepId)).toEqual(['gate', 'second']);
  writeFileSync(join(folder, 'well'), '');
  await lab.engine.restartRun({ run: one, params: [], from: { kind: 'INCOMPLETE' } }, caller);
  await lab.ended('flow/1');
  const view = await viewOf();
  expect(await lab.engine.rollup(view)).toMatchObject({ total: 8, counts: { SUCCEEDED: 7, FAILED: 1 } });
  expect(lab.engine.nestedSteps(view, 0)).toEqual([
    { stepId: 'first', loops: ['each'], names: ['v'] },
    { stepId: 'second', loops: ['each'], names: ['v'] },
  ]);
  const { rows } = await lab.engine.flattened(view, 0, { stepId: 'second', limit: 9, statuses: ['FAILED'] });
  expect(rows).toMatchObject([{ indexes: [1], place: { attempt: 1, path: 'each[1]' }, status: 'FAILED' }]);
  expect(await lab.engine.flattenedCounts(view, 0, 'second')).toEqual({ SUCCEEDED: 2, FAILED: 1 });
});
