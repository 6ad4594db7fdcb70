// What would have been, over a history that the engine really lived through: a trigger as it was gives exactly the runs that there are,
// and another one the differences that its words say, each with its reason.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { partitionOf } from '../../src/core/ids.ts';
import { type Json } from '../../src/core/json.ts';
import { type WhatIfView } from '../../src/engine/what-if-cases.ts';
import { entries } from '../support/given.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
const caller = { actor: 'ada' };
let start = 0;

beforeEach(async () => {
  lab = await createTestEngine();
  start = Date.now() - 1_000;
});
afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

const single = (least: number, note = ''): string => `
id: penguins
description: "${note}"
triggers:
  - { signal: counted, where: { rows: ">= ${String(least)}" }, name: on-count }
steps: [{ id: a, noop: true }]
`;

const join = (kind: string, within = '6h', note = ''): string => `
id: penguins
description: "${note}"
triggers:
  - ${kind}:
      - { signal: counted, as: counted, joinOn: island, where: { rows: ">= 10" } }
      - { signal: weather, as: weather, joinOn: island }
    within: ${within}
    name: both
steps: [{ id: a, noop: true }]
`;

async function publish(name: string, params: Readonly<Record<string, Json>>, ago = 0): Promise<void> {
  const occurredAt = ago === 0 ? {} : { occurredAt: Date.now() - ago };
  const answer = await lab.engine.publishSignals([{ name, params: entries(params), ...occurredAt }], caller);
  if (!answer.ok) throw new Error(answer.refusals.map(({ message }) => message).join(' '));
}

async function asked(source: string, triggers?: readonly string[]): Promise<WhatIfView> {
  const answer = await lab.engine.whatIf({
    input: { source, files: [] },
    from: start,
    ...(triggers === undefined ? {} : { triggers }),
  });
  if (!answer.ok) throw new Error(answer.refusals.map(({ message }) => message).join(' '));
  return answer.value;
}

function told({ differences }: WhatIfView): readonly string[] {
  return differences.map(({ outcome, run, signals, why }) => {
    const names = signals.map(({ name, sequence }) => `${name} #${String(sequence)}`).join(' + ');
    return [
      outcome,
      run === undefined ? 'none' : `run ${String(run)}`,
      names,
      ...(why === undefined ? [] : [why]),
    ].join('; ');
  });
}

test('another demand of a trigger loses and gains the runs of the signals between the two, each with the value that decides', async () => {
  await lab.apply(single(100));
  for (const rows of [150, 40, 300, 90]) await publish('counted', { rows });
  const same = await asked(single(100, 'other words'));
  expect(told(same)).toEqual(['KEPT; run 1; counted #1', 'KEPT; run 2; counted #3']);
  expect(same).toMatchObject({ isExact: true, signals: 4, notes: [expect.stringMatching(/^penguins is there since/)] });
  expect(told(await asked(single(200)))).toEqual([
    'LOST; run 1; counted #1; counted #1 does not meet `rows >= 200`: rows is 150.',
    'KEPT; run 2; counted #3',
  ]);
  expect(told(await asked(single(80)))).toEqual([
    'KEPT; run 1; counted #1',
    'KEPT; run 2; counted #3',
    'GAINED; none; counted #4; Really counted #4 did not meet `rows >= 100`: rows is 90.',
  ]);
});

test('interleaved keys, a pause, a signal that is late, one that is refused and edits meanwhile come out as they were', async () => {
  await lab.apply(join('all'));
  await publish('counted', { island: 'Biscoe', rows: 12 });
  await publish('counted', { island: 'Dream', rows: 30 });
  await publish('weather', { island: 'Dream' });
  await publish('weather', { island: 'Biscoe' });
  await lab.engine.pauseTriggers('penguins', caller);
  await publish('counted', { island: 'Torgersen', rows: 50 });
  await lab.engine.resumeTriggers('penguins', caller);
  await publish('weather', { island: 'Torgersen' });
  await publish('weather', { island: 'Dream' }, 24 * 3_600_000);
  await publish('counted', { island: 'Dream', rows: 3 });
  await lab.apply(join('all', '6h', 'described anew'));
  await publish('counted', { island: 'Torgersen', rows: 11 });
  const same = await asked(join('all'));
  expect(told(same)).toEqual([
    'KEPT; run 1; counted #2 + weather #1',
    'KEPT; run 2; counted #1 + weather #2',
    'KEPT; run 3; counted #5 + weather #3',
  ]);
  expect(same.isExact).toBe(true);
  const sequence = await asked(join('sequence'));
  expect(told(sequence)).toEqual([
    'KEPT; run 1; counted #2 + weather #1',
    'KEPT; run 2; counted #1 + weather #2',
    'LOST; run 3; counted #5 + weather #3; weather #3 would not be taken: It came out of turn: there is no counted with its key (and in its window) for it to follow.',
  ]);
  const either = await asked(
    join('all').replace('all:', 'any:').replace('    within: 6h\n', '').replaceAll(', joinOn: island', ''),
  );
  expect(either.differences.map(({ outcome }) => outcome).toSorted()).toEqual(
    [...Array<string>(4).fill('GAINED'), ...Array<string>(3).fill('MOVED')].toSorted(),
  );
});

test('an edit of the trigger itself is replayed as it was, and the new demand is asked of the time before it', async () => {
  await lab.apply(single(100));
  await publish('counted', { rows: 90 });
  await lab.apply(single(80));
  await publish('counted', { rows: 90 });
  const now = await asked(single(80));
  expect(told(now)).toEqual([
    'GAINED; none; counted #1; Really counted #1 did not meet `rows >= 100`: rows is 90.',
    'KEPT; run 1; counted #2',
  ]);
  expect(now.isExact).toBe(true);
});

test('where the log is cut, signals tell when the triggers were paused, and the answer says from when on it knows more', async () => {
  await lab.apply(single(100));
  await publish('counted', { rows: 150 });
  await lab.engine.pauseTriggers('penguins', caller);
  await publish('counted', { rows: 160 });
  await lab.engine.resumeTriggers('penguins', caller);
  await publish('counted', { rows: 170 });
  const partition = partitionOf('penguins', 16);
  await lab.outside.log.cut(partition, await lab.outside.log.head(partition));
  const same = await asked(single(100));
  expect(told(same)).toEqual(['KEPT; run 1; counted #1', 'KEPT; run 2; counted #3']);
  expect(same).toMatchObject({ isExact: true });
  expect(same.notes.at(-1)).toMatch(
    /^Of on-count the log is cut before .* UTC\. For the time before, signals are taken/u,
  );
});

test('a workflow that there never was would have started at what was published', async () => {
  await publish('counted', { rows: 500 });
  const view = await asked(single(100));
  expect(told(view)).toEqual(['GAINED; none; counted #1; Really there was no such trigger.']);
  expect(view.triggers).toEqual([{ changed: 'on-count' }]);
});

test('a trigger that is taken out loses its runs, and one that is renamed stands for the one that is left', async () => {
  await lab.apply(single(100));
  await publish('counted', { rows: 500 });
  const gone = await asked('id: penguins\nsteps: [{ id: a, noop: true }]\n');
  expect(told(gone)).toEqual(['LOST; run 1; counted #1; There is no such trigger any more.']);
  const renamed = await asked(single(100).replace('on-count', 'counting'));
  expect(renamed.triggers).toEqual([{ real: 'on-count', changed: 'counting' }]);
  expect(told(renamed)).toEqual(['KEPT; run 1; counted #1']);
});

test('a question about nothing is refused with what to ask instead', async () => {
  const input = { source: single(100), files: [] };
  const later = await lab.engine.whatIf({ input, from: Date.now() + 60_000 });
  expect(later).toMatchObject({ ok: false, refusals: [{ code: 'BAD_INPUT', path: ['from'] }] });
  const unknown = await lab.engine.whatIf({ input, from: start, triggers: ['nightly'] });
  expect(unknown).toMatchObject({
    ok: false,
    refusals: [{ code: 'NOT_FOUND', path: ['triggers'], hint: 'There is on-count.' }],
  });
  const broken = await lab.engine.whatIf({ input: { source: 'id: penguins', files: [] }, from: start });
  expect(broken).toMatchObject({ ok: false, refusals: [{ code: 'BAD_DEFINITION' }] });
});

test('times that are far too many for one answer are refused, and the past of a schedule is told by its times', async () => {
  const source = (trigger: string): string =>
    `id: ticking\ntriggers: [{ ${trigger}, name: t }]\nsteps: [{ id: a, noop: true }]\n`;
  const often = await lab.engine.whatIf({
    input: { source: source('every: 1m'), files: [] },
    from: Date.now() - 100 * 86_400_000,
  });
  expect(often).toMatchObject({ ok: false, refusals: [{ code: 'LIMIT_EXCEEDED', path: ['from'] }] });
  const day = await lab.engine.whatIf({
    input: { source: source('cron: "0 */6 * * *"'), files: [] },
    from: Date.UTC(2026, 0, 1),
    to: Date.UTC(2026, 0, 2),
  });
  if (!day.ok) throw new Error('refused');
  expect(
    day.value.differences.map(({ outcome, scheduledFor = 0, why }) => [
      outcome,
      new Date(scheduledFor).getUTCHours(),
      why,
    ]),
  ).toEqual([0, 6, 12, 18].map((hour) => ['GAINED', hour, 'Really there was no such trigger.']));
});
