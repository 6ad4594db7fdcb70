import { afterEach, beforeEach, expect, test } from 'vitest';
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

const waiter = `
id: penguins
params: { island: Biscoe }
steps:
  - id: weather
    wait: { signal: weather.ready, match: { place: "\${island}" }, where: { rows: ">= 100" } }
`;

function publish(rows: number, place = 'Biscoe') {
  const params = [
    { name: 'place', value: place },
    { name: 'rows', value: rows },
  ];
  return lab.engine.publishSignals([{ name: 'weather.ready', params }], caller);
}

async function started(): Promise<void> {
  await lab.apply(waiter);
  await lab.engine.startRun({ workflowId: 'penguins', params: [], labels: [] }, caller);
}

test('the receipt of a signal names the step whose wait it ends', async () => {
  await started();
  expect(await publish(12)).toMatchObject({ ok: true, value: [{ verdicts: [] }] });
  expect(await publish(344)).toMatchObject({
    ok: true,
    value: [{ sequence: 2, taken: { count: 1, steps: ['step:penguins/1.1/weather'] } }],
  });
  const { state } = await lab.ended('penguins/1');
  expect(state).toMatchObject({
    status: 'SUCCEEDED',
    steps: [{ awaiting: { signals: [{ found: { sequence: 2 } }] } }],
  });
});

test('a step that waits explains what the last signal lacked, and what would unblock it', async () => {
  await started();
  await publish(12);
  const explanation = await lab.engine.explain('step:penguins/1/weather');
  expect(explanation?.summary).toMatch(
    /^"weather" waits for "weather\.ready" with place == "Biscoe" and rows >= 100, since .*\. The last "weather\.ready" \(number 1, .*\) did not meet `rows >= 100`: rows was 12\.$/u,
  );
  expect(explanation?.reasons[0]?.unblock).toBe(
    'downbeat publish weather.ready -p place=Biscoe -p rows=100 – or let it go on without: downbeat bypass penguins/1 weather',
  );
  await lab.engine.bypassSignals({ workflowId: 'penguins', number: 1 }, 'weather', {
    actor: 'ada',
    reason: 'no station',
  });
  const { state } = await lab.ended('penguins/1');
  expect(state).toMatchObject({
    status: 'SUCCEEDED',
    steps: [{ outputs: [], awaiting: { bypassed: { actor: 'ada', reason: 'no station' } } }],
  });
});
