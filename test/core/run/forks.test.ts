// A fork: a new run that keeps what another one has done, by reference, and runs the rest; the other run stays as it is.

import { describe, expect, test } from 'vitest';

import { runEntity } from '../../../src/core/ids.ts';
import { fork } from '../../support/asking.ts';
import {
  entries,
  failed,
  given,
  publish,
  restart,
  type Situation,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const flow =
  'id: flow\nparams: { speed: 1 }\nsteps: [{ id: a, run: x, outputs: { n: long } }, { id: b, needs: a, run: x, env: { N: "${steps.a.n}", S: "${speed}" } }, { id: c, needs: b, run: x }, { id: d, run: x }]\nfinally: [{ id: tidy, noop: true }]';
const first = runEntity({ workflowId: 'flow', number: 1, attempt: 1 });

/** a and d are done, b failed. */
function ended(): Situation {
  return given(flow)
    .when(start('flow'))
    .reported('flow/1/a', succeeded({ n: 7 }))
    .reported('flow/1/d', succeeded())
    .reported('flow/1/b', failed('USER', false))
    .shows('flow/1', 'FAILED', 'a: SUCCEEDED, b: FAILED, c: NOT_CREATED, d: SUCCEEDED, tidy: SUCCEEDED');
}

describe('a fork', () => {
  test('keeps what is done, says of which run, and leaves that run as it was', () => {
    const situation = ended();
    const before = situation.run('flow/1');
    situation.when(fork('flow/1'));
    situation.then({ outcome: { type: 'Started', run: 'run:flow/2.1' } });
    situation.shows('flow/2', 'RUNNING', 'a: SUCCEEDED, b: RUNNING, c: NOT_CREATED, d: SUCCEEDED, tidy: NOT_CREATED');
    expect(situation.run('flow/2').steps[0]).toMatchObject({
      keptFrom: 1,
      keptFromRun: first,
      outputs: [{ name: 'n', value: 7 }],
      attempts: [],
    });
    expect(situation.run('flow/2').cause).toEqual({
      kind: 'FORK',
      actor: 'ada',
      run: first,
      of: { kind: 'MANUAL', actor: 'ada' },
    });
    expect(situation.run('flow/1')).toBe(before);
  });

  test('begins at a step, with all that needs it and other parameters', () => {
    const situation = ended().when(fork('flow/1', { from: 'b', params: entries({ speed: 5 }) }));
    const decision = situation.taken.at(-1)?.decision;
    const effects = decision?.kind === 'COMMIT' ? decision.gathered.effects : [];
    expect(effects[0]).toMatchObject({
      type: 'StartAttempt',
      spec: {
        value: {
          env: [
            { name: 'N', value: '7' },
            { name: 'S', value: '5' },
          ],
        },
      },
    });
    expect(situation.run('flow/2').cause).toMatchObject({ from: 'b' });
  });

  test('with other outputs of a kept step runs anew what needs it', () => {
    const done = ended()
      .when(restart('flow/1', {}, 'INCOMPLETE'))
      .reported('flow/1/b', succeeded())
      .reported('flow/1/c', succeeded());
    done.shows('flow/1', 'SUCCEEDED');
    done.when(fork('flow/1', { outputs: [{ stepId: 'a', values: entries({ n: '100' }) }] }));
    done.shows('flow/2', 'RUNNING', 'a: SUCCEEDED, b: RUNNING, c: NOT_CREATED, d: SUCCEEDED, tidy: NOT_CREATED');
    expect(done.run('flow/2').steps[0]?.outputs).toEqual([{ name: 'n', value: 100 }]);
    expect(done.run('flow/1').steps[0]?.outputs).toEqual([{ name: 'n', value: 7 }]);
  });

  test('of a fork says where the step really ended', () => {
    const situation = ended().when(fork('flow/1')).reported('flow/2/b', succeeded()).when(fork('flow/2'));
    const steps = situation.queue('flow').last === 3 ? situation.run('flow/3').steps : [];
    expect(steps.map(({ keptFromRun }) => keptFromRun)).toEqual([first, 'run:flow/2.1', undefined, first, undefined]);
  });

  test('that is restarted keeps what it kept', () => {
    const situation = ended().when(fork('flow/1')).reported('flow/2/b', failed('USER', false));
    situation.when(restart('flow/2', {}, 'INCOMPLETE'));
    situation.shows('flow/2.2', 'RUNNING', 'a: SUCCEEDED, b: RUNNING, c: NOT_CREATED, d: SUCCEEDED, tidy: NOT_CREATED');
    expect(situation.run('flow/2').steps[0]).toMatchObject({ keptFrom: 1, keptFromRun: first });
  });

  test('is made of a run that still goes on, which goes on', () => {
    const situation = given(flow.replace('id: flow', 'id: flow\nrunStrategy: { parallel: 2 }'))
      .when(start('flow'))
      .reported('flow/1/a', succeeded({ n: 7 }))
      .when(fork('flow/1'));
    situation.shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING, c: NOT_CREATED, d: RUNNING, tidy: NOT_CREATED');
    situation.shows('flow/2', 'RUNNING', 'a: SUCCEEDED, b: RUNNING, c: NOT_CREATED, d: RUNNING, tidy: NOT_CREATED');
  });

  test('announces no signal again that a kept step announced', () => {
    const text =
      'id: flow\nsteps: [{ id: tell, publish: { signal: done } }, { id: b, needs: tell, run: x }, { id: again, needs: b, publish: { signal: last } }]';
    const situation = given(text).when(start('flow')).delivered();
    situation.reported('flow/1/b', failed('USER', false));
    const told = situation.taken.filter(({ body }) => body.type === 'TakeMessage').length;
    expect(told).toBe(1);
    situation.when(fork('flow/1')).then({ messages: [] });
    situation.reported('flow/2/b', succeeded()).then({ messages: [{ type: 'PublishFromStep', name: 'last' }] });
  });

  test('keeps the signal that started the run readable', () => {
    const text =
      'id: flow\ntriggers: [{ signal: s }]\nsteps: [{ id: a, run: x }, { id: b, needs: a, run: x, env: { K: "${signal.k}" } }]';
    const situation = given(text)
      .when(publish('s', { k: 'v' }))
      .delivered();
    situation.reported('flow/1/a', succeeded()).reported('flow/1/b', failed('USER', false)).when(fork('flow/1'));
    const decision = situation.taken.at(-1)?.decision;
    expect(decision?.kind === 'COMMIT' ? decision.gathered.effects[0] : undefined).toMatchObject({
      spec: { ok: true, value: { env: [{ name: 'K', value: 'v' }] } },
    });
  });

  test('of a run that another one started tells that one nothing', () => {
    const situation = given('id: kid\nsteps: [{ id: a, run: x }]', 'id: flow\nsteps: [{ id: s, workflow: kid }]')
      .when(start('flow'))
      .delivered();
    situation.reported('kid/1/a', succeeded()).delivered().shows('flow/1', 'SUCCEEDED');
    situation
      .when(fork('kid/1', { from: 'a' }))
      .reported('kid/2/a', succeeded())
      .then({ messages: [] });
    situation.shows('kid/2', 'SUCCEEDED');
  });

  test('keeps a loop that is done, whose outputs are read from the other run', () => {
    const text =
      'id: flow\nsteps: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: i, run: x, outputs: { r: long } }] }, { id: b, needs: each, run: x, when: "steps.each.i.r[1] == 9" }, { id: c, needs: b, run: x }]';
    const situation = given(text).when(start('flow'));
    situation.reported('flow/1/each[0]/i', succeeded({ r: 8 })).reported('flow/1/each[1]/i', succeeded({ r: 9 }));
    situation.when(stop('flow/1')).reported('flow/1/b', { outcome: 'cancelled' });
    situation.when(fork('flow/1')).shows('flow/2', 'RUNNING', 'each: SUCCEEDED, b: RUNNING, c: NOT_CREATED');
  });

  test('begins an incomplete loop or workflow from the start, since what they had begun belongs to the other run', () => {
    const text = 'id: flow\nsteps: [{ id: each, foreach: { v: [1, 2] }, concurrency: 1, steps: [{ id: i, run: x }] }]';
    const situation = given(text).when(start('flow')).reported('flow/1/each[0]/i', succeeded());
    situation.reported('flow/1/each[1]/i', failed('USER', false)).shows('flow/1', 'FAILED');
    situation.when(fork('flow/1')).shows('flow/2/each[0]', 'RUNNING', 'i: RUNNING');
  });
});

describe('a fork with another version', () => {
  const next =
    'id: flow\nparams: { speed: 1, more: 2 }\nsteps: [{ id: zero, noop: true }, { id: a, run: other, outputs: { n: long } }, { id: new, needs: a, run: y }, { id: d, needs: new, run: x }]';

  test('matches steps by their ids; what is not there, or behind it, runs anew', () => {
    const situation = ended()
      .applied(next)
      .when(fork('flow/1', { version: 2 }));
    situation.shows('flow/2', 'RUNNING', 'zero: SUCCEEDED, a: SUCCEEDED, new: RUNNING, d: NOT_CREATED');
    expect(situation.run('flow/2').version).toBe(2);
    expect(situation.run('flow/2').steps[1]?.keptFromRun).toBe(first);
  });

  test.each([
    ['declares an output that it did not have', 'run: x, outputs: { n: long, m: long }'],
    ['declares another type of it', 'run: x, outputs: { n: string }'],
    ['is of another kind', 'python: "print(1)", outputs: { n: long }'],
  ])('runs a step anew that %s', (_, step) => {
    const situation = ended()
      .applied(`id: flow\nsteps: [{ id: a, ${step} }]`)
      .when(fork('flow/1', { version: 2 }));
    situation.shows('flow/2', 'RUNNING', 'a: RUNNING');
  });

  test('runs a loop anew whose steps are others', () => {
    const loop = (inner: string): string =>
      `id: flow\nsteps: [{ id: each, foreach: { v: [1] }, steps: [${inner}] }, { id: z, run: x }]`;
    const situation = given(loop('{ id: i, noop: true }'))
      .when(start('flow'))
      .shows('flow/1', 'RUNNING', 'each: SUCCEEDED, z: RUNNING');
    situation.reported('flow/1/z', failed('USER', false)).applied(loop('{ id: i, noop: true }, { id: j, run: x }'));
    situation.when(fork('flow/1', { version: 2 })).shows('flow/2', 'RUNNING', 'each: RUNNING, z: RUNNING');
  });

  test('asks a condition again that is another one', () => {
    const text = (when: string): string => `id: flow\nsteps: [{ id: a, run: x, when: "${when}" }, { id: z, run: x }]`;
    const situation = given(text('false')).when(start('flow')).reported('flow/1/z', failed('USER', false));
    situation.applied(text('true'));
    situation.when(fork('flow/1')).shows('flow/2', 'RUNNING', 'a: UNSATISFIED, z: RUNNING');
    situation.reported('flow/2/z', succeeded());
    situation.when(fork('flow/1', { version: 2 })).shows('flow/3', 'RUNNING', 'a: RUNNING, z: RUNNING');
  });
});

describe('a fork is refused', () => {
  test.each([
    ['for a step that is not there', { from: 'nope' }, 'NOT_FOUND', 'has no step "nope"'],
    ['for a step under `finally`', { from: 'tidy' }, 'NOT_FOUND', 'has no step "tidy"'],
    ['for a version that is not there', { version: 9 }, 'NOT_FOUND', 'has no version 9'],
    ['for outputs of a step that runs anew', { outputs: [{ stepId: 'b', values: [] }] }, 'BAD_INPUT', 'is not kept'],
    ['for outputs of no step', { outputs: [{ stepId: 'q', values: [] }] }, 'NOT_FOUND', 'has no step "q"'],
    [
      'for an output that is not declared',
      { outputs: [{ stepId: 'a', values: entries({ m: 1 }) }] },
      'BAD_INPUT',
      'has no output "m"',
    ],
    [
      'for an output of another type',
      { outputs: [{ stepId: 'a', values: entries({ n: 'many' }) }] },
      'BAD_INPUT',
      'cannot have this value',
    ],
    ['for a parameter that is not declared', { params: entries({ sped: 1 }) }, 'BAD_INPUT', 'no parameter "sped"'],
    [
      'for parameters of a step that has none',
      { stepParams: [{ stepId: 'b', params: entries({ n: 1 }) }] },
      'BAD_INPUT',
      'has no parameters of its own',
    ],
  ])('%s', (_, wish, code, message) => {
    const situation = ended().when(fork('flow/1', wish));
    const decision = situation.taken.at(-1)?.decision;
    expect(decision).toMatchObject({ kind: 'REFUSED', refusals: [{ code }] });
    if (decision?.kind === 'REFUSED') expect(decision.refusals[0]?.message).toContain(message);
  });

  test('where nothing would run', () => {
    const situation = given('id: flow\nsteps: [{ id: a, noop: true }]').when(start('flow')).when(fork('flow/1'));
    situation.then({ refusal: { code: 'ACTION_NOT_ALLOWED', path: ['from'] } });
    situation.when(fork('flow/1', { from: 'a' })).shows('flow/2', 'SUCCEEDED');
  });

  test('for an iteration, naming the loop', () => {
    const situation = given('id: flow\nsteps: [{ id: each, foreach: { v: [1] }, steps: [{ id: i, run: x }] }]').when(
      start('flow'),
    );
    situation.when(fork('flow/1/each[0]')).then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
  });
});
