// Who waits for a signal, on the real engine: triggers, steps of active versions, and runs that wait now; and what is said of
// it where a signal went nowhere or has not come.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

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

const forecast = `
id: forecast
params: { island: Biscoe }
steps:
  - { id: weather, wait: { signal: weather.ready, match: { place: "\${island}" }, where: { rows: ">= 100" } } }
  - id: days
    foreach: { day: [1] }
    steps:
      - { id: tide, wait: tide.ready }
`;

async function started(workflowId: string): Promise<void> {
  const answer = await lab.engine.startRun({ workflowId, params: [], labels: [] }, caller);
  expect(answer.ok).toBe(true);
}

async function waitingRuns(name: string): Promise<readonly EntityId[]> {
  const page = await lab.engine.runs({ limit: 10, order: 'NEWEST_FIRST' }, { awaits: name });
  return page.rows.map(({ id }) => id);
}

test('a step of an active version is known before any run of it has begun, also in a loop', async () => {
  expect(await lab.engine.signalType('weather.ready')).toBeUndefined();
  await lab.apply(forecast);

  expect(await lab.engine.signalType('weather.ready')).toMatchObject({ state: { sequence: 0 }, listeners: [] });
  expect(await lab.engine.waitingSteps('weather.ready')).toEqual([
    { workflowId: 'forecast', stepId: 'weather', text: 'weather.ready with place == "${island}" and rows >= 100' },
  ]);
  expect(await lab.engine.waitingSteps('tide.ready')).toMatchObject([{ stepId: 'tide', text: 'tide.ready' }]);
});

test('a run is listed while it waits, and no longer than that', async () => {
  await lab.apply(forecast);
  await started('forecast');
  await vi.waitFor(async () => {
    expect(await waitingRuns('weather.ready')).toEqual(['run:forecast/1.1']);
  });
  const params = [
    { name: 'place', value: 'Biscoe' },
    { name: 'rows', value: 120 },
  ];
  await lab.engine.publishSignals([{ name: 'weather.ready', params }], caller);
  await vi.waitFor(async () => {
    expect(await waitingRuns('weather.ready')).toEqual([]);
  });
});

test('a signal that went nowhere says who listens by now', async () => {
  const published = await lab.engine.publishSignals([{ name: 'weather.ready', params: [] }], caller);
  const id = published.ok ? published.value[0]?.id : undefined;
  expect((await lab.engine.explain(id ?? ''))?.reasons[0]?.text).toBe(
    'When it came, no trigger listened to "weather.ready", and no step waited for it.',
  );
  await lab.apply(forecast);
  expect((await lab.engine.explain(id ?? ''))?.reasons[0]?.text).toBe(
    'When it came, nobody listened to "weather.ready". By now somebody does: the step weather of forecast waits for it.',
  );
});

test('a signal that has not come says who waits for it, and is over once it comes', async () => {
  await lab.apply(forecast);
  await started('forecast');
  const watch = (length: string): string => `
id: watch
params: { where: none }
triggers:
  - { absentFor: ${length}, signal: weather.ready, for: { place: [Biscoe] }, params: { where: "\${absence.place}" } }
steps: [{ id: tell, noop: true }]
`;
  await lab.apply(watch('100ms'));
  const { state } = await vi.waitFor(() => lab.ended('watch/1'), { timeout: 5_000 });
  expect(state).toMatchObject({
    params: [{ name: 'where', value: 'Biscoe' }],
    cause: { kind: 'ABSENCE', trigger: 'absent-1-Biscoe' },
  });
  const texts = async (id: string): Promise<string> =>
    (await lab.engine.explain(id))?.reasons.map(({ text }) => text).join('\n') ?? '';
  const who =
    'Who waits for weather.ready: the step weather of forecast waits for it; the run forecast/1 waits for it now.';
  await vi.waitFor(async () => {
    expect(await texts('run:watch/1')).toContain(who);
  });
  expect(await texts('run:watch/1')).toMatch(
    /It was started because no weather\.ready with place == "Biscoe" had come since .*\. It has not come since\./u,
  );
  expect(await texts('trigger:watch/absent-1-Biscoe')).toContain(who);

  await lab.apply(watch('1h'));
  await lab.engine.publishSignals([{ name: 'weather.ready', params: [{ name: 'place', value: 'Biscoe' }] }], caller);
  const { state: trigger } = (await lab.engine.trigger('trigger:watch/absent-1-Biscoe' as EntityId)) ?? {};
  expect(trigger?.missed?.resolved).toMatchObject({ signal: expect.stringMatching(/^signal:/u) as string });
  const later = await texts('run:watch/1');
  expect(later).toMatch(/It came at .* late\./u);
  expect(later).not.toContain('Who waits');
});
