// `when` and `idempotencyKey` of triggers through the engine: what the publisher is told, what is on record, and what a server that
// was not there before knows of keys.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EntityId } from '../../src/core/ids.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
const caller = { actor: 'ada' };

beforeEach(async () => {
  lab = await createTestEngine();
});
afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

const loads = `
id: loads
params: { day: "", rows: 0 }
triggers:
  - signal: export.ready
    when: "signal.rows > 10"
    idempotencyKey: day
    params: { day: "\${signal.day}", rows: "\${signal.rows}" }
steps:
  - { id: load, noop: true }
`;

function publish(params: Readonly<Record<string, string | number>>) {
  const entries = Object.entries(params).map(([name, value]) => ({ name, value }));
  return lab.engine.publishSignals([{ name: 'export.ready', params: entries }], caller);
}

test('the publisher is told which runs were not wanted, and the counts balance', async () => {
  await lab.apply(loads);
  expect(await publish({ day: 'mon', rows: 5 })).toMatchObject({
    value: [{ verdicts: [{ verdict: 'REJECTED', message: 'Its `when` is false: signal.rows > 10' }] }],
  });
  expect(await publish({ day: 'mon', rows: 50 })).toMatchObject({
    value: [{ verdicts: [{ verdict: 'STARTED', run: 'run:loads/1.1' }] }],
  });
  expect(await publish({ day: 'mon', rows: 60 })).toMatchObject({
    value: [
      {
        verdicts: [
          { verdict: 'REJECTED', message: 'Run loads/1 was started under its idempotencyKey already: "mon".' },
        ],
      },
    ],
  });
  await lab.ended('loads/1');
  const trigger = await lab.engine.trigger('trigger:loads/signal-1' as EntityId);
  expect(trigger?.state).toMatchObject({ started: 1, tally: { delivered: 2, rejected: 2 } });
  const explained = await lab.engine.explain('trigger:loads/signal-1');
  expect(JSON.stringify(explained)).toContain('2 signals were rejected, the last at');
});

test('a server that comes later knows the keys that were used', async () => {
  await lab.apply(loads);
  await publish({ day: 'mon', rows: 50 });
  await lab.ended('loads/1');
  const before = lab;
  await before.stop();
  const { log, entities, partitions, inbox, blobs, projections, history } = before.outside;
  lab = await createTestEngine({ log, entities, partitions, inbox, blobs, projections, history });
  expect(await publish({ day: 'mon', rows: 60 })).toMatchObject({ value: [{ verdicts: [{ verdict: 'REJECTED' }] }] });
  expect(await publish({ day: 'tue', rows: 60 })).toMatchObject({
    value: [{ verdicts: [{ verdict: 'STARTED', run: 'run:loads/2.1' }] }],
  });
});
