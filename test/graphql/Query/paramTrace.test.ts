import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, startOperations } from '../operations.ts';

const flow = `
id: penguins
owner: ada
params:
  island: Biscoe
  day: { type: long, value: 20260115, mode: mutable_on_start }
  yesterday: { type: long, expression: "Util.incrementDateInt(day, -1)" }
  path: "data/\${island}/\${yesterday}.csv"
  model: { value: { depth: 3, name: forest }, mode: mutable_on_start_restart }
steps:
  - id: rest
    noop: true
`;

const fields = 'name type mode value source expression template overridden { source value expression }';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(flow);
});
afterAll(() => test.stop());

function trace(data: unknown, run: string): unknown {
  return at(data, `${run}.paramTrace`);
}

it('says of every parameter which layer set it, and what that overrode', async () => {
  const started = await test.ask(`mutation { startRun(input: {
    workflowId: "penguins", params: { day: 20240301, model: { depth: 5 }, TARGET_RUN_HOUR: 7 }
  }) { run { id params paramTrace { ${fields} } } errors { message } } }`);
  expect(at(started.data, 'startRun.errors')).toEqual([]);
  const nothing = { expression: null, template: null, overridden: [] };
  // A definition is kept with its parameters by name; what only a start gives comes last.
  expect(trace(started.data, 'startRun.run')).toEqual([
    {
      name: 'day',
      type: 'long',
      mode: 'MUTABLE_ON_START',
      value: 20240301,
      source: 'LAUNCH',
      ...nothing,
      overridden: [{ source: 'DEFINITION', value: 20260115, expression: null }],
    },
    { name: 'island', type: 'string', mode: 'MUTABLE', value: 'Biscoe', source: 'DEFINITION', ...nothing },
    {
      name: 'model',
      type: 'map',
      mode: 'MUTABLE_ON_START_RESTART',
      value: { depth: 5, name: 'forest' },
      source: 'LAUNCH',
      ...nothing,
      overridden: [{ source: 'DEFINITION', value: { depth: 3, name: 'forest' }, expression: null }],
    },
    {
      name: 'path',
      type: 'string',
      mode: 'MUTABLE',
      value: 'data/Biscoe/20240229.csv',
      source: 'DEFINITION',
      ...nothing,
      template: 'data/${island}/${yesterday}.csv',
    },
    {
      name: 'yesterday',
      type: 'long',
      mode: 'MUTABLE',
      value: 20240229,
      source: 'DEFINITION',
      ...nothing,
      expression: 'Util.incrementDateInt(day, -1)',
    },
    { name: 'TARGET_RUN_HOUR', type: 'long', mode: 'MUTABLE_ON_START', value: 7, source: 'LAUNCH', ...nothing },
  ]);
  await test.ended('penguins/1');
});

it('remembers the layers of a restart, with what an expression had given', async () => {
  const restarted = await test.ask(`mutation { restartRun(input: {
    runId: "penguins/1", params: { yesterday: 20240101, model: { name: "tree" } }
  }) { run { paramTrace { ${fields} } } errors { message } } }`);
  expect(at(restarted.data, 'restartRun.errors')).toEqual([]);
  const shown = trace(restarted.data, 'restartRun.run') as readonly { readonly name: string }[];
  expect(shown.find(({ name }) => name === 'yesterday')).toMatchObject({
    value: 20240101,
    source: 'RESTART',
    expression: null,
    overridden: [{ source: 'DEFINITION', value: 20240229, expression: 'Util.incrementDateInt(day, -1)' }],
  });
  expect(shown.find(({ name }) => name === 'model')).toMatchObject({
    value: { depth: 5, name: 'tree' },
    source: 'RESTART',
    overridden: [
      { source: 'DEFINITION', value: { depth: 3, name: 'forest' } },
      { source: 'LAUNCH', value: { depth: 5, name: 'forest' } },
    ],
  });
  expect(shown.find(({ name }) => name === 'day')).toMatchObject({ value: 20240301, source: 'LAUNCH' });
  expect(shown.find(({ name }) => name === 'path')).toMatchObject({ value: 'data/Biscoe/20240229.csv' });
});

it('refuses what a mode forbids, with the way out', async () => {
  await test.ended('penguins/1');
  const refused = await test.ask(`mutation { restartRun(input: { runId: "penguins/1", params: { day: 1 } }) {
    run { id } errors { message hint path }
  } }`);
  expect(at(refused.data, 'restartRun')).toMatchObject({
    run: null,
    errors: [
      {
        message: 'The parameter "day" is mutable_on_start, so a restart may not change it.',
        hint: 'A start or a trigger may set it; start a new run to give it another value.',
      },
    ],
  });
});

it('shows modes and expressions of a definition', async () => {
  const { data } = await test.ask(
    '{ workflow(id: "penguins") { definition { params { name value expression mode } } } }',
  );
  expect(at(data, 'workflow.definition.params.0')).toEqual({
    name: 'day',
    value: 20260115,
    expression: null,
    mode: 'MUTABLE_ON_START',
  });
  expect(at(data, 'workflow.definition.params.4')).toEqual({
    name: 'yesterday',
    value: null,
    expression: 'Util.incrementDateInt(day, -1)',
    mode: 'MUTABLE',
  });
});
