import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, listAt, type Operations, startOperations, twoSteps } from '../operations.ts';

const APPLY = `mutation ($input: ApplyWorkflowInput!) { applyWorkflow(input: $input) {
  workflow { id name owner activeVersion versionCount triggers { id } } version unchanged armed cursor replayed
  errors { __typename code message path hint docs ... on DefinitionError { line column rule suggestion } ... on VersionConflict { currentVersion } }
} }`;

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
});
afterAll(() => test.stop());

it('makes a version, finds the same content unchanged, and makes the next of other content', async () => {
  const first = await test.ask(APPLY, { input: { source: twoSteps } });
  expect(at(first.data, 'applyWorkflow')).toMatchObject({
    workflow: {
      id: 'workflow:penguins',
      name: 'Which penguin is it?',
      owner: 'ada',
      activeVersion: 1,
      versionCount: 1,
    },
    version: 1,
    unchanged: false,
    armed: true,
    replayed: false,
    errors: [],
  });
  expect(at(first.data, 'applyWorkflow.workflow.triggers')).toHaveLength(2);
  expect(at(first.data, 'applyWorkflow.cursor')).toMatch(/^\d+:\d+\.\d+$/);
  const again = await test.ask(APPLY, { input: { source: twoSteps } });
  expect(at(again.data, 'applyWorkflow')).toMatchObject({ version: 1, unchanged: true, errors: [] });
  const next = await test.ask(APPLY, { input: { source: twoSteps.replace('ada', 'grace') } });
  expect(at(next.data, 'applyWorkflow')).toMatchObject({
    version: 2,
    unchanged: false,
    workflow: { owner: 'grace', activeVersion: 2 },
  });
});

it('takes JSON as well as text', async () => {
  const definition = { id: 'json', steps: [{ id: 'a', noop: {} }] };
  const { data } = await test.ask(APPLY, { input: { definition } });
  expect(at(data, 'applyWorkflow')).toMatchObject({ workflow: { id: 'workflow:json' }, version: 1, errors: [] });
});

it('says everything that is wrong, with its places', async () => {
  const { data } = await test.ask(APPLY, {
    input: {
      source: 'id: a\nsteps:\n  - id: x\n    noop: {}\n    neds: y\n  - id: z\n    needs: nowhere\n    noop: {}\n',
    },
  });
  expect(at(data, 'applyWorkflow.workflow')).toBeNull();
  expect(listAt(data, 'applyWorkflow.errors').length).toBeGreaterThanOrEqual(2);
  expect(at(data, 'applyWorkflow.errors.0')).toMatchObject({
    __typename: 'DefinitionError',
    code: 'BAD_DEFINITION',
    line: 5,
    docs: 'docs/errors.md#bad-definition',
  });
});

it('refuses another version than the one expected', async () => {
  const { data } = await test.ask(APPLY, {
    input: { source: `${twoSteps}# \nlabels: { a: b }\n`, expectedVersion: 7 },
  });
  expect(at(data, 'applyWorkflow.errors')).toMatchObject([
    { __typename: 'VersionConflict', code: 'VERSION_CONFLICT', currentVersion: 2 },
  ]);
});

it.each([
  [{}, ['source'], /Exactly one of source and definition/],
  [{ source: 'id: a', definition: {} }, ['source'], /Exactly one of source and definition/],
  [{ source: 'id: a', files: [{ path: 'a.py' }] }, ['files', '0'], /exactly one of text and base64/],
  [{ source: 'id: a', files: [{ path: 'a.py', base64: '%%%' }] }, ['files', '0', 'base64'], /not base64/],
  [{ source: twoSteps, idempotencyKey: '' }, ['idempotencyKey'], /1 to 256 characters/],
  [{ source: twoSteps, idempotencyKey: 'x'.repeat(10_000) }, ['idempotencyKey'], /1 to 256 characters/],
])('refuses %o', async (input, path, message) => {
  const { data } = await test.ask(APPLY, { input });
  expect(at(data, 'applyWorkflow.errors')).toMatchObject([
    { __typename: 'InputError', code: 'BAD_INPUT', path, message: expect.stringMatching(message) as string },
  ]);
});
