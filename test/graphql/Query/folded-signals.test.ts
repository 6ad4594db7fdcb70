// Folded signals as the API shows them: while they wait, on the receipt, and on the run that took them, alone or in a list.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { at, type Operations, startOperations } from '../operations.ts';

const CAUSE = 'cause { kind text folded signal signals { as name sequence id } }';
const PUBLISH = `mutation ($island: JSON!) { publishSignal(input: { name: "ready", params: { island: $island } }) {
  signal { id matches { verdict text } } } }`;

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  const text = 'id: quick\ntriggers: [{ signal: ready, debounce: 300ms }]\nsteps: [{ id: a, noop: true }]';
  await test.apply(text);
  await test.apply(text.replace('quick', 'slow').replace('300ms', '{ quiet: 1h, by: island }'));
});
afterAll(() => test.stop());

it('the receipt, what waits, and the run tell of them', async () => {
  const ids: unknown[] = [];
  for (const island of ['Dream', 'Dream', 'Biscoe']) {
    const { data } = await test.ask(PUBLISH, { island });
    const texts = at(data, 'publishSignal.signal.matches') as readonly { readonly text: string }[];
    expect(texts).toHaveLength(2);
    for (const { text } of texts) expect(text).toMatch(/^It waits until \S+ \S+ UTC \((?:300ms|1h) without another\)/u);
    ids.push(at(data, 'publishSignal.signal.id'));
  }
  await vi.waitFor(() => test.ended('quick/1'), { timeout: 10_000 });
  const cause = {
    kind: 'SIGNAL',
    text: 'ready arrived 3 times',
    folded: 2,
    signal: ids[2],
    signals: ids.map((id, place) => ({ as: null, name: 'ready', sequence: place + 1, id })),
  };
  const one = await test.ask(`{ run(id: "run:quick/1") { ${CAUSE} } }`);
  expect(at(one.data, 'run.cause')).toEqual(cause);
  await vi.waitFor(async () => {
    const many = await test.ask(`{ runs(filter: { workflowId: "quick" }) { nodes { ${CAUSE} } } }`);
    expect(at(many.data, 'runs.nodes.0.cause')).toEqual(cause);
  });
});

it('the trigger says how it folds, what waits in each group, and when its run starts', async () => {
  const trigger =
    'triggers { text counts { delivered pending balanced } pending { key values count startsAt expiresAt missing { name } missingText signals { params } } }';
  const { data } = await test.ask(`{ workflow(id: "slow") { ${trigger} } }`);
  expect(at(data, 'workflow.triggers.0')).toEqual({
    text: 'once ready has come and then no other for 1h, or 10h after the first, each island by itself',
    counts: { delivered: 3, pending: 3, balanced: true },
    pending: [
      ['Biscoe', 1],
      ['Dream', 2],
    ].map(([island, count]) => ({
      key: `island = ${String(island)}`,
      values: [island],
      count,
      startsAt: expect.any(String) as string,
      expiresAt: null,
      missing: [],
      missingText: '',
      signals: Array.from({ length: Number(count) }, () => ({ params: { island } })),
    })),
  });
  await test.ask('mutation { pauseTriggers(input: { workflowId: "slow" }) { workflow { id } } }');
  const paused = await test.ask(
    '{ workflow(id: "slow") { triggers { pending { startsAt } explanation { reasons { text } } } } }',
  );
  expect(at(paused.data, 'workflow.triggers.0.pending.0.startsAt')).toBeNull();
  expect(at(paused.data, 'workflow.triggers.0.explanation.reasons.1.text')).toMatch(
    /; once the triggers are resumed, one run starts on all of them\.$/u,
  );
});
