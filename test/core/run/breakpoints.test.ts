// Breakpoints: a step that is about to begin stops there, and goes on when someone says so or the breakpoint is cleared.

import { describe, expect, test } from 'vitest';

import { stepActions } from '../../../src/core/run/actions.ts';
import { workflowEntity } from '../../../src/core/ids.ts';
import { breakAt, clearBreak, resumeStep } from '../../support/asking.ts';
import {
  failed,
  given,
  kill,
  pause,
  resume,
  type Situation,
  skip,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const flow =
  'id: flow\nrunStrategy: { parallel: 3 }\nsteps: [{ id: a, run: x, retry: 1 }, { id: b, needs: a, run: x }]';

function stopped(): Situation {
  return given(flow)
    .when(breakAt('flow', 'b'))
    .when(start('flow'))
    .reported('flow/1/a', succeeded())
    .shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: PAUSED');
}

describe('a breakpoint', () => {
  test('stops a step before it begins: nothing goes out', () => {
    const situation = stopped();
    situation.then({ events: ['StepSucceeded a', { type: 'StepPaused', by: 'ada' }], effects: [] });
    situation.after(1_000_000).shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: PAUSED');
  });

  test('is left when someone lets the step go on, this time only', () => {
    const situation = stopped().when(resumeStep('flow/1/b'));
    situation.then({
      events: [{ type: 'StepResumed', actor: 'ada' }, 'AttemptStarted b'],
      effects: ['StartAttempt b'],
    });
    expect(situation.run('flow/1').steps[1]?.breakpoint).toBeUndefined();
    situation
      .when(start('flow'))
      .reported('flow/2/a', succeeded())
      .shows('flow/2', 'RUNNING', 'a: SUCCEEDED, b: PAUSED');
  });

  test('stops each try of a step', () => {
    const situation = given(flow).when(breakAt('flow', 'a')).when(start('flow')).when(resumeStep('flow/1/a'));
    situation.reported('flow/1/a', failed()).shows('flow/1', 'RUNNING', 'a: RETRY_PENDING, b: NOT_CREATED');
    situation.after(3_600_000).shows('flow/1', 'RUNNING', 'a: PAUSED, b: NOT_CREATED');
    situation.when(resumeStep('flow/1/a')).reported('flow/1/a', succeeded());
    expect(situation.run('flow/1').steps[0]?.attempts).toHaveLength(2);
  });

  test('that is cleared lets all go on that stood there', () => {
    const situation = stopped().when(start('flow')).reported('flow/2/a', succeeded()).when(start('flow'));
    situation.when(clearBreak('flow', 'b'));
    situation
      .shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING')
      .shows('flow/2', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
    situation.shows('flow/3', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
  });

  test('that is cleared lets nothing go on that another one holds', () => {
    const situation = stopped()
      .when(breakAt('flow', 'b', { run: 1 }))
      .when(clearBreak('flow', 'b'));
    situation.shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: PAUSED');
    situation.when(clearBreak('flow', 'b', { run: 1 })).shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
  });

  test('of a run or a version concerns no others', () => {
    const situation = given(flow)
      .when(start('flow'))
      .when(start('flow'))
      .when(breakAt('flow', 'b', { run: 2 }));
    situation.reported('flow/1/a', succeeded()).reported('flow/2/a', succeeded());
    situation
      .shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING')
      .shows('flow/2', 'RUNNING', 'a: SUCCEEDED, b: PAUSED');
    const versions = given(flow)
      .applied(flow.replace('retry: 1', 'retry: 2'))
      .when(breakAt('flow', 'a', { version: 1 }));
    versions.when(start('flow')).shows('flow/1', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
    versions.when({ type: 'StartRun', workflowId: 'flow', version: 1, params: [], labels: [] });
    versions.shows('flow/2', 'RUNNING', 'a: PAUSED, b: NOT_CREATED');
  });

  test('inside a loop stops every iteration, each on its own, and clearing it lets all go on', () => {
    const text =
      'id: flow\nsteps: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: in, foreach: { w: [1] }, steps: [{ id: i, run: x }] }] }]';
    const situation = given(text).when(breakAt('flow', 'i')).when(start('flow'));
    for (const index of ['0', '1']) situation.shows(`flow/1/each[${index}]/in[0]`, 'RUNNING', 'i: PAUSED');
    situation.when(resumeStep('flow/1/each[0]/in[0]/i')).shows('flow/1/each[0]/in[0]', 'RUNNING', 'i: RUNNING');
    situation.when(clearBreak('flow', 'i')).shows('flow/1/each[1]/in[0]', 'RUNNING', 'i: RUNNING');
  });

  test('holds steps that the engine does itself, and those under `finally`', () => {
    const text = 'id: flow\nsteps: [{ id: a, noop: true }]\nfinally: [{ id: z, noop: true }]';
    const situation = given(text).when(breakAt('flow', 'a')).when(breakAt('flow', 'z')).when(start('flow'));
    situation.shows('flow/1', 'RUNNING', 'a: PAUSED, z: NOT_CREATED');
    situation.when(resumeStep('flow/1/a')).shows('flow/1', 'RUNNING', 'a: SUCCEEDED, z: PAUSED');
    situation.when(resumeStep('flow/1/z')).shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, z: SUCCEEDED');
  });

  test('is set once however often it is asked for, and not where there is no step', () => {
    const situation = given(flow).when(breakAt('flow', 'b')).when(breakAt('flow', 'b')).then({ events: [] });
    expect(situation.entity(workflowEntity('flow'))?.state).toMatchObject({ breakpoints: [{ step: 'b', by: 'ada' }] });
    situation
      .when(breakAt('flow', 'bb'))
      .then({ refusal: { code: 'NOT_FOUND', path: ['stepId'], hint: 'Did you mean "b"?' } });
    situation.when(breakAt('flow', 'b', { version: 7 })).then({ refusal: { code: 'NOT_FOUND', path: ['version'] } });
    situation.when(breakAt('flow', 'b', { run: 7 })).then({ refusal: { code: 'NOT_FOUND', path: ['runId'] } });
    situation.when(breakAt('none', 'b')).then({ refusal: { code: 'NOT_FOUND', path: ['workflowId'] } });
    situation.when(clearBreak('flow', 'a')).then({ refusal: { code: 'NOT_FOUND', hint: 'It has these: b.' } });
  });

  test('can be set a hundred times', () => {
    const many = Array.from({ length: 101 }, (_, index) => `{ id: s${String(index)}, noop: true }`);
    const situation = given(`id: flow\nsteps: [${many.join(', ')}]`);
    for (let index = 0; index < 100; index++) situation.when(breakAt('flow', `s${String(index)}`));
    situation.when(breakAt('flow', 's100')).then({ refusal: { code: 'LIMIT_EXCEEDED' } });
  });
});

describe('a step that stands at a breakpoint', () => {
  test('can be let go on or be skipped', () => {
    const situation = stopped();
    const run = situation.run('flow/1');
    const [, step] = run.steps;
    if (step === undefined) throw new Error('there are two steps');
    expect(stepActions(run, step, false)).toEqual(['RESUME', 'SKIP']);
    situation.when(skip('flow/1/b')).shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SKIPPED');
  });

  test('waits on while its run is paused, and goes on with it', () => {
    const situation = stopped().when(pause('flow/1')).when(resumeStep('flow/1/b')).shows('flow/1', 'PAUSED');
    situation.when(resumeStep('flow/1/b')).then({ events: [] });
    situation.when(resume('flow/1')).shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
  });

  test('ends with its run', () => {
    stopped().when(stop('flow/1')).shows('flow/1', 'STOPPED', 'a: SUCCEEDED, b: STOPPED');
    stopped().when(kill('flow/1')).shows('flow/1', 'FAILED', 'a: SUCCEEDED, b: STOPPED');
    const late = given(flow.replace('steps:', 'timeout: 1m\nsteps:')).when(breakAt('flow', 'a')).when(start('flow'));
    late.after(60_000).shows('flow/1', 'TIMED_OUT', 'a: STOPPED, b: NOT_CREATED');
  });

  test('keeps a failed run from ending, and lets it end then', () => {
    const text = 'id: flow\nsteps: [{ id: a, run: x }, { id: b, run: x }]';
    const situation = given(text)
      .when(breakAt('flow', 'b'))
      .when(start('flow'))
      .reported('flow/1/a', failed('USER', false));
    situation.shows('flow/1', 'RUNNING', 'a: FAILED, b: PAUSED');
    situation.when(resumeStep('flow/1/b')).reported('flow/1/b', succeeded()).shows('flow/1', 'FAILED');
  });
});
