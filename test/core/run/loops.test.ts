// `foreach`: which iterations there are, how many go on at once, how they end, and what a step behind the loop sees of them.

import { describe, expect, test } from 'vitest';

import { iterationsEntity } from '../../../src/core/ids.ts';
import { type IterationsState } from '../../../src/core/run/iterations.ts';
import { type LoopState } from '../../../src/core/run/state.ts';
import {
  cancelled,
  failed,
  given,
  kill,
  restart,
  type Situation,
  skip,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const SECOND = 1_000;

/** A workflow of one loop over `values`, with more keys of the loop's step, and a step behind it. */
function looping(values: string, more = '', inner = '{ id: a, run: x, outputs: { n: long } }'): string {
  return `id: flow\nparams: { list: [1, 2, 3], limit: 3 }\nsteps:\n  - { id: each, foreach: { v: ${values} }, ${more} steps: [${inner}] }\n  - { id: b, needs: each, noop: true }`;
}

function loopOf(situation: Situation, run = 'flow/1', step = 0): LoopState {
  const { loop } = situation.run(run).steps[step] ?? {};
  if (loop === undefined) throw new Error(`no loop has begun in ${run}`);
  return loop;
}

/** The statuses in the record of a loop's try, or what holds their place. */
function recorded(situation: Situation, { book }: LoopState, chunk = 0): readonly (string | null)[] {
  const record = situation.entity(iterationsEntity(book, chunk))?.state as IterationsState | undefined;
  return record?.entries.map((entry) => entry && `${entry.status}${entry.keptFrom === undefined ? '' : ' kept'}`) ?? [];
}

describe('a loop', () => {
  test('runs its steps once for each value, which the steps see, and then goes on', () => {
    const situation = given(looping('[7, 8]')).when(start('flow'));
    expect(situation.run('flow/1/each[0]').params).toEqual([
      { name: 'v', type: 'long', value: 7 },
      { name: 'loop_index', type: 'long', value: 0 },
    ]);
    situation
      .shows('flow/1/each[1]', 'RUNNING', 'a: RUNNING')
      .reported('flow/1/each[1]/a', succeeded({ n: 80 }))
      .then({ events: ['StepSucceeded a', 'RunEnded SUCCEEDED', 'IterationRecorded', 'IterationEnded each'] })
      .shows('flow/1', 'RUNNING', 'each: RUNNING, b: NOT_CREATED')
      .reported('flow/1/each[0]/a', succeeded({ n: 70 }))
      .shows('flow/1', 'SUCCEEDED', 'each: SUCCEEDED, b: SUCCEEDED');
    expect(recorded(situation, loopOf(situation))).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  test('over several names runs each combination, the first name varying fastest', () => {
    const situation = given(
      'id: flow\nsteps: [{ id: each, foreach: { x: [a, b], y: [1, 2] }, steps: [{ id: s, run: x }] }]',
    ).when(start('flow'));
    const values = [0, 1, 2, 3].map((index) =>
      situation
        .run(`flow/1/each[${String(index)}]`)
        .params.slice(0, 2)
        .map(({ value }) => value),
    );
    expect(values).toEqual([
      ['a', 1],
      ['b', 1],
      ['a', 2],
      ['b', 2],
    ]);
  });

  test.each([
    ['a parameter', 'list', 3],
    ['an expression', '"Util.intsBetween(0, limit + 1, 1)"', 4],
  ])('takes its values from %s', (_, values, total) => {
    expect(loopOf(given(looping(values)).when(start('flow'))).total).toBe(total);
  });

  test('over nothing succeeds at once, and what it would have given are empty arrays', () => {
    given(
      'id: flow\nparams: { none: { type: long_array, value: [] } }\nsteps: [{ id: each, foreach: { v: none }, steps: [{ id: a, run: x, outputs: { n: long } }] }, { id: b, needs: each, when: "steps.each.a.n.length == 0", run: x }]',
    )
      .when(start('flow'))
      .shows('flow/1', 'RUNNING', 'each: SUCCEEDED, b: RUNNING');
  });

  test('hands the steps behind it an array over all iterations, null where one gave nothing', () => {
    const situation = given(
      'id: flow\nsteps: [{ id: each, foreach: { v: [1, 2, 3] }, onFailure: ignore, steps: [{ id: a, run: x, outputs: { n: long } }] }, { id: b, needs: each, run: x, env: { ALL: "${steps.each.a.n}" } }]',
    ).when(start('flow'));
    situation.reported('flow/1/each[2]/a', succeeded({ n: 9 })).reported('flow/1/each[0]/a', succeeded({ n: 7 }));
    situation.reported('flow/1/each[1]/a', failed('USER', false));
    const decision = situation.taken.at(-1)?.decision;
    const [effect] = decision?.kind === 'COMMIT' ? decision.gathered.effects : [];
    expect(effect).toMatchObject({ spec: { ok: true, value: { env: [{ name: 'ALL', value: '[7,null,9]' }] } } });
  });

  test('within a loop sees the values of both, and its own before those of the run', () => {
    const situation = given(`id: flow
params: { v: outside, w: also }
steps:
  - id: outer
    foreach: { x: [1, 2] }
    steps:
      - { id: first, run: x, outputs: { n: long } }
      - id: inner
        needs: first
        foreach: { y: [3, 4] }
        steps: [{ id: a, run: x, env: { ALL: "\${x} \${y} \${v} \${steps.first.n} \${loop_index}" } }]`).when(
      start('flow'),
    );
    situation.reported('flow/1/outer[1]/first', succeeded({ n: 5 }));
    const decision = situation.taken.at(-1)?.decision;
    const effects = decision?.kind === 'COMMIT' ? decision.gathered.effects : [];
    expect(effects.map((effect) => effect.run)).toEqual([
      'run:flow/1.1/outer[1]/inner[0]',
      'run:flow/1.1/outer[1]/inner[1]',
    ]);
    expect(effects[1]).toMatchObject({ spec: { value: { env: [{ value: '2 4 outside 5 1' }] } } });
  });
});

describe('the iterations of a loop that go on', () => {
  function running(situation: Situation): readonly number[] {
    return loopOf(situation).running;
  }

  test('are never more than its concurrency, and the next begins when one ends', () => {
    const situation = given(looping('[1, 2, 3, 4, 5]', 'concurrency: 2,')).when(start('flow'));
    expect(running(situation)).toEqual([0, 1]);
    situation.reported('flow/1/each[1]/a', succeeded());
    expect(running(situation)).toEqual([0, 2]);
    situation.reported('flow/1/each[2]/a', succeeded());
    expect(running(situation)).toEqual([0, 3]);
  });

  test('stay within a window that begins at the first of them, if the order is strict', () => {
    const situation = given(looping('[1, 2, 3, 4, 5]', 'concurrency: 2, strictOrdering: true,')).when(start('flow'));
    situation.reported('flow/1/each[1]/a', succeeded());
    expect(running(situation)).toEqual([0]);
    situation.reported('flow/1/each[0]/a', succeeded());
    expect(running(situation)).toEqual([2, 3]);
  });

  test('stay within that window also where a restart keeps some in the middle', () => {
    const situation = given(looping('[1, 2, 3, 4, 5, 6]', 'concurrency: 4, strictOrdering: true,')).when(start('flow'));
    for (const index of [1, 2, 3]) situation.reported(`flow/1/each[${String(index)}]/a`, succeeded());
    situation.reported('flow/1/each[0]/a', failed('USER', false)).shows('flow/1', 'FAILED');
    situation.when(restart('flow/1', {}, 'INCOMPLETE'));
    expect(running(situation)).toEqual([0]);
    situation.reported('flow/1/each[0]/a', succeeded());
    expect(running(situation)).toEqual([4, 5]);
  });

  test('are a hundred unless the definition says otherwise, also of a thousand', () => {
    const situation = given(looping('"Util.intsBetween(0, 1000, 1)"')).when(start('flow'));
    expect(running(situation)).toHaveLength(100);
    situation.delivered();
    expect(running(situation)).toHaveLength(100);
  });

  test('and those that ended add up to those that have begun, at every moment', () => {
    const situation = given(looping('"Util.intsBetween(0, 2500, 1)"', 'concurrency: 1000,', '{ id: a, noop: true }'));
    situation.when(start('flow'));
    for (let commits = 0; situation.letters.length > 0; commits++) {
      const { next, running: going, ended } = loopOf(situation);
      expect(ended.SUCCEEDED + going.length).toBe(next);
      expect(commits).toBeLessThan(50);
      situation.delivered(1);
    }
    situation.shows('flow/1', 'SUCCEEDED');
    const loop = loopOf(situation);
    expect([0, 1, 2].map((chunk) => recorded(situation, loop, chunk).length)).toEqual([1_000, 1_000, 500]);
    for (const { decision } of situation.taken) {
      if (decision.kind === 'COMMIT') expect(decision.gathered.events.length).toBeLessThan(1_700);
    }
  });
});

describe('a loop of which an iteration did not succeed', () => {
  test('begins no more of them, waits for those that go on, and tells which was the first', () => {
    const situation = given(looping('[1, 2, 3, 4]', 'concurrency: 2,')).when(start('flow'));
    situation
      .reported('flow/1/each[1]/a', failed('USER', false))
      .shows('flow/1', 'RUNNING', 'each: RUNNING, b: NOT_CREATED')
      .reported('flow/1/each[0]/a', succeeded())
      .shows('flow/1', 'FAILED', 'each: FAILED, b: NOT_CREATED');
    expect(situation.run('flow/1').failure).toMatchObject({
      kind: 'USER',
      code: 'ITERATIONS_FAILED',
      message: '1 of 4 iterations of "each" did not succeed: each[1] Step "a": The command ended with exit code 3.',
    });
    expect(loopOf(situation)).toMatchObject({ next: 2, running: [], ended: { SUCCEEDED: 1, FAILED: 1 } });
  });

  test('stops the others if it fails now', () => {
    given(looping('[1, 2, 3]', 'onFailure: fail-now,'))
      .when(start('flow'))
      .reported('flow/1/each[1]/a', failed('USER', false))
      .shows('flow/1', 'RUNNING', 'each: RUNNING, b: NOT_CREATED')
      .shows('flow/1/each[0]', 'RUNNING', 'a: RUNNING')
      .reported('flow/1/each[0]/a', cancelled)
      .reported('flow/1/each[2]/a', cancelled)
      .shows('flow/1/each[0]', 'STOPPED')
      .shows('flow/1', 'FAILED', 'each: FAILED, b: NOT_CREATED');
  });

  test('counts as done if its failure is ignored, and still begins no more of them', () => {
    const situation = given(looping('[1, 2, 3]', 'onFailure: ignore, concurrency: 1,')).when(start('flow'));
    situation
      .reported('flow/1/each[0]/a', failed('USER', false))
      .shows('flow/1', 'SUCCEEDED', 'each: COMPLETED_WITH_ERROR, b: SUCCEEDED');
    expect(loopOf(situation).next).toBe(1);
  });

  test.each([
    ['FAILED, if one failed', ['FAILED', 'TIMED_OUT', 'STOPPED'], 'FAILED'],
    ['TIMED_OUT, if one timed out and none failed', ['TIMED_OUT', 'STOPPED', 'SUCCEEDED'], 'TIMED_OUT'],
    ['STOPPED, if one was stopped and none did worse', ['SUCCEEDED', 'STOPPED', 'SUCCEEDED'], 'STOPPED'],
    ['SUCCEEDED, if all of them did', ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED'], 'SUCCEEDED'],
  ])('is %s', (_, ends, status) => {
    const situation = given(looping('[1, 2, 3]')).when(start('flow'));
    for (const [index, end] of ends.entries()) {
      const name = `flow/1/each[${String(index)}]`;
      if (end === 'STOPPED') situation.when(stop(name)).reported(`${name}/a`, cancelled);
      else if (end === 'SUCCEEDED') situation.reported(`${name}/a`, succeeded());
      else situation.reported(`${name}/a`, failed(end === 'FAILED' ? 'USER' : 'TIMEOUT', false));
      expect(situation.run(name).status).toBe(end);
    }
    expect(situation.run('flow/1').steps[0]?.status).toBe(status);
    expect(situation.run('flow/1').status).toBe(status);
  });

  test('is tried again as its policy says, and does only what had not succeeded', () => {
    const situation = given(looping('[1, 2, 3]', 'retry: 1,')).when(start('flow'));
    for (const [index, result] of [succeeded({ n: 1 }), failed('USER', false), succeeded({ n: 3 })].entries()) {
      situation.reported(`flow/1/each[${String(index)}]/a`, result);
    }
    situation.shows('flow/1', 'RUNNING', 'each: RETRY_PENDING, b: NOT_CREATED').after(SECOND);
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 3, ended: { SUCCEEDED: 2, FAILED: 0 } });
    situation.reported('flow/1/each[1.2]/a', succeeded({ n: 2 })).shows('flow/1', 'SUCCEEDED');
    expect(recorded(situation, loopOf(situation))).toEqual(['SUCCEEDED kept', 'SUCCEEDED', 'SUCCEEDED kept']);
    expect(loopOf(situation)).toMatchObject({ next: 3, running: [], ended: { SUCCEEDED: 3 } });
  });

  test('keeps what succeeded over any number of tries', () => {
    const situation = given(looping('[1, 2, 3]', 'concurrency: 1,')).when(start('flow'));
    situation.reported('flow/1/each[0]/a', succeeded()).reported('flow/1/each[1]/a', failed('USER', false));
    situation.when(restart('flow/1', {}, 'INCOMPLETE'));
    expect(loopOf(situation)).toMatchObject({ running: [1], ended: { SUCCEEDED: 1 } });
    situation.reported('flow/1/each[1]/a', failed('USER', false)).when(restart('flow/1', {}, 'INCOMPLETE'));
    expect(loopOf(situation)).toMatchObject({ running: [1], ended: { SUCCEEDED: 1 } });
    situation.reported('flow/1/each[1]/a', succeeded()).reported('flow/1/each[2]/a', succeeded());
    situation.shows('flow/1', 'SUCCEEDED', 'each: SUCCEEDED, b: SUCCEEDED');
    expect(recorded(situation, loopOf(situation))).toEqual(['SUCCEEDED kept', 'SUCCEEDED', 'SUCCEEDED']);
  });

  test('keeps also the thousands that a try in between never came to', () => {
    const inner = '{ id: a, when: "v == 0", run: x }';
    const situation = given(looping('"Util.intsBetween(0, 2500, 1)"', 'concurrency: 2,', inner));
    situation.when(start('flow')).delivered();
    expect(loopOf(situation)).toMatchObject({ next: 2_500, running: [0], ended: { SUCCEEDED: 2_499 } });
    situation.reported('flow/1/each[0]/a', failed('USER', false)).shows('flow/1', 'FAILED');
    situation.when(restart('flow/1', {}, 'INCOMPLETE'));
    // One commit does not take over all that is kept; the iteration fails before the next does.
    expect(loopOf(situation)).toMatchObject({ running: [0], next: 1_001 });
    situation.delivered(1).reported('flow/1/each[0]/a', failed('USER', false)).delivered().shows('flow/1', 'FAILED');
    situation
      .when(restart('flow/1', {}, 'INCOMPLETE'))
      .delivered()
      .reported('flow/1/each[0]/a', succeeded())
      .delivered();
    situation.shows('flow/1', 'SUCCEEDED');
    expect([...situation.entities().keys()].filter((id) => id.startsWith('run:flow/1.3/'))).toHaveLength(1);
  });
});

describe('a loop that cannot begin', () => {
  test.each([
    ['an expression that gives no array', `"any['k']"`, 'EXPRESSION_TYPE'],
    [
      'more values than there may be',
      '"Util.intsBetween(0, 20000, 1)", w: "Util.intsBetween(0, 20, 1)"',
      'LOOP_TOO_LONG',
    ],
  ])('for %s fails, with one attempt that says why', (_, values, code) => {
    const situation = given(
      `id: flow\nparams: { any: { type: map, value: { k: 3 } } }\nsteps: [{ id: each, retry: 3, foreach: { v: ${values} }, steps: [{ id: a, run: x }] }]`,
    );
    situation.when(start('flow')).shows('flow/1', 'FAILED', 'each: FAILED');
    expect(situation.run('flow/1').steps[0]?.attempts).toMatchObject([{ number: 1, failure: { code } }]);
  });

  test('since its values are others than before tells so, and forgets nothing of what was done', () => {
    const situation = given(looping('list')).when(start('flow'));
    for (const [index, result] of [succeeded(), failed('USER', false), succeeded()].entries()) {
      situation.reported(`flow/1/each[${String(index)}]/a`, result);
    }
    situation.when(restart('flow/1', { list: [1, 2] }, 'INCOMPLETE')).shows('flow/1', 'FAILED');
    expect(situation.run('flow/1').failure?.code).toBe('LOOP_CHANGED');
    situation.when(restart('flow/1', { list: [1, 2, 3] }, 'INCOMPLETE'));
    expect(loopOf(situation)).toMatchObject({ running: [1], ended: { SUCCEEDED: 2 } });
    situation.reported('flow/1/each[1]/a', succeeded()).shows('flow/1', 'SUCCEEDED');
    expect(recorded(situation, loopOf(situation))).toEqual(['SUCCEEDED kept', 'SUCCEEDED', 'SUCCEEDED kept']);
  });
});

describe('a loop that is to end', () => {
  test.each([
    ['stopped', stop('flow/1'), 'STOPPED'],
    ['killed', kill('flow/1'), 'FAILED'],
  ] as const)('since its run is %s tells every iteration, and begins no more', (_, wish, status) => {
    const situation = given(looping('[1, 2, 3]', 'concurrency: 2,')).when(start('flow')).when(wish);
    expect(situation.run('flow/1/each[0]')).toMatchObject({ ending: { status: 'STOPPED' } });
    situation.reported('flow/1/each[0]/a', succeeded()).shows('flow/1', 'RUNNING', 'each: RUNNING, b: NOT_CREATED');
    situation.reported('flow/1/each[1]/a', cancelled).shows('flow/1', status, 'each: STOPPED, b: NOT_CREATED');
    expect(loopOf(situation)).toMatchObject({ next: 2, ended: { STOPPED: 2 } });
  });

  test('in the middle of a long cascade begins no iteration after the stop', () => {
    const situation = given(looping('"Util.intsBetween(0, 5000, 1)"', 'concurrency: 5,', '{ id: a, noop: true }'));
    situation.when(start('flow'));
    const { next } = loopOf(situation);
    expect(next).toBeLessThan(5_000);
    situation.when(stop('flow/1')).delivered().shows('flow/1', 'STOPPED', 'each: STOPPED, b: NOT_CREATED');
    expect(loopOf(situation).next).toBe(next);
  });

  test('of thousands of iterations in loops side by side ends them over several commits', () => {
    const loop = (id: string): string =>
      `{ id: ${id}, concurrency: 1000, foreach: { v: "Util.intsBetween(0, 1000, 1)" }, steps: [{ id: in-${id}, sleep: 1h }] }`;
    const situation = given(`id: flow\nsteps: [${loop('one')}, ${loop('two')}, ${loop('three')}]`);
    situation.when(start('flow')).delivered();
    expect([0, 1, 2].map((step) => loopOf(situation, 'flow/1', step).running.length)).toEqual([1_000, 1_000, 1_000]);
    situation.when(stop('flow/1')).delivered().shows('flow/1', 'STOPPED', 'one: STOPPED, two: STOPPED, three: STOPPED');
  });

  test('of thousands that do not end by themselves tells every one, without waiting for any', () => {
    const loop = (id: string): string =>
      `{ id: ${id}, concurrency: 1000, foreach: { v: "Util.intsBetween(0, 1000, 1)" }, steps: [{ id: in-${id}, run: x }] }`;
    const situation = given(`id: flow\nsteps: [${loop('one')}, ${loop('two')}, ${loop('three')}]`);
    situation.when(start('flow')).delivered().when(stop('flow/1')).delivered();
    const going = [...situation.entities().values()].flatMap(({ state }) =>
      state.kind === 'run' && state.path !== undefined ? [state.ending?.status] : [],
    );
    expect(going).toEqual(Array.from({ length: 3_000 }, () => 'STOPPED'));
  });

  test('by its timeout ends its iterations, and is TIMED_OUT', () => {
    const situation = given(looping('[1, 2]', 'timeout: 10s,'))
      .when(start('flow'))
      .after(10 * SECOND);
    situation.shows('flow/1/each[0]', 'RUNNING').reported('flow/1/each[0]/a', cancelled);
    situation.reported('flow/1/each[1]/a', cancelled).shows('flow/1', 'TIMED_OUT', 'each: TIMED_OUT, b: NOT_CREATED');
    expect(situation.run('flow/1').failure?.code).toBe('STEP_TIMEOUT');
  });

  test('by its timeout goes on where it was, if its policy grants another try', () => {
    const situation = given(looping('[1, 2]', 'timeout: 10s, retry: { timeout: 1 },')).when(start('flow'));
    situation
      .reported('flow/1/each[0]/a', succeeded())
      .after(10 * SECOND)
      .reported('flow/1/each[1]/a', cancelled);
    situation.shows('flow/1', 'RUNNING', 'each: RETRY_PENDING, b: NOT_CREATED').after(SECOND);
    expect(loopOf(situation)).toMatchObject({ running: [1], ended: { SUCCEEDED: 1 } });
    situation
      .reported('flow/1/each[1.2]/a', succeeded())
      .after(20 * SECOND)
      .shows('flow/1', 'SUCCEEDED');
  });

  test('since it is skipped ends its iterations, and the run goes on', () => {
    given(looping('[1, 2]'))
      .when(start('flow'))
      .when(skip('flow/1/each'))
      .reported('flow/1/each[0]/a', cancelled)
      .reported('flow/1/each[1]/a', cancelled)
      .shows('flow/1', 'SUCCEEDED', 'each: SKIPPED, b: SUCCEEDED');
  });

  test('nine deep is told at every level', () => {
    const nest = (depth: number): string =>
      depth === 0
        ? '{ id: a, run: x }'
        : `{ id: l${String(depth)}, foreach: { v${String(depth)}: [1] }, steps: [${nest(depth - 1)}] }`;
    const path = Array.from({ length: 9 }, (_, index) => `l${String(9 - index)}[0]`).join('/');
    given(`id: flow\nsteps: [${nest(9)}]`)
      .when(start('flow'))
      .shows(`flow/1/${path}`, 'RUNNING', 'a: RUNNING')
      .when(stop('flow/1'))
      .reported(`flow/1/${path}/a`, cancelled)
      .shows('flow/1', 'STOPPED', 'l9: STOPPED')
      .when(restart('flow/1', {}, 'INCOMPLETE'))
      .reported(`flow/1/${path}/a`, succeeded())
      .shows('flow/1', 'SUCCEEDED', 'l9: SUCCEEDED');
  });
});
