// Who listens to a signal name, and what a trigger missed, on one engine.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { at, type Operations, startOperations, textAt } from '../operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply('id: forecast\nsteps: [{ id: weather, wait: { signal: rain, where: { mm: ">= 1" } } }]\n');
  await test.apply('id: card\ntriggers: [{ signal: rain }]\nsteps: [{ id: draw, noop: true }]\n');
  await test.apply('id: watch\ntriggers: [{ absentFor: 50ms, signal: rain }]\nsteps: [{ id: tell, noop: true }]\n');
});
afterAll(() => test.stop());

it('says which triggers, steps and runs wait for a name', async () => {
  await test.ask('mutation { startRun(input: { workflowId: "forecast" }) { run { id } } }');
  await vi.waitFor(async () => {
    const { data } = await test.ask(`{ signalType(name: "rain") {
      published listeners { name kind } waitingSteps { workflowId stepId text } waitingRuns(first: 1) { totalCount nodes { id status } }
    } }`);
    expect(data).toEqual({
      signalType: {
        published: 0,
        listeners: [
          { name: 'absent-1', kind: 'ABSENT' },
          { name: 'signal-1', kind: 'SIGNAL' },
        ],
        waitingSteps: [{ workflowId: 'forecast', stepId: 'weather', text: 'rain with mm >= 1' }],
        waitingRuns: { totalCount: 1, nodes: [{ id: 'run:forecast/1', status: 'RUNNING' }] },
      },
    });
  });
});

it('says what a trigger missed, for which run, and when it came after all', async () => {
  const missed = async (): Promise<unknown> =>
    at(
      (
        await test.ask(
          '{ workflow(id: "watch") { triggers { missed { name since due runId resolvedAt resolvedBy lateMs } } } }',
        )
      ).data,
      'workflow.triggers.0.missed',
    );
  await vi.waitFor(async () => {
    expect(await missed()).toMatchObject({ name: 'rain', runId: 'run:watch/1', resolvedAt: null, resolvedBy: null });
  });
  const { data } = await test.ask('{ run(id: "run:watch/1") { cause { kind missing } } }');
  expect(data).toEqual({ run: { cause: { kind: 'ABSENCE', missing: 'rain' } } });

  await test.apply('id: watch\ntriggers: [{ absentFor: 1h, signal: rain }]\nsteps: [{ id: tell, noop: true }]\n');
  const published = await test.ask(
    'mutation { publishSignal(input: { name: "rain" }) { signal { id } matches { triggerId text } } }',
  );
  const came = await missed();
  expect(came).toMatchObject({ runId: 'run:watch/1', resolvedBy: textAt(published.data, 'publishSignal.signal.id') });
  expect(at(came, 'lateMs')).toBeGreaterThan(0);
  expect(at(published.data, 'publishSignal.matches')).toContainEqual({
    triggerId: 'trigger:watch/absent-1',
    text: expect.stringMatching(/^It was heard, and was missed before: it is .* late\.$/u) as string,
  });
});
