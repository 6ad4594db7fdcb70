// A user's way through loops, other workflows and `finally`: what a run of them shows, from the outside in.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, listAt, type Operations, startOperations, textAt } from './operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
});
afterAll(async () => {
  await test.stop();
});

const tour = `
id: tour
runStrategy: { parallel: 5 }
params: { factor: 10 }
steps:
  - id: each
    foreach: { species: [Adelie, Gentoo, Chinstrap] }
    concurrency: 2
    steps:
      - id: train
        run: echo "trained $SPECIES"; echo "score=$PARAM_LOOP_INDEX" >> "$DOWNBEAT_OUTPUTS"
        env: { SPECIES: "\${species}" }
        outputs: { score: long }
  - id: count
    while: "n < 3"
    values: { n: 0 }
    steps:
      - { id: next, run: 'echo "n=$((PARAM_N + 1))" >> "$DOWNBEAT_OUTPUTS"', outputs: { n: long } }
  - id: card
    needs: [each, count]
    workflow: { id: card, params: { text: hello } }
finally:
  - id: tidy
    run: echo tidied
`;
const card = `
id: card
params: { text: none }
steps: [{ id: print, run: 'echo "text=$PARAM_TEXT" >> "$DOWNBEAT_OUTPUTS"', outputs: { text: string } }]
`;

async function started(workflowId: string): Promise<string> {
  const { data } = await test.ask('mutation ($id: ID!) { startRun(input: { workflowId: $id }) { run { id } } }', {
    id: workflowId,
  });
  return textAt(data, 'startRun.run.id').slice('run:'.length);
}

describe('a workflow with a loop of each kind, another workflow and finally', () => {
  let run: string;
  beforeAll(async () => {
    await test.apply(card);
    await test.apply(tour);
    run = await started('tour');
    await test.ended(run);
  });

  it('runs to its end, and shows each step with its loop and its child', async () => {
    const { data, errors } = await test.ask(
      `query ($id: ID!) { run(id: $id) {
        status path parent { id } outputs allowedActions
        definition { steps { stepId kind onFailure workflowId steps { stepId kind steps { stepId } } } finally { stepId kind } }
        steps { nodes { id kind phase isFinal onFailure keptFrom allowedActions
          loop { total begun done counts { status count } going concurrency }
          iterations { totalCount } child { id status params outputs cause { kind text step } parent { id kind } } } }
      } }`,
      { id: run },
    );
    expect(errors).toBeUndefined();
    expect(at(data, 'run')).toMatchObject({
      status: 'SUCCEEDED',
      path: null,
      parent: null,
      outputs: {
        each: { train: { score: [0, 1, 2] } },
        count: { next: { n: [1, 2, 3] } },
        card: { print: { text: 'hello' } },
      },
      allowedActions: ['RESTART', 'FORK'],
      definition: {
        steps: [
          { stepId: 'each', kind: 'foreach', steps: [{ stepId: 'train', kind: 'shell', steps: [] }] },
          { stepId: 'count', kind: 'while', steps: [{ stepId: 'next' }] },
          { stepId: 'card', kind: 'workflow', workflowId: 'card', steps: [], onFailure: 'FAIL_AFTER_RUNNING' },
        ],
        finally: [{ stepId: 'tidy', kind: 'shell' }],
      },
    });
    expect(at(data, 'run.steps.nodes')).toMatchObject([
      {
        id: 'step:tour/1/each',
        kind: 'foreach',
        phase: 'SUCCEEDED',
        isFinal: false,
        keptFrom: null,
        allowedActions: ['SKIP', 'RETRY'],
        loop: {
          total: 3,
          begun: 3,
          done: 3,
          counts: [{ status: 'SUCCEEDED', count: 3 }],
          going: [],
          concurrency: 2,
        },
        iterations: { totalCount: 3 },
        child: null,
      },
      { id: 'step:tour/1/count', loop: { total: null, begun: 3, done: 3, concurrency: 1 } },
      {
        id: 'step:tour/1/card',
        loop: null,
        iterations: null,
        child: {
          id: 'run:card/1',
          status: 'SUCCEEDED',
          params: { text: 'hello' },
          cause: { kind: 'WORKFLOW', text: 'step card of tour/1 runs it', step: 'step:tour/1/card' },
          parent: { id: 'step:tour/1/card', kind: 'workflow' },
        },
      },
      { id: 'step:tour/1/tidy', isFinal: true, allowedActions: [] },
    ]);
  });

  it('lists the iterations by page and status, each with its values and its run', async () => {
    const page = `query ($after: String, $statuses: [RunStatus!]) { step(id: "tour/1/each") {
      iterations(first: 2, after: $after, statuses: $statuses) {
        nodes { index status values runId keptFrom run { path steps { nodes { id outputs logTail { stream text } } } } }
        pageInfo { hasNextPage hasPreviousPage endCursor } totalCount
      } } }`;
    const first = await test.ask(page);
    expect(first.errors).toBeUndefined();
    expect(at(first.data, 'step.iterations')).toMatchObject({
      nodes: [
        {
          index: 0,
          status: 'SUCCEEDED',
          values: { species: 'Adelie', loop_index: 0 },
          runId: 'run:tour/1/each[0]',
          keptFrom: null,
          run: { path: 'each[0]', steps: { nodes: [{ id: 'step:tour/1/each[0]/train', outputs: { score: 0 } }] } },
        },
        { index: 1, values: { species: 'Gentoo', loop_index: 1 } },
      ],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
      totalCount: 3,
    });
    expect(listAt(first.data, 'step.iterations.nodes.1.run.steps.nodes.0.logTail')).toContainEqual({
      stream: 'out',
      text: 'trained Gentoo',
    });
    const after = textAt(first.data, 'step.iterations.pageInfo.endCursor');
    const second = await test.ask(page, { after });
    expect(at(second.data, 'step.iterations')).toMatchObject({
      nodes: [{ index: 2 }],
      pageInfo: { hasNextPage: false },
    });
    const none = await test.ask(page, { statuses: ['FAILED'] });
    expect(at(none.data, 'step.iterations')).toMatchObject({ nodes: [], totalCount: 0 });
    const mixed = await test.ask(page, { after, statuses: ['FAILED'] });
    expect(mixed.errors?.[0]?.message).toContain('The cursor is not valid for this query.');
  });

  it('shows an iteration as a run of its own, which no list has', async () => {
    const { data, errors } = await test.ask(`{
      run(id: "run:tour/1/each[2]") {
        id number attempt status url params outputs allowedActions cause { kind text step } parent { id stepId }
        explanation { id summary } timeline { type text }
      }
      node(id: "step:tour/1/each[2]/train") { id ... on Step { attempts { id } explanation { summary } } }
      runs(filter: { workflowId: "tour" }) { nodes { id } }
      loops: runs(filter: { cause: [LOOP] }) { nodes { id } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      run: {
        id: 'run:tour/1/each[2]',
        number: 1,
        attempt: 1,
        status: 'SUCCEEDED',
        url: '/runs/tour/1/each%5B2%5D',
        params: { species: 'Chinstrap', loop_index: 2 },
        outputs: { train: { score: 2 } },
        allowedActions: ['RESTART'],
        cause: { kind: 'LOOP', text: 'step each of tour/1 runs it', step: 'step:tour/1/each' },
        parent: { id: 'step:tour/1/each', stepId: 'each' },
        explanation: { id: 'run:tour/1/each[2]' },
      },
      node: { id: 'step:tour/1/each[2]/train', attempts: [{ id: 'attempt:tour/1.1/each[2]/train/1' }] },
      runs: { nodes: [{ id: 'run:tour/1' }] },
      loops: { nodes: [] },
    });
    expect(listAt(data, 'run.timeline').map((event) => at(event, 'text'))).toContain('train started, attempt 1.');
  });

  it('tells what happened in sentences', async () => {
    const { data } = await test.ask('{ run(id: "tour/1") { timeline { type stepId text } } }');
    const told = listAt(data, 'run.timeline').map((event) => textAt(event, 'text'));
    expect(told).toEqual(
      expect.arrayContaining([
        'each began its loop over 3 iterations, attempt 1.',
        'each started 2 iterations: [0] to [1].',
        'each[2] started.',
        'each[0] succeeded.',
        'count[2] succeeded.',
        'card asked for a run of card, attempt 1.',
        'card runs card/1.',
        'Everything else is over, and the run will have succeeded; the steps under `finally` come last.',
        'tidy succeeded.',
        'The run succeeded.',
      ]),
    );
  });

  it('lets an iteration be watched, and what it prints', async () => {
    const changes: unknown[] = [];
    for await (const { data } of test.watch(
      'subscription { runChanges(runId: "tour/1/each[1]") { kind run { id } steps { id status } } }',
    )) {
      changes.push(at(data, 'runChanges'));
    }
    expect(changes).toEqual([
      {
        kind: 'SNAPSHOT',
        run: { id: 'run:tour/1/each[1]' },
        steps: [{ id: 'step:tour/1/each[1]/train', status: 'SUCCEEDED' }],
      },
    ]);
    const lines: unknown[] = [];
    for await (const { data } of test.watch(
      'subscription { stepLogs(stepId: "tour/1/each[1]/train") { attemptId lines { text } } }',
    )) {
      lines.push(...listAt(data, 'stepLogs.lines').map((line) => at(line, 'text')));
    }
    expect(lines).toContain('trained Gentoo');
  });
});
