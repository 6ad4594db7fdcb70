// `whatIf` on the real engine: runs by outcome and page, and everything that is wrong with a question.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { at, type Operations, startOperations } from '../operations.ts';

let operations: Operations;
let from: string;
beforeEach(async () => {
  operations = await startOperations();
  from = new Date(Date.now() - 1_000).toISOString();
});
afterEach(async () => {
  expect(operations.errors).toEqual([]);
  await operations.stop();
});

const source = (least: number): string =>
  `id: flow\ntriggers: [{ signal: x, where: { n: ">= ${String(least)}" } }]\nsteps: [{ id: a, noop: true }]`;
const ASK = `query ($input: WhatIfInput!, $first: Int = 100, $outcomes: [WhatIfOutcome!]) { whatIf(input: $input) {
  workflowId from to signals isExact triggers { real changed } counts { kept moved lost gained }
  runs(first: $first, outcomes: $outcomes) { outcome trigger at wouldBeAt scheduledFor runId signals { id name sequence } why }
  notes errors { __typename code message path hint ... on DefinitionError { line } } } }`;

async function publish(...numbers: readonly number[]): Promise<void> {
  const signals = numbers.map((n) => ({ name: 'x', params: { n } }));
  const published = 'mutation ($input: PublishSignalsInput!) { publishSignals(input: $input) { errors { message } } }';
  expect(at((await operations.ask(published, { input: { signals } })).data, 'publishSignals.errors')).toEqual([]);
}

async function asked(input: object, more: object = {}): Promise<unknown> {
  const { data, errors } = await operations.ask(ASK, { input: { from, ...input }, ...more });
  expect(errors).toBeUndefined();
  return at(data, 'whatIf');
}

test('runs are those that differ, or of the outcomes that are wanted, so many as are asked for', async () => {
  await operations.apply(source(5));
  await publish(3, 5, 7);
  expect(await asked({ source: source(6) })).toMatchObject({
    workflowId: 'flow',
    signals: 3,
    isExact: true,
    triggers: [{ real: 'signal-1', changed: 'signal-1' }],
    counts: { kept: 1, moved: 0, lost: 1, gained: 0 },
    runs: [
      {
        outcome: 'LOST',
        trigger: 'signal-1',
        wouldBeAt: null,
        scheduledFor: null,
        runId: 'run:flow/1',
        signals: [{ name: 'x', sequence: 2 }],
        why: 'x #2 does not meet `n >= 6`: n is 5.',
      },
    ],
    errors: [],
  });
  const definition = { id: 'flow', triggers: [{ signal: 'x' }], steps: [{ id: 'a', noop: true }] };
  const all = await asked({ definition }, { first: 2, outcomes: ['KEPT', 'GAINED'] });
  expect(all).toMatchObject({
    counts: { kept: 2, gained: 1 },
    runs: [
      { outcome: 'GAINED', runId: null },
      { outcome: 'KEPT', runId: 'run:flow/1', why: null },
    ],
  });
});

test('what is wrong with a question comes back as data, with the place in the definition', async () => {
  await operations.apply(source(5));
  expect(await asked({ source: 'id: flow\nsteps: []' })).toMatchObject({
    workflowId: null,
    from: null,
    runs: [],
    errors: [{ __typename: 'DefinitionError', code: 'BAD_DEFINITION', line: 2 }],
  });
  expect(await asked({})).toMatchObject({ errors: [{ code: 'BAD_INPUT', path: ['source'] }] });
  expect(await asked({ source: source(1), from: '2999-01-01' })).toMatchObject({
    errors: [{ code: 'BAD_INPUT', message: '`from` is still to come.' }],
  });
  expect(await asked({ source: source(1), triggers: ['nightly'] })).toMatchObject({
    errors: [{ code: 'NOT_FOUND', hint: 'There is signal-1.' }],
  });
  const { errors } = await operations.ask(ASK, { input: { from, source: source(1) }, first: 0 });
  expect(errors?.[0]?.message).toBe('`first` is a whole number from 1 to 1000.');
});
