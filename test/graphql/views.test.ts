// What is nested in a run, as the API shows it: the roll-up, a nested step page by page, and what it says to wrong questions.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, listAt, type Operations, startOperations, textAt } from './operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply('id: kid\nsteps: [{ id: weigh, noop: true }, { id: look, needs: weigh, noop: true }]');
  await test.apply(`
id: nest
steps:
  - id: species
    foreach: { kind: [Adelie, Gentoo] }
    tolerate: 2
    steps:
      - { id: years, foreach: { year: [2007, 2008, 2009] }, tolerate: 3, steps: [{ id: train, env: { Y: "\${year}" }, run: '[ $Y != 2008 ]' }] }
  - { id: count, while: "n < 2", values: { n: 0 }, steps: [{ id: next, run: 'echo "n=$((PARAM_N + 1))" >> "$DOWNBEAT_OUTPUTS"', outputs: { n: long } }] }
  - { id: call, workflow: kid }
`);
  await test.ask('mutation { startRun(input: { workflowId: "nest" }) { run { id } } }');
  await test.ended('nest/1');
});
afterAll(async () => {
  await test.stop();
});

const FLATTENED = `query ($step: String!, $first: Int, $after: String, $filter: FlattenedFilter) { step(id: "nest/1/species") {
  nestedSteps { stepId loops loopParams }
  flattened(step: $step, first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    nodes { id runId indexes loopParams status attempts keptFrom startedAt endedAt }
    summary { counts { status count example { id } } loopParams }
  } } }`;

describe('the roll-up of a run', () => {
  it('counts the steps in loops, in loops within those and in runs of other workflows, and names what failed', async () => {
    const { data, errors } = await test.ask(
      '{ run(id: "nest/1") { rollup { total isWhole counts { status count } attention { id stepId runId status startedAt endedAt } } } }',
    );
    expect(errors).toBeUndefined();
    expect(at(data, 'run.rollup')).toMatchObject({
      total: 10,
      isWhole: true,
      counts: [
        { status: 'FAILED', count: 2 },
        { status: 'SUCCEEDED', count: 8 },
      ],
      attention: [
        { id: 'step:nest/1/species[0]/years[1]/train', runId: 'run:nest/1/species[0]/years[1]', status: 'FAILED' },
        { id: 'step:nest/1/species[1]/years[1]/train', stepId: 'train' },
      ],
    });
  });
});

describe('a nested step as a list', () => {
  it('comes page by page in the order of the iterations, with the values of all loops around it', async () => {
    const first = await test.ask(FLATTENED, { step: 'train', first: 4 });
    expect(first.errors).toBeUndefined();
    expect(at(first.data, 'step.nestedSteps')).toEqual([
      { stepId: 'train', loops: ['species', 'years'], loopParams: ['kind', 'year'] },
    ]);
    expect(at(first.data, 'step.flattened')).toMatchObject({
      totalCount: 6,
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
      nodes: [
        {
          indexes: [0, 0],
          loopParams: { kind: 'Adelie', year: 2007 },
          status: 'SUCCEEDED',
          attempts: 1,
          keptFrom: null,
        },
        { indexes: [0, 1], status: 'FAILED' },
        { indexes: [0, 2] },
        { indexes: [1, 0], runId: 'run:nest/1/species[1]/years[0]' },
      ],
      summary: {
        counts: [
          { status: 'FAILED', count: 2, example: { id: 'step:nest/1/species[0]/years[1]/train' } },
          { status: 'SUCCEEDED', count: 4, example: { id: 'step:nest/1/species[0]/years[0]/train' } },
        ],
        loopParams: { kind: ['Adelie', 'Gentoo'], year: [2007, 2008, 2009] },
      },
    });
    const after = textAt(first.data, 'step.flattened.pageInfo.endCursor');
    const second = await test.ask(FLATTENED, { step: 'train', first: 4, after });
    expect(at(second.data, 'step.flattened')).toMatchObject({
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
      nodes: [{ indexes: [1, 1] }, { indexes: [1, 2] }],
    });
  });

  it('is narrowed by status and by values, and counted where that can be known', async () => {
    const failed = await test.ask(FLATTENED, { step: 'train', filter: { statuses: ['FAILED'] } });
    expect(at(failed.data, 'step.flattened')).toMatchObject({ totalCount: 2, nodes: [{ indexes: [0, 1] }, {}] });
    const some = await test.ask(FLATTENED, {
      step: 'train',
      filter: { statuses: ['FAILED', 'SUCCEEDED'], loopParams: { kind: ['Gentoo'], year: [2008, 2009] } },
    });
    expect(at(some.data, 'step.flattened')).toMatchObject({ totalCount: null });
    expect(listAt(some.data, 'step.flattened.nodes').map((node) => at(node, 'indexes'))).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  it('of a while loop has its values, and of a step that is no loop there is none', async () => {
    const { data } = await test.ask(
      '{ step(id: "nest/1/count") { flattened(step: "next") { totalCount nodes { indexes loopParams } } } }',
    );
    expect(at(data, 'step.flattened')).toEqual({
      totalCount: 2,
      nodes: [
        { indexes: [0], loopParams: { n: 0 } },
        { indexes: [1], loopParams: { n: 1 } },
      ],
    });
    const call = await test.ask(
      '{ step(id: "nest/1/call") { nestedSteps { stepId } flattened(step: "x") { totalCount } } }',
    );
    expect(at(call.data, 'step')).toEqual({ nestedSteps: [], flattened: null });
  });

  it.each([
    [{ step: 'years' }, 'There is no step "years" in this loop that could be listed.', 'Those that can: train.'],
    [
      { step: 'train', filter: { loopParams: { island: 'Dream' } } },
      'No loop around "train" gives a value to "island".',
      'They give: kind, year.',
    ],
    [
      { step: 'train', filter: { loopParams: 3 } },
      '`loopParams` must be an object: names of loops, and the values that are wanted.',
      'Such as {"species": ["Adelie", "Gentoo"]}.',
    ],
  ])('says what is wrong with %j', async (variables, message, hint) => {
    const { errors } = await test.ask(FLATTENED, variables);
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT', hint } }]);
  });
});

describe('a run over its restarts', () => {
  it('names for each step the run in which it came to what it is', async () => {
    const { data } = await test.ask(
      '{ run(id: "nest/1") { aggregated { status steps { stepId status runId attempt startedAt endedAt } } } }',
    );
    expect(at(data, 'run.aggregated')).toMatchObject({
      status: 'SUCCEEDED',
      steps: [
        { stepId: 'species', runId: 'run:nest/1', attempt: 1 },
        { stepId: 'count', status: 'SUCCEEDED' },
        { stepId: 'call' },
      ],
    });
  });
});
