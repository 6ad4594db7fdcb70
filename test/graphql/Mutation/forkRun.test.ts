import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, listAt, type Operations, startOperations } from '../operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(
    'id: flow\nparams: { code: 3 }\nsteps: [{ id: a, run: "echo n=7 >> $DOWNBEAT_OUTPUTS", outputs: { n: long }, artifacts: [] }, { id: b, needs: a, run: "echo m=$N >> $DOWNBEAT_OUTPUTS; exit $CODE", outputs: { m: long }, env: { CODE: "${code}", N: "${steps.a.n}" }, retry: 0 }]',
  );
  await test.ask('mutation { startRun(input: { workflowId: "flow" }) { run { id } } }');
  await test.ended('flow/1');
});
afterAll(() => test.stop());

const FORK = `mutation ($input: ForkRunInput!) { forkRun(input: $input) {
  run { id number version status cause { kind text actor run } params } replayed errors { code message path hint }
} }`;

describe('forkRun', () => {
  it('makes a new run that keeps what is done, and says so; the other stays as it is', async () => {
    const input = { runId: 'flow/1', params: { code: 0 }, idempotencyKey: 'one' };
    const { data } = await test.ask(FORK, { input });
    expect(at(data, 'forkRun')).toMatchObject({
      run: {
        id: 'run:flow/2',
        number: 2,
        cause: { kind: 'FORK', text: 'ada forked flow/1', actor: 'ada', run: 'run:flow/1.1' },
        params: { code: 0 },
      },
      errors: [],
    });
    await test.ended('flow/2');
    const shown = await test.ask(
      '{ run(id: "flow/2") { status outputs steps { nodes { stepId status keptFrom keptFromRun explanation { summary } } } timeline { text } } old: run(id: "flow/1") { status allowedActions } }',
    );
    expect(at(shown.data, 'run.status')).toBe('SUCCEEDED');
    expect(at(shown.data, 'run.outputs')).toEqual({ a: { n: 7 }, b: { m: 7 } });
    expect(listAt(shown.data, 'run.steps.nodes')).toMatchObject([
      { keptFrom: 1, keptFromRun: 'run:flow/1.1', explanation: { summary: '"a" was done in run flow/1 already.' } },
      { keptFrom: null, keptFromRun: null },
    ]);
    expect(JSON.stringify(at(shown.data, 'run.timeline'))).toContain('a is kept as it ended in run flow/1.');
    expect(at(shown.data, 'old')).toEqual({ status: 'FAILED', allowedActions: ['RESTART', 'FORK'] });
    const again = await test.ask(FORK, { input });
    expect(at(again.data, 'forkRun')).toMatchObject({ run: { id: 'run:flow/2' }, replayed: true });
  });

  it('takes other outputs of kept steps, which only the new run sees', async () => {
    const { data } = await test.ask(FORK, {
      input: { runId: 'run:flow/2.1', outputs: { a: { n: 100 } } },
    });
    expect(at(data, 'forkRun.errors')).toEqual([]);
    await test.ended('flow/3');
    const shown = await test.ask('{ run(id: "flow/3") { outputs } old: run(id: "flow/2") { outputs } }');
    expect(shown.data).toEqual({
      run: { outputs: { a: { n: 100 }, b: { m: 100 } } },
      old: { outputs: { a: { n: 7 }, b: { m: 7 } } },
    });
  });

  it.each([
    [{ runId: 'flow/9' }, 'NOT_FOUND', ['runId']],
    [{ runId: 'flow/1', from: 'step:flow/2/a' }, 'BAD_INPUT', ['from']],
    [{ runId: 'flow/1', from: 'nope' }, 'NOT_FOUND', ['from']],
    [{ runId: 'flow/1', outputs: { a: 3 } }, 'BAD_INPUT', ['outputs', 'a']],
    [{ runId: 'flow/1', outputs: { a: { x: 3 } } }, 'BAD_INPUT', ['outputs', 'a', 'x']],
    [{ runId: 'flow/1', stepParams: { a: { x: 3 } } }, 'BAD_INPUT', ['stepParams', 'a']],
    [{ runId: 'flow/1', version: 8 }, 'NOT_FOUND', ['version']],
    [{ runId: 'flow/2' }, 'ACTION_NOT_ALLOWED', ['from']],
  ])('refuses %j', async (input, code, path) => {
    const { data } = await test.ask(FORK, { input });
    expect(at(data, 'forkRun')).toMatchObject({ run: null, errors: [{ code, path }] });
  });
});
