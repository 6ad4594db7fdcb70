// Records a history of everything that the engine does in small: see README.md. Skipped unless DOWNBEAT_RECORD names it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { type EntityId } from '../../src/core/ids.ts';
import { type Block } from '../../src/core/partition/commit.ts';
import { blockCodec } from '../../src/core/partition/stored/stored-block.ts';
import { stateCodec } from '../../src/core/partition/stored/stored-state.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';
import { type History } from './history.ts';

const name = process.env['DOWNBEAT_RECORD'];
const partitions = 16;
const caller = { actor: 'ada' };

const definitions = [
  `id: penguins
name: Penguins
owner: ada
labels: { team: birds }
params: { cutoff: 40, island: Biscoe }
triggers: [{ signal: measurements.ready, where: { rows: ">= 100" }, params: { island: "\${signal.island}" } }]
steps:
  - { id: clean, run: echo "rows=42" >> "$DOWNBEAT_OUTPUTS", outputs: { rows: long } }
  - { id: train, needs: clean, when: steps.clean.rows > cutoff, sleep: 20ms }
  - { id: skipped, needs: clean, when: steps.clean.rows > 100, noop: true }
  - { id: join, needs: { train: true, skipped: true }, noop: true }
  - { id: announce, needs: join, publish: { signal: model.ready, params: { island: "\${island}" } } }`,
  'id: card\nparams: { island: none }\ntriggers: [{ signal: model.ready, params: { island: "${signal.island}" } }]\nsteps: [{ id: write, noop: true }]',
  'id: flaky\nrunStrategy: { parallel: 2 }\nsteps: [{ id: try, run: exit 3, retry: { user: 1, backoff: 10ms..10ms } }, { id: after, needs: try, noop: true }]',
  'id: late\nsteps: [{ id: wait, run: sleep 60, timeout: 200ms }]',
  'id: long\ntimeout: 1h\nsteps: [{ id: wait, run: sleep 60 }, { id: after, needs: wait, noop: true }]',
  'id: tick\ntriggers: [{ cron: "* * * * * *", timezone: Europe/Madrid }]\nsteps: [{ id: only, noop: true }]',
];

test.runIf(name !== undefined)('a history is recorded', async () => {
  const lab = await createTestEngine();
  await live(lab);
  await lab.stop();
  expect(lab.errors).toEqual([]);
  writeFileSync(join(import.meta.dirname, `${name ?? ''}.json`), `${JSON.stringify(await recorded(lab), null, 1)}\n`, { flag: 'wx' });
});

async function live(lab: TestEngine): Promise<void> {
  for (const definition of definitions) await lab.apply(definition);
  const signal = (rows: number) => ({
    name: 'measurements.ready',
    params: [{ name: 'rows', value: rows }, { name: 'island', value: 'Dream' }],
  });
  await lab.engine.publishSignals([signal(7), signal(344)], caller);
  for (const workflowId of ['flaky', 'flaky', 'flaky', 'late', 'long', 'long']) {
    await lab.engine.startRun({ workflowId, params: [], labels: [{ name: 'why', value: 'history' }] }, caller);
  }
  await lab.engine.stopRun({ workflowId: 'long', number: 2 }, caller);
  await lab.engine.stopRun({ workflowId: 'long', number: 1 }, caller);
  await lab.ended('long/1');
  await lab.engine.restartRun({ run: { workflowId: 'long', number: 1 }, params: [] }, caller);
  await lab.engine.stopRun({ workflowId: 'long', number: 1 }, caller);
  for (const run of ['penguins/1', 'flaky/1', 'flaky/2', 'flaky/3', 'late/1', 'long/1']) await lab.ended(run);
  for (const workflowId of ['card', 'tick']) await firstEnd(lab, workflowId);
  await lab.engine.pauseTriggers('tick', caller);
  await lab.apply('id: tick\nsteps: [{ id: only, noop: true }]');
  await lab.engine.resumeTriggers('tick', caller);
}

/** Waits until a run of a workflow has ended, also if it is not there yet. */
async function firstEnd(lab: TestEngine, workflowId: string): Promise<void> {
  const beginning = (await lab.engine.head()).map((place) => ({ ...place, n: 0, i: -1 }));
  for await (const { events } of lab.engine.watch({ kind: 'workflow', workflowId }, beginning)) {
    if (events.some(({ event }) => event.type === 'RunEnded')) return;
  }
}

/** The engine has stopped, so everything is in the log and saved. */
async function recorded({ outside }: TestEngine): Promise<History> {
  const blocks: Block[] = [];
  for (let partition = 0; partition < partitions; partition++) blocks.push(...(await outside.log.read(partition, 0, 10_000)));
  const ids = new Set<EntityId>(blocks.flatMap(({ commits }) => commits.flatMap(({ events }) => events.map(({ entity }) => entity))));
  const stored = await outside.entities.load([...ids].sort());
  expect(stored).toHaveLength(ids.size);
  return {
    blocks: blocks.map(blockCodec.encode),
    states: stored.map(({ id, version, state }) => ({ id, version, format: stateCodec.format(state), state })),
  };
}
