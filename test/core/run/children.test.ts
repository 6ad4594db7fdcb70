// Steps that run another workflow: how the two runs hear of each other, and what becomes of one when the other ends.

import { describe, expect, test } from 'vitest';

import { partitionOf } from '../../../src/core/ids.ts';
import {
  cancelled,
  failed,
  given,
  kill,
  pause,
  restart,
  retry,
  type Situation,
  skip,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const SECOND = 1_000;
// `kid` lives in another partition than `flow`, `twin` in the same: see the first test.
const kids = ['kid', 'kid-2'];
const kid = (id: string, more = ''): string =>
  `id: ${id}\n${more}\nparams: { n: { value: 1, mode: mutable_on_start } }\nsteps: [{ id: k, run: x, outputs: { rows: long } }]`;
const calling = (id: string, more = '', step = ''): string =>
  `id: flow\nparams: { n: 5 }\n${more}\nsteps: [{ id: call, workflow: { id: ${id}, params: { n: "\${n}" }${step === 'async' ? ', async: true' : ''} }${step === 'async' ? '' : step} }, { id: b, needs: call, noop: true }]`;

describe('a step that runs another workflow', () => {
  test.each(kids)('waits for its run and has what it gave (%s)', (id) => {
    const situation = given(kid(id), calling(id)).when(start('flow')).shows('flow/1', 'RUNNING').delivered();
    const [step] = situation.run('flow/1').steps;
    expect(step?.child).toEqual({ workflowId: id, run: `run:${id}/1.1` });
    expect(situation.run(`${id}/1`)).toMatchObject({
      params: [{ name: 'n', value: 5 }],
      cause: { kind: 'WORKFLOW', depth: 1, parent: { run: 'run:flow/1.1', stepId: 'call', attempt: 1 } },
    });
    situation
      .reported(`${id}/1/k`, succeeded({ rows: 7 }))
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
    expect(situation.run('flow/1').steps[0]?.outputs).toEqual([{ name: 'k', value: { rows: 7 } }]);
  });

  test('is tested with workflows of the same partition and of another', () => {
    expect(new Set(['flow', ...kids].map((id) => partitionOf(id, 16))).size).toBeGreaterThan(1);
  });

  test.each([
    ['FAILED', failed('USER', false), 'FAILED', 'CHILD_FAILED'],
    ['TIMED_OUT', failed('TIMEOUT', false), 'TIMED_OUT', 'CHILD_TIMED_OUT'],
  ])('whose run ended %s ends so too, and says why', (_, result, status, code) => {
    const situation = given(kid('kid'), calling('kid')).when(start('flow')).delivered().reported('kid/1/k', result);
    situation.delivered();
    expect(situation.run('flow/1')).toMatchObject({ status, failure: { code } });
    expect(situation.run('flow/1').failure?.message).toContain('Run kid/1.1 did not succeed: Step "k": ');
  });

  test('whose run was stopped is STOPPED', () => {
    given(kid('kid'), calling('kid'))
      .when(start('flow'))
      .delivered()
      .when(stop('kid/1'))
      .reported('kid/1/k', cancelled)
      .delivered()
      .shows('flow/1', 'STOPPED', 'call: STOPPED, b: NOT_CREATED');
  });

  test('whose run waits in its queue waits with it', () => {
    given(kid('kid'), calling('kid'))
      .when(start('kid'))
      .when(start('flow'))
      .delivered()
      .shows('kid/2', 'QUEUED')
      .reported('kid/1/k', succeeded())
      .reported('kid/2/k', succeeded())
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
  });

  test('is STOPPED if the strategy of the other workflow does not want its run', () => {
    const situation = given(kid('kid', 'runStrategy: first-only'), calling('kid'))
      .when(start('kid'))
      .when(start('flow'));
    situation.delivered().shows('kid/2', 'STOPPED').shows('flow/1', 'STOPPED', 'call: STOPPED, b: NOT_CREATED');
    expect(situation.run('kid/2').failure?.code).toBe('OVERTAKEN');
  });

  test('that does not wait is done as soon as there is a run, whatever becomes of it', () => {
    const situation = given(kid('kid'), calling('kid', '', 'async'))
      .when(start('flow'))
      .delivered();
    situation.shows('flow/1', 'SUCCEEDED').reported('kid/1/k', failed('USER', false)).delivered();
    situation.shows('flow/1', 'SUCCEEDED');
    given(kid('kid', 'runStrategy: first-only'), calling('kid', '', 'async'))
      .when(start('kid'))
      .when(start('flow'))
      .delivered()
      .shows('kid/2', 'STOPPED')
      .shows('flow/1', 'SUCCEEDED');
  });

  test.each([
    ['there is no such workflow', calling('nobody'), /There is no workflow "nobody"/u],
    ['a parameter does not fit', calling('kid').replace('n: "${n}"', 'm: 1'), /"m"/u],
  ])('fails when %s, and says so', (_, text, message) => {
    const situation = given(kid('kid'), text).when(start('flow')).delivered();
    expect(situation.run('flow/1')).toMatchObject({
      status: 'FAILED',
      failure: { code: 'CHILD_REFUSED', retryable: false },
    });
    expect(situation.run('flow/1').failure?.message).toMatch(message);
  });

  test('of a workflow that runs itself ends at the tenth, and every one of them says so', () => {
    const situation = given('id: flow\nrunStrategy: { parallel: 20 }\nsteps: [{ id: call, workflow: flow }]')
      .when(start('flow'))
      .delivered();
    expect(situation.queue('flow').last).toBe(11);
    for (let number = 1; number <= 11; number++) situation.shows(`flow/${String(number)}`, 'FAILED');
  });

  test('inside a loop has one run for each iteration', () => {
    const situation = given(
      kid('kid', 'runStrategy: { parallel: 5 }'),
      'id: flow\nsteps: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: call, workflow: { id: kid, params: { n: "${v}" } } }] }]',
    ).when(start('flow'));
    situation
      .delivered()
      .reported('kid/2/k', succeeded())
      .reported('kid/1/k', succeeded())
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
    expect([1, 2].map((number) => situation.run(`kid/${String(number)}`).params[0]?.value)).toEqual([1, 2]);
  });
});

describe('a step that runs another workflow and is to end', () => {
  test.each([
    ['stopped', stop('flow/1'), 'STOPPED'],
    ['killed', kill('flow/1'), 'FAILED'],
  ])('since its run is %s ends the other run and waits for it', (_, wish, status) => {
    given(kid('kid'), calling('kid'))
      .when(start('flow'))
      .delivered()
      .when(wish)
      .shows('flow/1', 'RUNNING', 'call: RUNNING, b: NOT_CREATED')
      .delivered()
      .reported('kid/1/k', cancelled)
      .shows('kid/1', 'STOPPED')
      .delivered()
      .shows('flow/1', status as 'FAILED', 'call: STOPPED, b: NOT_CREATED');
  });

  test.each([
    ['was made', kid('kid')],
    ['was refused', 'id: other\nsteps: [{ id: a, noop: true }]'],
  ])('before it hears that the other run %s, ends it as soon as it does', (_, text) => {
    const situation = given(text, calling('kid')).when(start('flow')).when(stop('flow/1')).delivered();
    if (situation.entity('run:kid/1.1' as never) !== undefined) situation.reported('kid/1/k', cancelled).delivered();
    situation.shows('flow/1', 'STOPPED', 'call: STOPPED, b: NOT_CREATED');
  });

  test('by its timeout ends the other run, and is TIMED_OUT', () => {
    given(kid('kid'), calling('kid', '', ', timeout: 10s'))
      .when(start('flow'))
      .delivered()
      .after(10 * SECOND)
      .delivered()
      .reported('kid/1/k', cancelled)
      .delivered()
      .shows('flow/1', 'TIMED_OUT', 'call: TIMED_OUT, b: NOT_CREATED');
  });

  test('since it is skipped ends the other run, and goes on', () => {
    given(kid('kid'), calling('kid'))
      .when(start('flow'))
      .delivered()
      .when(skip('flow/1/call'))
      .delivered()
      .reported('kid/1/k', cancelled)
      .delivered()
      .shows('flow/1', 'SUCCEEDED', 'call: SKIPPED, b: SUCCEEDED');
  });

  test('leaves alone a run that it did not wait for', () => {
    const text = calling('kid', '', 'async').replace('noop: true', 'run: x');
    given(kid('kid'), text)
      .when(start('flow'))
      .delivered()
      .when(stop('flow/1'))
      .reported('flow/1/b', cancelled)
      .delivered()
      .shows('flow/1', 'STOPPED')
      .shows('kid/1', 'RUNNING');
  });

  test('ends a run that waits in its queue, or is paused', () => {
    given(kid('kid'), calling('kid'))
      .when(start('kid'))
      .when(start('flow'))
      .delivered()
      .when(stop('flow/1'))
      .delivered()
      .shows('kid/2', 'STOPPED')
      .shows('flow/1', 'STOPPED');
    given(kid('kid'), calling('kid'))
      .when(start('flow'))
      .delivered()
      .when(pause('kid/1'))
      .when(stop('flow/1'))
      .delivered()
      .reported('kid/1/k', cancelled)
      .delivered()
      .shows('flow/1', 'STOPPED');
  });

  test('says of a waiting run that was killed why it failed', () => {
    const situation = given(kid('kid'), calling('kid'))
      .when(start('kid'))
      .when(start('flow'))
      .delivered()
      .when(kill('kid/2'))
      .delivered();
    expect(situation.run('kid/2').failure?.code).toBe('RUN_KILLED');
    expect(situation.run('flow/1').failure?.message).toContain('ada killed the run.');
  });
});

describe('a step that runs another workflow again', () => {
  function failedOnce(step = ''): Situation {
    const two =
      'id: kid\nparams: { n: { value: 1, mode: mutable_on_start } }\nsteps: [{ id: k, run: x }, { id: l, needs: k, run: x }]';
    return given(two, calling('kid', '', step))
      .when(start('flow'))
      .delivered()
      .reported('kid/1/k', succeeded())
      .reported('kid/1/l', failed('USER', false))
      .delivered();
  }

  test('lets the same run go on from what is incomplete in it, with the parameters it gives', () => {
    const situation = failedOnce()
      .shows('flow/1', 'FAILED')
      .when(restart('flow/1', { n: 6 }, 'INCOMPLETE'))
      .delivered();
    expect(situation.run('kid/1')).toMatchObject({ attempt: 2, status: 'RUNNING', params: [{ name: 'n', value: 6 }] });
    situation.shows('kid/1', 'RUNNING', 'k: SUCCEEDED, l: RUNNING').reported('kid/1/l', succeeded()).delivered();
    situation.shows('flow/1', 'SUCCEEDED');
  });

  test('does so too when its policy grants another try', () => {
    failedOnce(', retry: 1')
      .shows('flow/1', 'RUNNING', 'call: RETRY_PENDING, b: NOT_CREATED')
      .after(SECOND)
      .delivered()
      .shows('kid/1', 'RUNNING', 'k: SUCCEEDED, l: RUNNING')
      .reported('kid/1/l', succeeded())
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
  });

  test('makes a new run if the restart is from the beginning, or from this step', () => {
    for (const from of [undefined, { step: 'call' }]) {
      const situation = failedOnce()
        .when(restart('flow/1', {}, from))
        .delivered();
      expect(situation.queue('kid').last).toBe(2);
      situation.shows('kid/2', 'RUNNING', 'k: RUNNING, l: NOT_CREATED');
    }
  });

  test('is refused while somebody else has started that run again, and can be tried later', () => {
    const situation = failedOnce()
      .when(restart('kid/1'))
      .when(restart('flow/1', {}, 'INCOMPLETE'))
      .delivered();
    expect(situation.run('flow/1')).toMatchObject({ status: 'FAILED', failure: { code: 'CHILD_REFUSED' } });
    situation.reported('kid/1/k', succeeded()).reported('kid/1/l', succeeded()).delivered().shows('flow/1', 'FAILED');
    situation.when(restart('flow/1', {}, 'INCOMPLETE')).delivered();
    // The step still has that run, and all of it is done by now.
    situation.shows('flow/1', 'SUCCEEDED');
  });

  test('takes no notice of a run that somebody else started again after its own end', () => {
    const situation = failedOnce()
      .when(restart('kid/1'))
      .reported('kid/1/k', succeeded())
      .reported('kid/1/l', succeeded());
    situation.delivered().shows('flow/1', 'FAILED', 'call: FAILED, b: NOT_CREATED');
  });

  test('can be begun again by a person while its run goes on', () => {
    const text = `id: flow\nsteps: [{ id: call, workflow: kid }, { id: c, run: x }]`;
    given(kid('kid'), text)
      .when(start('flow'))
      .delivered()
      .reported('kid/1/k', failed('USER', false))
      .delivered()
      .when(retry('flow/1/call'))
      .delivered()
      .reported('kid/1/k', succeeded())
      .delivered()
      .shows('flow/1', 'RUNNING', 'call: SUCCEEDED, c: RUNNING');
  });
});
