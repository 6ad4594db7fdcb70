import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, startOperations, textAt } from '../operations.ts';

const definition = {
  properties: { owner: 'ada', run_strategy: 'LAST_ONLY' },
  is_active: true,
  workflow: {
    id: 'from-maestro',
    name: 'Written for Maestro',
    params: {
      days: { value: 3, type: 'LONG' },
      label: { expression: '"run " + days', type: 'STRING' },
    },
    steps: [
      {
        step: {
          id: 'begin',
          type: 'NoOp',
          transition: { successors: { each: 'days > 2', never: 'days > 100' } },
        },
      },
      {
        foreach: {
          id: 'each',
          concurrency: 2,
          params: { loop_params: { type: 'MAP', value: { day: { type: 'LONG_ARRAY', value: [1, 2, 3] } } } },
          steps: [{ step: { id: 'inner', type: 'NoOp' } }],
        },
      },
      { step: { id: 'never', type: 'NoOp' } },
    ],
  },
};

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
});
afterAll(() => test.stop());

it('applies a definition written for Maestro as it is, runs it, and gives it back as Maestro’s JSON', async () => {
  const apply = `mutation ($definition: JSON!) { applyWorkflow(input: { definition: $definition }) {
    version unchanged workflow { owner definition { runStrategy maestroJson } } errors { message } } }`;
  const applied = await test.ask(apply, { definition });
  expect(at(applied.data, 'applyWorkflow')).toMatchObject({
    version: 1,
    workflow: { owner: 'ada', definition: { runStrategy: 'last-only' } },
    errors: [],
  });
  const started = await test.ask(`mutation { startRun(input: { workflowId: "from-maestro" }) { run { id } } }`);
  expect(textAt(started.data, 'startRun.run.id')).toBe('run:from-maestro/1');
  await test.ended('from-maestro/1');
  const run = await test.ask(`{ run(id: "from-maestro/1") { status params steps { nodes { stepId status } } } }`);
  expect(at(run.data, 'run')).toMatchObject({
    status: 'SUCCEEDED',
    params: { label: 'run 3' },
    steps: {
      nodes: [
        { stepId: 'begin', status: 'SUCCEEDED' },
        { stepId: 'each', status: 'SUCCEEDED' },
        { stepId: 'never', status: 'UNSATISFIED' },
      ],
    },
  });
  const exported = at(applied.data, 'applyWorkflow.workflow.definition.maestroJson');
  const again = await test.ask(apply, { definition: exported });
  expect(at(again.data, 'applyWorkflow')).toMatchObject({ version: 1, unchanged: true, errors: [] });
});

it('says why there is no text in Maestro’s YAML, and what a job template says of itself', async () => {
  const template = { metadata: { owner: 'ada' }, definition: { job_type: 'Idle', step_type: 'NoOp' } };
  const kept = await test.ask(
    `mutation ($source: String!) { applyTemplate(input: { source: $source }) { template { metadata } errors { message } } }`,
    { source: JSON.stringify(template) },
  );
  expect(at(kept.data, 'applyTemplate')).toEqual({ template: { metadata: { owner: 'ada' } }, errors: [] });
  const applied = async (condition: string): Promise<unknown> => {
    const transition = { successors: { b: condition } };
    const steps = [
      { step: { id: 'a', sub_type: 'Idle', type: 'NoOp', transition } },
      { step: { id: 'b', type: 'NoOp' } },
    ];
    const answer = await test.ask(
      `mutation ($definition: JSON!) { applyWorkflow(input: { definition: $definition }) {
        workflow { definition { maestroYaml { text } whyNoMaestroYaml } } } }`,
      { definition: { properties: { owner: 'ada' }, workflow: { id: 'in-yaml', steps } } },
    );
    return at(answer.data, 'applyWorkflow.workflow.definition');
  };
  expect(await applied('1 == 1')).toMatchObject({
    maestroYaml: { text: expect.stringContaining('IF 1 == 1 THEN b') as string },
    whyNoMaestroYaml: null,
  });
  expect(await applied('1 == 1 ')).toEqual({
    maestroYaml: null,
    whyNoMaestroYaml:
      'The workflow "in-yaml" cannot be written in Maestro\'s YAML language: the condition under which "a" leads to "b" begins or ends with a space or a line break.',
  });
});
