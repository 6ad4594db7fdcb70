// `plan`, `activateVersion` and `Workflow.versions`, on the real engine.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { at, listAt, type Operations, startOperations, textAt } from '../operations.ts';

let operations: Operations;
beforeEach(async () => {
  operations = await startOperations();
});
afterEach(async () => {
  expect(operations.errors).toEqual([]);
  await operations.stop();
});

const one = 'id: flow\ntriggers: [{ signal: x }]\nsteps: [{ id: a, sleep: 1h }]';
const two = 'id: flow\ntriggers: [{ signal: y }]\nsteps: [{ id: a, sleep: 2h }]';
const PLAN = `query ($input: ApplyWorkflowInput!) { plan(input: $input) {
  workflowId activeVersion version isKnown changes { kind subject name details keepsPlace }
  effects { code text subject } errors { code message ... on DefinitionError { line } } } }`;
const ACTIVATE = `mutation ($input: ActivateVersionInput!) { activateVersion(input: $input) {
  version unchanged armed replayed workflow { activeVersion triggers { name text armed } } errors { code message hint } } }`;

async function plan(source: string, files: readonly object[] = []): Promise<unknown> {
  const { data, errors } = await operations.ask(PLAN, { input: { source, files } });
  expect(errors).toBeUndefined();
  return at(data, 'plan');
}

async function activate(input: object): Promise<unknown> {
  return at((await operations.ask(ACTIVATE, { input })).data, 'activateVersion');
}

test('a plan tells what would change and be touched, and changes nothing', async () => {
  await operations.apply(one);
  await operations.apply('id: other\ntriggers: [{ name: t, signal: done }]\nsteps: [{ id: w, workflow: flow }]');
  await operations.ask('mutation { startRun(input: { workflowId: "flow" }) { run { id } } }');
  const before = await operations.ask('{ workflow(id: "flow") { versionCount updatedAt } }');
  expect(await plan(two)).toMatchObject({
    workflowId: 'flow',
    activeVersion: 1,
    version: 2,
    isKnown: false,
    changes: [
      { kind: 'CHANGED', subject: 'TRIGGER', name: 'signal-1', details: ['signal: x → y'], keepsPlace: false },
      { kind: 'CHANGED', subject: 'STEP', name: 'a', details: ['sleep: 1h → 2h'], keepsPlace: null },
    ],
    effects: [
      { code: 'RUNS', text: '1 run is going on with version 1: it keeps it to the end.' },
      { code: 'TRIGGER', subject: 'trigger:flow/signal-1' },
      { code: 'UPSTREAM', text: 'The step w of other runs flow.', subject: 'workflow:other' },
    ],
    errors: [],
  });
  expect(await operations.ask('{ workflow(id: "flow") { versionCount updatedAt } }')).toEqual(before);
});

test('a plan of what is there already says so, and one of a new workflow has everything new', async () => {
  await operations.apply(one);
  await operations.apply(two);
  expect(await plan(two)).toMatchObject({ activeVersion: 2, version: 2, isKnown: true, changes: [] });
  expect(await plan(one)).toMatchObject({ activeVersion: 2, version: 1, isKnown: true });
  expect(await plan('id: fresh\nsteps: [{ id: a, noop: true }]')).toMatchObject({
    workflowId: 'fresh',
    activeVersion: null,
    version: 1,
    isKnown: false,
    changes: [
      { kind: 'ADDED', subject: 'WORKFLOW' },
      { kind: 'ADDED', subject: 'STEP' },
    ],
  });
});

test('a plan compares files by their content, and keeps none', async () => {
  const source = 'id: flow\nsteps: [{ id: a, node: a.js }]';
  const apply =
    'mutation ($input: ApplyWorkflowInput!) { applyWorkflow(input: $input) { version errors { message } } }';
  await operations.ask(apply, { input: { source, files: [{ path: 'a.js', text: 'one' }] } });
  expect(await plan(source, [{ path: 'a.js', text: 'one' }])).toMatchObject({ version: 1, isKnown: true, changes: [] });
  expect(await plan(source, [{ path: 'a.js', text: 'three' }])).toMatchObject({
    version: 2,
    changes: [{ kind: 'CHANGED', subject: 'FILE', name: 'a.js', details: ['3 bytes → 5 bytes; the program of a'] }],
  });
  const hash = operations.outside.randomness.hash('three');
  expect(await operations.outside.blobs.get(hash)).toBeUndefined();
});

test('a plan of a wrong definition has its errors', async () => {
  expect(await plan('id: flow\nsteps: [{ id: a, run: ls, tmeout: 5m }]')).toMatchObject({
    workflowId: null,
    version: null,
    changes: [],
    errors: [{ code: 'BAD_DEFINITION', line: 2 }],
  });
  expect(await plan('id: flow\nsteps: [{ id: a, node: a.js }]')).toMatchObject({
    errors: [{ code: 'BAD_DEFINITION', message: expect.stringContaining('a.js') as string }],
  });
});

test('a version is activated by number, or the newest, and its triggers listen', async () => {
  await operations.apply(one);
  await operations.apply(two);
  const input = { workflowId: 'workflow:flow', version: 1, idempotencyKey: 'k' };
  const first = {
    version: 1,
    unchanged: false,
    armed: true,
    workflow: { activeVersion: 1, triggers: [{ text: 'when x arrives', armed: true }] },
    errors: [],
  };
  expect(await activate(input)).toMatchObject({ ...first, replayed: false });
  expect(await activate(input)).toMatchObject({ version: 1, replayed: true });
  expect(await activate({ workflowId: 'flow', version: 1 })).toMatchObject({ version: 1, unchanged: true, errors: [] });
  expect(await activate({ workflowId: 'flow' })).toMatchObject({ version: 2, workflow: { activeVersion: 2 } });
  expect(await activate({ workflowId: 'flow', version: 7 })).toMatchObject({
    version: null,
    workflow: null,
    errors: [{ code: 'NOT_FOUND', message: '"flow" has no version 7; its newest is 2.' }],
  });
  expect(await activate({ workflowId: 'a/b' })).toMatchObject({ errors: [{ code: 'BAD_INPUT' }] });
});

test('versions are listed by page, newest first', async () => {
  for (const sleep of ['1h', '2h', '3h']) await operations.apply(`id: flow\nsteps: [{ id: a, sleep: ${sleep} }]`);
  await activate({ workflowId: 'flow', version: 2 });
  const VERSIONS = `query ($after: String) { workflow(id: "flow") { versions(first: 2, after: $after) {
    totalCount nodes { version isActive appliedBy definition { version steps { stepId } } } pageInfo { hasNextPage endCursor } } } }`;
  const first = (await operations.ask(VERSIONS)).data;
  expect(at(first, 'workflow.versions')).toMatchObject({
    totalCount: 3,
    nodes: [
      { version: 3, isActive: false, appliedBy: 'ada', definition: { version: 3, steps: [{ stepId: 'a' }] } },
      { version: 2, isActive: true },
    ],
    pageInfo: { hasNextPage: true },
  });
  const after = textAt(first, 'workflow.versions.pageInfo.endCursor');
  const second = (await operations.ask(VERSIONS, { after })).data;
  expect(listAt(second, 'workflow.versions.nodes')).toMatchObject([{ version: 1 }]);
  expect(at(second, 'workflow.versions.pageInfo.hasNextPage')).toBe(false);
});
