import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, type Operations, startOperations } from '../operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply('id: flow\nsteps: [{ id: a, noop: true }, { id: b, needs: a, noop: true }]');
});
afterAll(() => test.stop());

const RUN =
  'query ($id: ID!) { run(id: $id) { status steps { nodes { stepId status phase allowedActions breakpoint { setBy } explanation { summary reasons { code unblock } } } } } }';

async function standing(run: string): Promise<unknown> {
  const { data } = await test.ask(RUN, { id: run });
  return at(data, 'run');
}

it('stops a step, says so everywhere, and lets it go on by resumeStep or by clearing', async () => {
  const set = await test.ask(
    'mutation { setBreakpoint(input: { workflowId: "flow", stepId: "b", reason: "look" }) { workflow { breakpoints { stepId version run setBy } } errors { code } } }',
  );
  expect(at(set.data, 'setBreakpoint')).toEqual({
    workflow: { breakpoints: [{ stepId: 'b', version: null, run: null, setBy: 'ada' }] },
    errors: [],
  });
  await test.ask('mutation { startRun(input: { workflowId: "flow" }) { run { id } } }');
  expect(await standing('flow/1')).toMatchObject({
    status: 'RUNNING',
    steps: {
      nodes: [
        { stepId: 'a', status: 'SUCCEEDED', breakpoint: null },
        {
          stepId: 'b',
          status: 'PAUSED',
          phase: 'WAITING',
          allowedActions: ['RESUME', 'SKIP'],
          breakpoint: { setBy: 'ada' },
          explanation: {
            summary: expect.stringContaining('"b" stands at a breakpoint since') as string,
            reasons: [
              {
                code: 'BREAKPOINT',
                unblock: 'downbeat resume flow/1/b, or clear the breakpoint: downbeat break flow b --clear.',
              },
            ],
          },
        },
      ],
    },
  });
  const resumed = await test.ask(
    'mutation { resumeStep(input: { stepId: "flow/1/b" }) { step { status } run { status } errors { code } } }',
  );
  expect(at(resumed.data, 'resumeStep')).toEqual({
    step: { status: 'SUCCEEDED' },
    run: { status: 'SUCCEEDED' },
    errors: [],
  });
  await test.ask('mutation { startRun(input: { workflowId: "flow" }) { run { id } } }');
  const cleared = await test.ask(
    'mutation { clearBreakpoint(input: { workflowId: "flow", stepId: "b" }) { workflow { breakpoints { stepId } } errors { code } } }',
  );
  expect(at(cleared.data, 'clearBreakpoint')).toEqual({ workflow: { breakpoints: [] }, errors: [] });
  await test.ended('flow/2');
  expect(await standing('flow/2')).toMatchObject({ status: 'SUCCEEDED' });
});

it.each([
  ['workflowId: "flow", stepId: "zz"', 'NOT_FOUND', ['stepId']],
  ['workflowId: "none", stepId: "b"', 'NOT_FOUND', ['workflowId']],
  ['workflowId: "flow", stepId: "b", runId: "other/1"', 'BAD_INPUT', ['runId']],
  ['workflowId: "flow", stepId: "b", runId: "flow/77"', 'NOT_FOUND', ['runId']],
])('refuses %s', async (input, code, path) => {
  const { data } = await test.ask(
    `mutation { setBreakpoint(input: { ${input} }) { workflow { id } errors { code path } } }`,
  );
  expect(at(data, 'setBreakpoint')).toEqual({ workflow: null, errors: [{ code, path }] });
});

it('says what there is when something is cleared that is not set', async () => {
  const { data } = await test.ask(
    'mutation { clearBreakpoint(input: { workflowId: "flow", stepId: "a" }) { errors { code message hint } } }',
  );
  expect(at(data, 'clearBreakpoint.errors')).toEqual([
    { code: 'NOT_FOUND', message: '"flow" has no breakpoint at a.', hint: 'It has none at all.' },
  ]);
});
