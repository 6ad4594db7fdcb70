import { describe, expect, it } from 'vitest';

import { given, start } from '../../../support/given.ts';
import { computed, foreach, imported, long, noop, refusals, text, to, workflow } from './documents.ts';

describe("Maestro's YAML (§1.10)", () => {
  it('means the same as the JSON', () => {
    const yaml = `
Workflow:
  id: flow
  name: A flow
  owner: ada
  run_strategy: PARALLEL
  workflow_concurrency: 3
  timeout: 2 hours
  tags: [nightly]
  x: 1
  y<long>: 2
  '!z<long>': x + y
  greeting(constant): hello \${x}
  pairs: { a: b }
  nested<pmap>: { n: 1, '!m<long>': x }
  list<array<long>>: [1, 2]
  jobs:
    - job:
        id: a
        type: NoOp
        own: \${x}
        transition:
          - IF own == "1" THEN b
          - OTHERWISE c
    - foreach:
        id: b
        concurrency: 2
        ranges: { i: { to: 3 } }
        jobs:
          - job: { id: in, type: noop }
    - job: { id: c, type: Sleep, sleep_seconds: 5 }
`;
    const member = { n: long(1), m: computed('x') };
    const json = workflow(
      'flow',
      [
        noop('a', { params: { own: text('${x}') }, ...to({ b: 'own == "1"', c: '!(own == "1")' }) }),
        foreach('b', { i: computed('Util.intsBetween(0, 3, 1)', 'LONG_ARRAY') }, [noop('in')], { concurrency: 2 }),
        { step: { id: 'c', type: 'Sleep', params: { sleep_seconds: long(5) } } },
      ],
      {
        name: 'A flow',
        timeout: '2 hours',
        tags: ['nightly'],
        params: {
          x: long(1),
          y: long(2),
          z: computed('x + y'),
          greeting: { ...text('hello ${x}'), mode: 'CONSTANT' },
          pairs: { type: 'STRING_MAP', value: { a: 'b' } },
          nested: { type: 'MAP', value: member },
          list: { type: 'LONG_ARRAY', value: [1, 2] },
        },
      },
      { run_strategy: { rule: 'PARALLEL', workflow_concurrency: 3 } },
    );
    expect(imported(yaml)).toEqual(imported(json));
  });

  it.each([
    ['sequential', 'a: SUCCEEDED, b: NOT_CREATED, c: NOT_CREATED'],
    ['parallel', 'a: RUNNING, b: RUNNING, c: RUNNING'],
    ['{ a: [c], b: [c] }', 'a: RUNNING, b: RUNNING, c: NOT_CREATED'],
  ])('runs jobs as `dag: %s` says', (dag, steps) => {
    const jobs = ['a', 'b', 'c'].map((id) => `    - { id: ${id}, type: Sleep }`).join('\n');
    const shown = dag === 'sequential' ? steps.replace('a: SUCCEEDED', 'a: RUNNING') : steps;
    given(`Workflow:\n  id: flow\n  dag: ${dag}\n  jobs:\n${jobs}`)
      .when(start('flow'))
      .shows('flow/1', 'RUNNING', shown);
  });

  it('never lets `dag` override the transition of a job', () => {
    const { steps } = imported(
      'Workflow:\n  id: flow\n  dag: sequential\n  jobs:\n    - { id: a, type: NoOp, transition: [c] }\n    - { id: b, type: NoOp }\n    - { id: c, type: NoOp }',
    );
    expect(steps.map(({ id, needs }) => [id, needs.map(({ step }) => step)])).toEqual([
      ['a', []],
      ['b', []],
      ['c', ['a', 'b']],
    ]);
  });

  it('knows subworkflows and whiles', () => {
    const { steps } = imported(`
Workflow:
  id: flow
  jobs:
    - subworkflow: { id: child, version: 3, sync: false, x: 1 }
    - while:
        id: loop
        condition: i < 3
        params: { i: 0 }
        jobs: [{ id: in, type: NoOp, '!i<long>': i + 1 }]
`);
    expect(steps[0]?.work).toEqual({
      kind: 'workflow',
      workflowId: 'child',
      version: 3,
      async: true,
      params: [],
      inherits: 'all',
    });
    expect(steps[0]?.params?.map(({ name }) => name)).toEqual(['x', 'subworkflow_id', 'subworkflow_version']);
    expect(steps[1]?.work).toMatchObject({
      kind: 'while',
      condition: 'i < 3',
      values: [{ name: 'i', type: 'long', value: 0 }],
    });
  });

  it.each(['sub_type_version: "2"', 'type_version: 2'])('names the version of a job template by `%s`', (version) => {
    const { steps } = imported(
      `Workflow:\n  id: flow\n  jobs:\n    - { id: a, type: NoOp, sub_type: Job, ${version} }`,
    );
    expect(JSON.stringify(steps[0]?.carried)).toMatch(/"sub_type","value":"Job".*"sub_type_version","value":"?2"?/u);
    expect(steps[0]?.params).toBeUndefined();
  });

  it('takes no `type_version` beside a type that has none', () => {
    const { steps } = imported('Workflow:\n  id: flow\n  jobs:\n    - { id: a, type: NoOp, type_version: 2 }');
    expect(steps[0]).not.toHaveProperty('carried');
  });

  it('tells what is wrong at its place in the text', () => {
    const told = refusals(
      'Workflow:\n  id: flow\n  x<lnog>: 1\n  dag: { nobody: [a] }\n  jobs:\n    - { id: a, type: Titus }\n    - { id: b, type: NoOp, transition: [d] }',
    );
    expect(told.map(({ place }) => `${place?.rule ?? ''} ${String(place?.line)}:${String(place?.column)}`)).toEqual([
      'unknown-word 3:12',
      'unknown-step 4:10',
      'not-yet 6:22',
      'unknown-step 7:41',
    ]);
  });
});
