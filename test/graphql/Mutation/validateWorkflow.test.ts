import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, startOperations, twoSteps } from '../operations.ts';

const VALIDATE = `mutation ($source: String!) { validateWorkflow(input: { source: $source }) { valid workflowId files errors { code message path } } }`;

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
});
afterAll(() => test.stop());

it('finds nothing wrong with a good definition, and changes nothing', async () => {
  const { data } = await test.ask(VALIDATE, { source: twoSteps });
  expect(at(data, 'validateWorkflow')).toEqual({ valid: true, workflowId: 'penguins', files: [], errors: [] });
  expect(at((await test.ask('{ workflow(id: "penguins") { id } }')).data, 'workflow')).toBeNull();
});

it('names the problems of a bad one', async () => {
  const { data } = await test.ask(VALIDATE, { source: 'id: a\nsteps: []\n' });
  expect(at(data, 'validateWorkflow.valid')).toBe(false);
  expect(at(data, 'validateWorkflow.errors.0')).toMatchObject({ code: 'BAD_DEFINITION' });
});
