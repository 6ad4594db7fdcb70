// Maestro's job templates over the real engine: applied by their shape, put under the steps that name them, inherited, overridden.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunView } from '../../src/engine/engine.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';
import { startWebServer, type WebServer } from '../support/web-server.ts';

const caller = { actor: 'ada' };

let lab: TestEngine;
let web: WebServer;

beforeEach(async () => {
  lab = await createTestEngine();
  web = await startWebServer(() => ({ body: 'seen' }));
});

afterEach(async () => {
  await lab.stop();
  await web.stop();
  expect(lab.errors).toEqual([]);
});

type Fields = Readonly<Record<string, unknown>>;

const text = (value: string): Fields => ({ type: 'STRING', value });
const map = (value: Fields): Fields => ({ type: 'MAP', value });

function template(job: string, params: Fields = {}, more: Fields = {}): string {
  const definition = { job_type: job, step_type: 'Http', version: 'default', params, ...more };
  return JSON.stringify({ metadata: { owner: 'ada', status: 'PROD' }, definition });
}

function workflow(steps: readonly Fields[], params: Fields = {}): string {
  return JSON.stringify({ properties: { owner: 'ada' }, workflow: { id: 'flow', params, steps } });
}

function step(id: string, subType: string, params: Fields = {}, more: Fields = {}): Fields {
  return { step: { id, type: 'Http', sub_type: subType, params, ...more } };
}

async function keep(source: string): Promise<void> {
  const answer = await lab.engine.applyTemplate({ source, files: [] }, caller);
  if (!answer.ok) throw new Error(answer.refusals.map(({ message }) => message).join('\n'));
}

async function run(source: string, params: Readonly<Record<string, string>> = {}): Promise<RunView> {
  await lab.apply(source);
  const given = Object.entries(params).map(([name, value]) => ({ name, value }));
  await lab.engine.startRun({ workflowId: 'flow', params: given, labels: [] }, caller);
  return lab.ended('flow/1');
}

async function refusals(source: string): Promise<readonly string[]> {
  const answer = await lab.engine.applyWorkflow({ source, files: [], activate: true }, caller);
  return answer.ok ? [] : answer.refusals.map(({ message }) => message);
}

async function templateRefusals(source: string): Promise<readonly string[]> {
  const answer = await lab.engine.applyTemplate({ source, files: [] }, caller);
  return answer.ok ? [] : answer.refusals.map(({ message }) => message);
}

const notify = (): string =>
  template('Notify', {
    channel: text('birds'),
    http: map({ url: text(`${web.url}/$channel`), method: text('POST'), body: text('$message') }),
    message: text('hello'),
  });

describe('a step with a sub_type', () => {
  it('is given what the job template says, under what it says itself', async () => {
    await keep(notify());
    const { state } = await run(
      workflow([
        step('plain', 'Notify'),
        step('own', 'Notify', { message: text('bye'), http: map({ method: text('PUT') }) }),
      ]),
    );
    expect(state.status).toBe('SUCCEEDED');
    const seen = web.asked.map(({ method, path, body }) => [method, path, body].join(' '));
    expect([...seen].sort()).toEqual(['POST /birds hello', 'PUT /birds bye']);
  });

  it('gives way to a parameter of the workflow with the same name, and to what the start gives', async () => {
    await keep(notify());
    await run(workflow([step('plain', 'Notify')], { channel: text('gulls') }), { channel: 'crows' });
    expect(web.asked).toMatchObject([{ path: '/crows' }]);
  });

  it('takes the version that it names, or the workflow, or `default`', async () => {
    await keep(notify());
    const other = (version: string): string =>
      template('Notify', { http: map({ url: text(`${web.url}/${version}`) }) }, { version });
    await keep(other('1.0'));
    await keep(other('2'));
    await run(
      workflow([step('a', 'Notify', {}, { sub_type_version: '2' }), step('b', 'Notify')], {
        job_template_version: text('1.0'),
      }),
    );
    expect(web.asked.map(({ path }) => path).sort()).toEqual(['/1.0', '/2']);
  });

  it('says which version of the template it came from, and keeps that until it is applied again', async () => {
    await keep(notify());
    const source = workflow([step('plain', 'Notify')]);
    await lab.apply(source);
    await keep(template('Notify', { http: map({ url: text(`${web.url}/new`) }) }));
    expect(await lab.engine.usesOfTemplate('Notify')).toMatchObject([
      { workflowId: 'flow', stepId: 'plain', version: 1 },
    ]);
    await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
    await lab.ended('flow/1');
    expect(web.asked).toMatchObject([{ path: '/birds' }]);
  });

  it('may be a job of the YAML language, by its type alone', async () => {
    await keep(notify());
    await run(`Workflow:\n  id: flow\n  jobs:\n    - job: { id: call, type: Notify, message: good }\n`);
    expect(web.asked).toMatchObject([{ path: '/birds', body: 'good' }]);
  });

  it('leads to what the job template says of itself', async () => {
    await keep(notify());
    expect((await lab.engine.template('Notify'))?.template.job?.metadata).toEqual({ owner: 'ada', status: 'PROD' });
  });

  it('stands inside loops too', async () => {
    await keep(notify());
    const loop = {
      foreach: {
        id: 'each',
        params: { loop_params: map({ channel: { type: 'STRING_ARRAY', value: ['x', 'y'] } }) },
        steps: [step('call', 'Notify', { channel: { type: 'STRING', expression: 'channel' } })],
      },
    };
    expect((await run(workflow([loop]))).state.status).toBe('SUCCEEDED');
    expect(web.asked.map(({ path }) => path).sort()).toEqual(['/x', '/y']);
  });

  it('is refused where there is no such job template, or it is for another type of step', async () => {
    await keep(notify());
    expect(await refusals(workflow([step('a', 'Notfy')]))).toEqual(['There is no job template "Notfy".']);
    const sleep = { step: { id: 'a', type: 'Sleep', sub_type: 'Notify' } };
    expect(await refusals(workflow([sleep]))).toEqual([
      'The job template "Notify" is for steps of the type Http, and this is of the type Sleep.',
    ]);
    expect(await refusals('id: flow\nsteps: [{ id: a, uses: Notify }]')).toEqual([
      '"Notify" is a job template, for steps that were written for Maestro.',
    ]);
  });
});

describe('a job template', () => {
  it('inherits from others, which may inherit too, and has their tags', async () => {
    await keep(
      template('Base', { a: text('base'), http: map({ url: text(`${web.url}/$a/$b/$c`) }) }, { tags: ['web'] }),
    );
    await keep(template('Middle', { a: text('middle'), b: text('middle') }, { inherit_from: { Base: 'default' } }));
    await keep(template('Other', { b: text('other') }, { tags: ['other'] }));
    await keep(
      template('Top', { c: text('top') }, { inherit_from: { Middle: 'default', Other: null }, tags: ['top'] }),
    );
    await lab.engine.applyPool({ source: 'kind: pool\nid: web\nsize: 1' }, caller);
    const { state } = await run(workflow([step('call', 'Top')]));
    expect(state.status).toBe('SUCCEEDED');
    expect(web.asked).toMatchObject([{ path: '/middle/other/top' }]);
    const version = await lab.engine.workflow('flow');
    expect(version).toBeDefined();
  });

  it('cannot inherit from itself, however far up, nor from one for another type, nor from a native one', async () => {
    await keep(template('A'));
    await keep(template('B', {}, { inherit_from: { A: 'default' } }));
    expect(await templateRefusals(template('A', {}, { inherit_from: { B: 'default' } }))).toEqual([
      'The template "A" would build on itself: "B" builds on it, or is it.',
    ]);
    expect(await templateRefusals(template('C', {}, { step_type: 'Sleep', inherit_from: { A: 'default' } }))).toEqual([
      '"A" is for steps of the type Http, and this one for Sleep: they must be the same.',
    ]);
    await keep('kind: template\nid: native\nstep: { noop: true }');
    expect(await templateRefusals(template('D', {}, { inherit_from: { native: 'default' } }))).toEqual([
      '"native" is a template of native steps, and no job template.',
    ]);
    expect(await templateRefusals('kind: template\nid: e\nextends: A\nstep: { noop: true }')).toEqual([
      '"A" is a job template, for steps that were written for Maestro: a native template cannot build on it.',
    ]);
  });

  it('is told everything that is wrong with it at once', async () => {
    const bad = template(
      'x y',
      { 'a b': text(''), c: { type: 'LONG', value: 'x' } },
      { step_type: 'Titus', inherit_from: [] },
    );
    expect(await templateRefusals(bad)).toHaveLength(5);
  });

  it('tells what is wrong in a step at the step, with its own line', async () => {
    await keep(template('Bad', { sleep_seconds: text('soon') }, { step_type: 'Sleep', version: 'default' }));
    await keep(template('Half', { http: map({ method: text('POST') }) }));
    expect(await refusals(workflow([step('a', 'Half')]))).toEqual([
      'The parameter `http` has no member `url`. (template "Half", version 1, line 1)',
    ]);
  });
});
