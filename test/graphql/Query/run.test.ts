import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, listAt, type Operations, startOperations, twoSteps } from '../operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(twoSteps);
  await test.ask(
    'mutation { startRun(input: { workflowId: "penguins", params: { island: "Dream" } }) { run { id } } }',
  );
  await test.ended('penguins/1');
});
afterAll(() => test.stop());

it('shows a run with its steps, outputs, timeline and what explains it', async () => {
  const { data, errors } = await test.ask(`{ run(id: "penguins/1") {
    id status isTerminal params outputs allowedActions url counts { status count } failure { code }
    workflow { id } definition { version runStrategy params { name type value } steps { stepId kind needs } }
    steps { totalCount nodes { id stepId kind phase needs attempts { id number failure { code } } outputs logTail { number stream text } } }
    timeline { type stepId text } explanation { id summary reasons { code text } }
  } }`);
  expect(errors).toBeUndefined();
  expect(at(data, 'run')).toMatchObject({
    id: 'run:penguins/1',
    status: 'SUCCEEDED',
    isTerminal: true,
    params: { island: 'Dream' },
    outputs: { clean: { rows: 342 } },
    allowedActions: ['RESTART', 'FORK'],
    url: '/runs/penguins/1',
    counts: [{ status: 'SUCCEEDED', count: 2 }],
    failure: null,
    workflow: { id: 'workflow:penguins' },
    definition: {
      version: 1,
      runStrategy: 'sequential',
      params: [{ name: 'island', type: 'string', value: 'Biscoe' }],
      steps: [
        { stepId: 'clean', kind: 'shell', needs: [] },
        { stepId: 'train', kind: 'noop', needs: ['clean'] },
      ],
    },
    steps: { totalCount: 2 },
  });
  expect(at(data, 'run.steps.nodes.0')).toMatchObject({
    id: 'step:penguins/1/clean',
    phase: 'SUCCEEDED',
    attempts: [{ id: 'attempt:penguins/1.1/clean/1', number: 1, failure: null }],
    outputs: { rows: 342 },
  });
  expect(at(data, 'run.steps.nodes.0.logTail')).toContainEqual({
    number: expect.any(Number) as number,
    stream: 'out',
    text: 'cleaned',
  });
  const types = listAt(data, 'run.timeline').map((event) => at(event, 'type'));
  expect(types[0]).toBe('RunCreated');
  expect(types.at(-1)).toBe('RunEnded');
  expect(at(data, 'run.timeline')).toContainEqual({
    type: 'AttemptStarted',
    stepId: 'clean',
    text: 'clean started, attempt 1.',
  });
  expect(at(data, 'run.explanation.summary')).toEqual(expect.any(String));
});

it('pages and filters the steps', async () => {
  const first = await test.ask(
    '{ run(id: "penguins/1") { steps(first: 1) { nodes { stepId } pageInfo { hasNextPage endCursor } } } }',
  );
  expect(at(first.data, 'run.steps')).toMatchObject({ nodes: [{ stepId: 'clean' }], pageInfo: { hasNextPage: true } });
  const second = await test.ask(
    'query ($after: String) { run(id: "penguins/1") { steps(first: 1, after: $after) { nodes { stepId } pageInfo { hasNextPage } } } }',
    { after: at(first.data, 'run.steps.pageInfo.endCursor') },
  );
  expect(at(second.data, 'run.steps')).toEqual({ nodes: [{ stepId: 'train' }], pageInfo: { hasNextPage: false } });
  const none = await test.ask('{ run(id: "penguins/1") { steps(phases: [FAILED]) { totalCount } } }');
  expect(at(none.data, 'run.steps.totalCount')).toBe(0);
});

it('is null where there is none, and refuses what is no id', async () => {
  expect((await test.ask('{ run(id: "penguins/99") { id } }')).data).toEqual({ run: null });
  const { errors } = await test.ask('{ run(id: "workflow:penguins") { id } }');
  expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});

it('finds a single step by its id', async () => {
  const { data } = await test.ask(
    '{ step(id: "step:penguins/1/clean") { id phase explanation { summary } } none: step(id: "penguins/1/x") { id } }',
  );
  expect(data).toMatchObject({ step: { id: 'step:penguins/1/clean', phase: 'SUCCEEDED' }, none: null });
});
