// Templates over the real engine: applied, filled in, changed, inherited; and what a workflow keeps of them.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

let lab: TestEngine;
const caller = { actor: 'ada' };

beforeEach(async () => {
  lab = await createTestEngine();
});
afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

const greet = `
kind: template
id: greet
params: { greeting: Hello, name: { type: string } }
step:
  run: echo "said=$TEXT" >> "$DOWNBEAT_OUTPUTS"
  env: { TEXT: "\${greeting}, \${name}" }
  outputs: { said: string }
`;
const workflow = `
id: visit
params: { who: Ada }
steps:
  - { id: hello, uses: greet, with: { name: "\${who}" } }
  - { id: again, needs: hello, uses: greet@1, with: { name: Bo, greeting: Hi } }
`;
const applyTemplate = (source: string, files: { path: string; content: Uint8Array }[] = []) =>
  lab.engine.applyTemplate({ source, files }, caller);
const refused = async (source: string) => {
  const answer = await lab.engine.applyWorkflow({ source, files: [], activate: true }, caller);
  return answer.ok ? [] : answer.refusals.map(({ message, hint, place }) => ({ message, hint, line: place?.line }));
};
const said = async (run: string) => {
  const { state } = await lab.ended(run);
  return [state.status, ...state.steps.map((step) => step.outputs[0]?.value)];
};
const start = () => lab.engine.startRun({ workflowId: 'visit', params: [], labels: [] }, caller);

test('a step does what its template says, with the values that it gives', async () => {
  expect(await applyTemplate(greet)).toMatchObject({ ok: true, value: { changed: true, view: { version: 1 } } });
  await lab.apply(workflow);
  await start();
  expect(await said('visit/1')).toEqual(['SUCCEEDED', 'Hello, Ada', 'Hi, Bo']);
});

test('a workflow keeps what it was applied with until it is applied again', async () => {
  await applyTemplate(greet);
  await lab.apply(workflow);
  const warmer = greet.replace('greeting: Hello', 'greeting: Welcome');
  expect(await lab.engine.planTemplate({ source: warmer, files: [] })).toMatchObject({
    ok: true,
    value: {
      current: 1,
      version: 2,
      isKnown: false,
      uses: [
        { workflowId: 'visit', workflowVersion: 1, stepId: 'hello', version: 1 },
        { workflowId: 'visit', workflowVersion: 1, stepId: 'again', version: 1 },
      ],
    },
  });
  expect(await applyTemplate(warmer)).toMatchObject({ ok: true, value: { changed: true, view: { version: 2 } } });
  expect(await applyTemplate(warmer)).toMatchObject({ ok: true, value: { changed: false, view: { version: 2 } } });
  await start();
  expect(await said('visit/1')).toEqual(['SUCCEEDED', 'Hello, Ada', 'Hi, Bo']);
  const planned = await lab.engine.planWorkflow({ source: workflow, files: [] });
  expect(planned).toMatchObject({ ok: true, value: { version: 2, changes: [{ kind: 'CHANGED', name: 'hello' }] } });
  await lab.apply(workflow);
  await start();
  expect(await said('visit/2')).toEqual(['SUCCEEDED', 'Welcome, Ada', 'Hi, Bo']);
  const uses = await lab.engine.usesOfTemplate('greet');
  expect(uses.map(({ stepId, version }) => [stepId, version])).toEqual([
    ['hello', 2],
    ['again', 1],
  ]);
});

test('a template builds on another, and keeps the version that it was applied with', async () => {
  await applyTemplate(greet);
  const shout = 'kind: template\nid: shout\nextends: greet\nparams: { greeting: HEY }\nstep: { env: { EXTRA: "1" } }\n';
  expect(await applyTemplate(shout)).toMatchObject({ ok: true });
  await applyTemplate(greet.replace('", \\${name}"', 'gone'));
  await lab.apply('id: visit\nsteps: [{ id: a, uses: shout, with: { name: Bo } }]');
  await start();
  expect(await said('visit/1')).toEqual(['SUCCEEDED', 'HEY, Bo']);
  const round = await applyTemplate(greet.replace('id: greet\n', 'id: greet\nextends: shout\n'));
  expect(round).toMatchObject({
    ok: false,
    refusals: [{ message: expect.stringContaining('build on itself') as string }],
  });
});

test('files of a template go with it into every workflow that uses it', async () => {
  const content = new TextEncoder().encode(
    'import os\nopen(os.environ["DOWNBEAT_OUTPUTS"], "w").write("said=" + os.environ["WHO"])\n',
  );
  const source =
    'kind: template\nid: tell\nparams: { who: { type: string } }\nstep: { python: tell.py, env: { WHO: "${who}" }, outputs: { said: string } }';
  expect(await applyTemplate(source)).toMatchObject({ ok: false, refusals: [{ code: 'BAD_DEFINITION' }] });
  expect(await applyTemplate(source, [{ path: 'tell.py', content }])).toMatchObject({ ok: true });
  await lab.apply('id: visit\nsteps: [{ id: a, uses: tell, with: { who: Cy } }]');
  await start();
  expect(await said('visit/1')).toEqual(['SUCCEEDED', 'Cy']);
});

test('what is wrong is told at the step that uses the template, with the line of the template', async () => {
  await applyTemplate(greet);
  expect(await refused('id: visit\nsteps:\n  - id: a\n    uses: greeet\n')).toEqual([
    { message: 'There is no template "greeet".', hint: 'Did you mean "greet"?', line: 4 },
  ]);
  expect(
    await refused('id: visit\nsteps:\n  - id: a\n    uses: greet\n    with: { nam: Bo, greeting: [1] }\n'),
  ).toEqual([
    { message: 'The template "greet" needs the parameter name (string).', hint: 'Add with: { name: … }', line: 4 },
    { message: 'The template "greet" has no parameter "nam".', hint: 'Did you mean "name"?', line: 5 },
    expect.objectContaining({ message: expect.stringContaining('"greeting" is a string') as string, line: 5 }),
  ]);
  expect(await refused('id: visit\nsteps:\n  - id: a\n    uses: greet\n    with: { name: "${nobody}" }\n')).toEqual([
    expect.objectContaining({ message: expect.stringContaining('(template "greet", version 1, line 7)') as string }),
  ]);
});

test('a template is checked when it is applied, by the lines of its own text', async () => {
  const answer = await applyTemplate(
    'kind: template\nid: bad\nparams: { n: { type: long } }\nstep:\n  run: echo ${n}\n  timout: 5m\n  needs: a\n  env: { X: "${m}" }\n',
  );
  expect(answer.ok ? [] : answer.refusals.map(({ place }) => [place?.line, place?.rule])).toEqual([
    [7, 'not-in-template'],
  ]);
  const next = await applyTemplate(
    'kind: template\nid: bad\nparams: { n: { type: long } }\nstep:\n  run: echo ${n}\n  timout: 5m\n  env: { X: "${m}" }\n',
  );
  expect(next.ok ? [] : next.refusals.map(({ place, path }) => [place?.line, place?.rule, path.join('.')])).toEqual([
    [5, 'run-interpolates', 'step.run'],
    [6, 'unknown-key', 'step.timout'],
    [7, 'unknown-name', 'step.env.X'],
  ]);
});
