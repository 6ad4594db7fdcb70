// Two runs side by side.

import { expect, test } from 'vitest';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { compareRuns, type ComparedRun } from '../../../src/core/run/compare-runs.ts';
import { cancelled, given, type Situation, start, succeeded } from '../../support/given.ts';

const flow = `
id: flow
params: { island: Dream, day: 1 }
steps:
  - { id: a, run: x, outputs: { rows: long } }
  - { id: b, needs: a, run: x }
`;

function compared(situation: Situation, name: string, text = flow): ComparedRun {
  const read = readDefinitions(text, { checkCron: () => undefined });
  const definition = read.ok ? read.value[0]?.definition : undefined;
  if (definition === undefined) throw new Error('the definition does not read');
  return { state: situation.run(name), definition };
}

test('names the parameters, outputs and steps that differ', () => {
  const situation = given(flow).when(start('flow', { island: 'Biscoe' }));
  situation.reported('flow/1/a', succeeded({ rows: 3 }));
  situation.when({ type: 'StopRun', run: { workflowId: 'flow', number: 1 } }).reported('flow/1/b', cancelled);
  situation.when(start('flow', { island: 'Torgersen' })).reported('flow/2/a', succeeded({ rows: 4 }));
  const { params, outputs, steps } = compareRuns(compared(situation, 'flow/1'), compared(situation, 'flow/2'));
  expect(params).toEqual([{ name: 'island', a: 'Biscoe', b: 'Torgersen' }]);
  expect(outputs).toEqual([{ name: 'a.rows', a: 3, b: 4 }]);
  expect(steps).toMatchObject([
    { stepId: 'a', a: { status: 'SUCCEEDED', tries: 1, took: 0 }, isSame: true },
    { stepId: 'b', a: { status: 'STOPPED' }, b: { status: 'RUNNING' }, isSame: false },
  ]);
});

test('finds nothing between a run and itself, and the steps that only one has', () => {
  const situation = given(flow).when(start('flow'));
  const run = compared(situation, 'flow/1');
  const same = compareRuns(run, run);
  expect([same.params, same.outputs, same.steps.every(({ isSame }) => isSame)]).toEqual([[], [], true]);
  const other = { ...run, definition: { ...run.definition, steps: run.definition.steps.slice(0, 1) } };
  expect(compareRuns(other, run).steps[1]).toEqual({ stepId: 'b', b: expect.anything() as unknown, isSame: false });
});
