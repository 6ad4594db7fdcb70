// What can be done with a run and its steps, and what a user sees of it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, listAt, type Operations, startOperations, textAt } from './operations.ts';

let test: Operations;
let folder: string;
beforeAll(async () => {
  test = await startOperations();
  folder = mkdtempSync(join(tmpdir(), 'downbeat-control-flow-'));
});
afterAll(async () => {
  await test.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function started(workflowId: string): Promise<string> {
  const { data } = await test.ask('mutation ($id: ID!) { startRun(input: { workflowId: $id }) { run { id } } }', {
    id: workflowId,
  });
  return textAt(data, 'startRun.run.id').slice('run:'.length);
}

/** Watches a run as a user does, until it shows what is wanted. */
async function until(run: string, isWanted: (change: unknown) => boolean): Promise<unknown> {
  const watch = test.watch(
    `subscription ($id: ID!) { runChanges(runId: $id) { run { status allowedActions } steps { stepId status loop { done going } } } }`,
    { id: run },
  );
  const seen = new Map<string, unknown>();
  for await (const { data } of watch) {
    const change = at(data, 'runChanges');
    for (const step of listAt(change, 'steps')) seen.set(textAt(step, 'stepId'), step);
    const whole = { run: at(change, 'run'), steps: Object.fromEntries(seen) };
    if (isWanted(whole)) return whole;
  }
  throw new Error(`${run} ended without it: ${JSON.stringify([...seen.values()])}`);
}

const running = (step: string) => (whole: unknown) => at(whole, `steps.${step}.status`) === 'RUNNING';

describe('what is done with a run that goes on', () => {
  const gate = (name: string): string => join(folder, name);
  const open = (name: string): void => {
    writeFileSync(gate(name), '');
  };
  const waiting = (name: string): string => `while [ ! -e '${gate(name)}' ]; do sleep 0.05; done`;

  const CHANGE = (field: string, type: string): string =>
    `mutation ($input: ${type}!) { ${field}(input: $input) { run { id status allowedActions } cursor errors { __typename code message path ... on ActionNotAllowed { status allowed } } } }`;
  const done = async (field: string, input: object): Promise<unknown> => {
    const type = `${field.slice(0, 1).toUpperCase()}${field.slice(1)}Input`;
    const { data, errors } = await test.ask(CHANGE(field, type), { input });
    expect(errors).toBeUndefined();
    return at(data, field);
  };
  const steps = async (run: string): Promise<unknown> => {
    const { data } = await test.ask(
      'query ($id: ID!) { run(id: $id) { status attempt failure { code } steps { nodes { stepId status phase keptFrom } } } }',
      { id: run },
    );
    return at(data, 'run');
  };

  it('kills one, without its finally steps, and stops one with them', async () => {
    await test.apply(
      `id: long\nrunStrategy: { parallel: 2 }\nsteps: [{ id: rest, sleep: 1h }]\nfinally: [{ id: tidy, noop: true }]`,
    );
    const [killed, stopped] = [await started('long'), await started('long')];
    await until(killed, running('rest'));
    expect(await done('killRun', { runId: killed, reason: 'wrong' })).toMatchObject({ errors: [] });
    await test.ended(killed);
    expect(await steps(killed)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'RUN_KILLED' },
      steps: { nodes: [{ status: 'STOPPED' }, { stepId: 'tidy', status: 'NOT_CREATED' }] },
    });
    expect(await done('killRun', { runId: killed })).toMatchObject({
      run: null,
      errors: [{ __typename: 'ActionNotAllowed', status: 'FAILED', allowed: ['RESTART', 'FORK'] }],
    });
    await done('stopRun', { runId: stopped });
    await test.ended(stopped);
    expect(await steps(stopped)).toMatchObject({
      status: 'STOPPED',
      steps: { nodes: [{ status: 'STOPPED' }, { stepId: 'tidy', status: 'SUCCEEDED' }] },
    });
  });

  it('pauses one and lets it go on; what ran went on', async () => {
    await test.apply(
      `id: held\nsteps:\n  - { id: a, run: "${waiting('held')}" }\n  - { id: b, needs: a, noop: true }\n`,
    );
    const run = await started('held');
    await until(run, running('a'));
    const paused = await done('pauseRun', { runId: run });
    expect(paused).toMatchObject({
      run: { status: 'PAUSED', allowedActions: ['STOP', 'KILL', 'RESUME', 'FORK'] },
      errors: [],
    });
    open('held');
    await until(run, (whole) => at(whole, 'steps.a.status') === 'SUCCEEDED');
    expect(await steps(run)).toMatchObject({
      status: 'PAUSED',
      steps: { nodes: [{ status: 'SUCCEEDED' }, { stepId: 'b', status: 'NOT_CREATED' }] },
    });
    const listed = await test.ask(
      'query ($at: ChangeCursor) { runs(filter: { status: [PAUSED] }, atLeast: $at) { nodes { id allowedActions } } }',
      { at: at(paused, 'cursor') },
    );
    expect(at(listed.data, 'runs.nodes')).toEqual([
      { id: `run:${run}`, allowedActions: ['STOP', 'KILL', 'RESUME', 'FORK'] },
    ]);
    expect(await done('resumeRun', { runId: run })).toMatchObject({ run: { id: `run:${run}` }, errors: [] });
    expect((await test.ended(run)).state.status).toBe('SUCCEEDED');
  });

  it('shows the iterations that go on, also those of a loop in a loop and while they are paused', async () => {
    await test.apply(`
id: nested
steps:
  - id: each
    foreach: { n: [7, 8, 9] }
    concurrency: 2
    steps:
      - id: inner
        foreach: { m: [1, 2] }
        steps: [{ id: in, run: "${waiting('nested')}; test $PARAM_M = 1 || test $PARAM_N != 9" }]
`);
    const run = await started('nested');
    await until(run, (whole) => listAt(whole, 'steps.each.loop.going').length === 2);
    const page = `query ($statuses: [RunStatus!]) {
      step(id: "nested/1/each") { status loop { done going } iterations(statuses: $statuses) { totalCount nodes { index status runId values } } }
      inner: step(id: "nested/1/each[1]/inner") { id iterations { nodes { runId values } } }
      deep: step(id: "nested/1/each[1]/inner[0]/in") { id status allowedActions }
    }`;
    const { data, errors } = await test.ask(page);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      step: {
        loop: { done: 0, going: [0, 1] },
        iterations: {
          totalCount: 2,
          nodes: [
            { index: 0, status: 'RUNNING', runId: 'run:nested/1/each[0]', values: { n: 7, loop_index: 0 } },
            { index: 1, status: 'RUNNING' },
          ],
        },
      },
      inner: {
        id: 'step:nested/1/each[1]/inner',
        iterations: { nodes: [{ runId: 'run:nested/1/each[1]/inner[0]', values: { m: 1 } }, {}] },
      },
      deep: { id: 'step:nested/1/each[1]/inner[0]/in', status: 'RUNNING', allowedActions: ['SKIP'] },
    });
    await done('pauseRun', { runId: run });
    const paused = await test.ask(page, { statuses: ['PAUSED'] });
    expect(at(paused.data, 'step.iterations')).toMatchObject({
      totalCount: null,
      nodes: [{ status: 'PAUSED' }, { status: 'PAUSED' }],
    });
    const none = await test.ask(page, { statuses: ['RUNNING', 'FAILED'] });
    expect(at(none.data, 'step.iterations.nodes')).toEqual([]);
    await done('resumeRun', { runId: run });
    open('nested');
    expect((await test.ended(run)).state.status).toBe('FAILED');
    const failed = await test.ask(page, { statuses: ['FAILED'] });
    expect(at(failed.data, 'step')).toMatchObject({
      status: 'FAILED',
      iterations: { totalCount: 1, nodes: [{ index: 2, values: { n: 9 } }] },
    });
    // The one that failed begins again with its run, and fails again.
    const again = await test.ask(`{ run(id: "${run}/each[2]") { allowedActions } }`);
    expect(at(again.data, 'run.allowedActions')).toEqual(['RESTART']);
    expect(await done('restartRun', { runId: `${run}/each[2]` })).toMatchObject({ run: { id: `run:${run}` } });
    expect((await test.ended(run)).state).toMatchObject({ status: 'FAILED', attempt: 2 });
    const kept = await test.ask(page.replaceAll('$statuses: [RunStatus!]', '$statuses: [RunStatus!] = [SUCCEEDED]'));
    expect(at(kept.data, 'step.iterations')).toMatchObject({ totalCount: 2 });
  });

  it('skips a step that runs and tries again one that failed, while the run goes on', async () => {
    await test.apply(`
id: mended
steps:
  - { id: endless, sleep: 1h }
  - { id: flaky, run: "test -e '${gate('flaky')}'" }
  - { id: last, needs: [endless, flaky], noop: true }
`);
    const run = await started('mended');
    await until(run, (whole) => at(whole, 'steps.flaky.status') === 'FAILED' && running('endless')(whole));
    open('flaky');
    expect(await done('retryStep', { stepId: `${run}/flaky` })).toMatchObject({ errors: [] });
    await until(run, (whole) => at(whole, 'steps.flaky.status') === 'SUCCEEDED');
    expect(await done('skipStep', { stepId: `step:${run}/endless` })).toMatchObject({ errors: [] });
    await test.ended(run);
    expect(await steps(run)).toMatchObject({
      status: 'SUCCEEDED',
      steps: {
        nodes: [
          { stepId: 'endless', status: 'SKIPPED', phase: 'SKIPPED' },
          { stepId: 'flaky', status: 'SUCCEEDED' },
          { stepId: 'last', status: 'SUCCEEDED' },
        ],
      },
    });
    expect(await done('skipStep', { stepId: `${run}/nothing` })).toMatchObject({
      errors: [{ code: 'NOT_FOUND', path: ['stepId'] }],
    });
  });

  it('restarts one from what is incomplete, where iterations that succeeded are kept', async () => {
    await test.apply(`
id: partly
steps:
  - { id: first, noop: true }
  - id: each
    foreach: { n: [0, 1] }
    concurrency: 1
    steps: [{ id: in, run: "test $PARAM_N = 0 || test -e '${gate('partly')}'" }]
`);
    const run = await started('partly');
    expect((await test.ended(run)).state.status).toBe('FAILED');
    open('partly');
    expect(await done('restartRun', { runId: run, from: 'INCOMPLETE' })).toMatchObject({ errors: [] });
    await test.ended(run);
    expect(await steps(run)).toMatchObject({
      status: 'SUCCEEDED',
      attempt: 2,
      steps: {
        nodes: [
          { stepId: 'first', status: 'SUCCEEDED', keptFrom: 1 },
          { stepId: 'each', status: 'SUCCEEDED', keptFrom: null },
        ],
      },
    });
    const { data } = await test.ask(
      `query ($id: ID!) { run(id: $id) { cause { text } } step(id: "partly/1/each") { iterations { nodes { index status runId keptFrom run { id status } } } } }`,
      { id: run },
    );
    expect(data).toMatchObject({
      run: { cause: { text: 'ada started it again from what was incomplete' } },
      step: {
        iterations: {
          nodes: [
            { index: 0, runId: 'run:partly/1.1/each[0]', keptFrom: 1, run: { id: 'run:partly/1.1/each[0]' } },
            { index: 1, runId: 'run:partly/1/each[1]', keptFrom: null, run: { status: 'SUCCEEDED' } },
          ],
        },
      },
    });
  });

  it('restarts one that another waits for, with that one or alone, and says so where it is read', async () => {
    await test.apply(`
id: part
steps:
  - { id: fetch, noop: true }
  - { id: load, needs: fetch, run: "test -e '${gate('part')}'" }
`);
    await test.apply(`
id: whole
steps:
  - { id: calls, workflow: part }
  - { id: report, needs: calls, noop: true }
`);
    const run = await started('whole');
    expect((await test.ended(run)).state.status).toBe('FAILED');
    expect(await done('restartRun', { runId: 'part/1', alone: true })).toMatchObject({ run: { id: 'run:part/1' } });
    expect((await test.ended('part/1')).state.status).toBe('FAILED');
    expect((await test.ended(run)).state.attempt).toBe(1);
    open('part');
    expect(await done('restartRun', { runId: 'part/1', params: { day: 3 } })).toMatchObject({
      errors: [{ code: 'BAD_INPUT', message: expect.stringContaining('A step of whole/1 waits for part/1') as string }],
    });
    const input = { runId: 'part/1', from: 'STEP', stepId: 'load', idempotencyKey: 'again' };
    const first = await done('restartRun', input);
    expect(first).toMatchObject({ run: { id: `run:${run}` }, errors: [] });
    expect((await test.ended(run)).state).toMatchObject({ status: 'SUCCEEDED', attempt: 2 });
    const { data } = await test.ask(
      `{ run(id: "${run}") { cause { text } } part: run(id: "part/1") { attempt status cause { text step } steps { nodes { stepId keptFrom } } } }`,
    );
    expect(data).toMatchObject({
      run: { cause: { text: 'ada started it again from calls (part/1 from load)' } },
      part: {
        attempt: 3,
        status: 'SUCCEEDED',
        cause: { text: 'ada started it again from load', step: 'step:whole/1/calls' },
        steps: {
          nodes: [
            { stepId: 'fetch', keptFrom: 2 },
            { stepId: 'load', keptFrom: null },
          ],
        },
      },
    });
    const audit = await test.ask(
      `{ part: audit(filter: { about: "run:part/1" }, first: 1) { nodes { text } } whole: audit(filter: { about: "run:${run}" }, first: 1) { nodes { text } } }`,
    );
    expect(audit.data).toMatchObject({
      part: { nodes: [{ text: 'ada restarted part/1.' }] },
      whole: { nodes: [{ text: 'ada restarted part/1.' }] },
    });
    // The same wish again is answered as it was, although there is nothing left to climb.
    expect(await done('restartRun', input)).toMatchObject({ run: { id: `run:${run}` }, errors: [] });
    expect((await test.ended(run)).state.attempt).toBe(2);
  });

  it('restarts one from a step, by its id or its whole id, and says what does not fit', async () => {
    await test.apply(`id: line\nsteps:\n  - { id: a, noop: true }\n  - { id: b, needs: a, noop: true }\n`);
    const run = await started('line');
    await test.ended(run);
    for (const stepId of ['b', `step:${run}/b`]) {
      expect(await done('restartRun', { runId: run, from: 'STEP', stepId })).toMatchObject({ errors: [] });
      await test.ended(run);
    }
    expect(await steps(run)).toMatchObject({
      attempt: 3,
      steps: {
        nodes: [
          { stepId: 'a', keptFrom: 1 },
          { stepId: 'b', keptFrom: null },
        ],
      },
    });
    for (const [input, message] of [
      [{ from: 'STEP' }, 'from is STEP, so stepId must name the step.'],
      [{ stepId: 'b' }, 'stepId is given, which goes with from: STEP only, and from is BEGINNING.'],
      [{ from: 'STEP', stepId: 'step:other/1/b' }, 'is a step of another run'],
      [{ from: 'STEP', stepId: `${run}/each[0]/b` }, 'is a step inside a loop'],
    ] as const) {
      expect(await done('restartRun', { runId: run, ...input })).toMatchObject({
        run: null,
        errors: [{ code: 'BAD_INPUT', path: ['stepId'], message: expect.stringContaining(message) as string }],
      });
    }
    expect(await done('restartRun', { runId: run, from: 'STEP', stepId: 'c' })).toMatchObject({
      errors: [{ code: 'NOT_FOUND', path: ['stepId'] }],
    });
  });

  it('lets a queue go on that a failed run holds up', async () => {
    await test.apply(`
id: strict
runStrategy: strict-sequential
steps: [{ id: a, run: "test -e '${gate('strict')}'" }]
`);
    const first = await started('strict');
    await test.ended(first);
    const second = await started('strict');
    expect(await steps(second)).toMatchObject({ status: 'QUEUED' });
    open('strict');
    const { data } = await test.ask(
      'mutation { unblockWorkflow(input: { workflowId: "strict" }) { workflow { id } cursor errors { message } } }',
    );
    expect(at(data, 'unblockWorkflow')).toMatchObject({ workflow: { id: 'workflow:strict' }, errors: [] });
    expect((await test.ended(second)).state.status).toBe('SUCCEEDED');
  });
});
