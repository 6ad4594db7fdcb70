// What has ended inside a run begins again with what it stands in: up to the first that goes on, or to the run. Everything beside
// it stays as it ended.

import { describe, expect, test } from 'vitest';

import { iterationsEntity, runEntity } from '../../../src/core/ids.ts';
import { type IterationsState } from '../../../src/core/run/iterations.ts';
import { type LoopState } from '../../../src/core/run/state.ts';
import { failed, given, restart, retry, type Situation, skip, start, stop, succeeded } from '../../support/given.ts';

const SECOND = 1_000;
const bad = failed('USER', false);
const two = '{ id: a, run: x, outputs: { n: long } }, { id: b, needs: a, run: x }';

/** A loop over three values with two steps in each iteration, one step before it and one behind. */
function looping(more = '', inner = two): Situation {
  const loop = `{ id: each, needs: before, foreach: { v: [1, 2, 3] }, ${more} steps: [${inner}] }`;
  return given(
    `id: flow\nsteps: [{ id: before, noop: true }, ${loop}, { id: after, needs: each, run: x }, { id: beside, run: x }]`,
  ).when(start('flow'));
}

/** Each iteration ends as it is told. */
function ended(situation: Situation, well: readonly boolean[], run = 'flow/1'): Situation {
  for (const [index, isWell] of well.entries()) {
    const name = `${run}/each[${String(index)}]`;
    situation.reported(`${name}/a`, succeeded({ n: index }));
    situation.reported(`${name}/b`, isWell ? succeeded() : bad);
  }
  return situation;
}

/** The run has failed, since its second iteration did. */
const failedRun = (more = ''): Situation =>
  ended(looping(more), [true, false, true]).reported('flow/1/beside', succeeded()).shows('flow/1', 'FAILED');

function loopOf(situation: Situation, run = 'flow/1'): LoopState {
  const loop = situation.run(run).steps.find((step) => step.loop !== undefined)?.loop;
  if (loop === undefined) throw new Error(`no loop has begun in ${run}`);
  return loop;
}

function recorded(situation: Situation, run = 'flow/1'): readonly (string | undefined)[] {
  const record = situation.entity(iterationsEntity(loopOf(situation, run).book, 0))?.state as
    IterationsState | undefined;
  return record?.entries.map((entry) => entry?.status) ?? [];
}

describe('an iteration of a loop that is over, in a run that is over', () => {
  test('begins again in a new attempt of the run, alone, and what needs the loop comes behind it', () => {
    const situation = failedRun().when(restart('flow/1/each[1]'));
    situation.shows('flow/1', 'RUNNING', 'before: SUCCEEDED, each: RUNNING, after: NOT_CREATED, beside: SUCCEEDED');
    expect(situation.run('flow/1').attempt).toBe(2);
    situation.shows('flow/1/each[1]', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 3, ended: { SUCCEEDED: 2 } });
    situation.reported('flow/1/each[1]/a', succeeded({ n: 5 })).reported('flow/1/each[1]/b', succeeded());
    expect(recorded(situation)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    situation.reported('flow/1/after', succeeded()).shows('flow/1', 'SUCCEEDED');
  });

  test('begins at a step of it, with what the steps before had given', () => {
    const situation = failedRun().when(restart('flow/1/each[1]', {}, { step: 'b' }));
    situation.shows('flow/1/each[1]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
    expect(situation.run('flow/1/each[1]').steps[0]).toMatchObject({
      outputs: [{ name: 'n', value: 1 }],
      keptFrom: 1,
      keptFromRun: 'run:flow/1.1/each[1]',
    });
  });

  test('begins at what is incomplete in it', () => {
    const situation = failedRun().when(restart('flow/1/each[1]', {}, 'INCOMPLETE'));
    situation.shows('flow/1/each[1]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
  });

  test('begins again although it had succeeded, and the run too', () => {
    const situation = ended(looping(), [true, true, true]);
    situation.reported('flow/1/beside', succeeded()).reported('flow/1/after', succeeded()).shows('flow/1', 'SUCCEEDED');
    situation.when(restart('flow/1/each[0]'));
    situation.shows('flow/1', 'RUNNING', 'before: SUCCEEDED, each: RUNNING, after: NOT_CREATED, beside: SUCCEEDED');
    expect(loopOf(situation).running).toEqual([0]);
  });

  test('leaves others that failed as they ended, and then the loop fails for those', () => {
    const situation = ended(looping(), [false, false, true]).reported('flow/1/beside', succeeded());
    situation.when(restart('flow/1/each[1]'));
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 3, ended: { SUCCEEDED: 1, FAILED: 1 } });
    situation.reported('flow/1/each[1]/a', succeeded({ n: 5 })).reported('flow/1/each[1]/b', succeeded());
    situation.shows('flow/1', 'FAILED', 'before: SUCCEEDED, each: FAILED, after: NOT_CREATED, beside: SUCCEEDED');
    expect(situation.run('flow/1').failure?.message).toContain('1 of 3 iterations of "each" did not succeed: each[0]');
    situation.when(restart('flow/1', {}, 'INCOMPLETE'));
    expect(loopOf(situation)).toMatchObject({ running: [0], ended: { SUCCEEDED: 2 } });
  });

  test('lets those begin behind it that had not begun, since it had failed', () => {
    const situation = looping('concurrency: 1,').reported('flow/1/beside', succeeded());
    for (const [index, isWell] of [true, false].entries()) {
      situation.reported(`flow/1/each[${String(index)}]/a`, succeeded({ n: index }));
      situation.reported(`flow/1/each[${String(index)}]/b`, isWell ? succeeded() : bad);
    }
    situation.shows('flow/1', 'FAILED').when(restart('flow/1/each[1]'));
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 2, ended: { SUCCEEDED: 1, FAILED: 0 } });
    situation.reported('flow/1/each[1]/a', succeeded({ n: 5 })).reported('flow/1/each[1]/b', succeeded());
    expect(loopOf(situation)).toMatchObject({ running: [2], next: 3, ended: { SUCCEEDED: 2 } });
  });

  test('keeps the others however long the loop is, also if it ends before they are all taken over', () => {
    const loop =
      '{ id: each, foreach: { v: "Util.intsBetween(0, 2500, 1)" }, concurrency: 1000, steps: [{ id: a, when: "v == 2400", run: x }] }';
    const situation = given(`id: flow\nsteps: [${loop}]`).when(start('flow'));
    situation.delivered().reported('flow/1/each[2400]/a', bad).delivered().shows('flow/1', 'FAILED');
    situation.when(restart('flow/1/each[2400]'));
    while (situation.run('flow/1/each[2400]').steps[0]?.status !== 'RUNNING') situation.delivered(1);
    situation.reported('flow/1/each[2400]/a', succeeded()).delivered();
    situation.shows('flow/1', 'SUCCEEDED');
    expect(loopOf(situation)).toMatchObject({ next: 2500, ended: { SUCCEEDED: 2500, FAILED: 0 } });
    for (const chunk of [0, 1, 2]) {
      const record = situation.entity(iterationsEntity(loopOf(situation).book, chunk))?.state as IterationsState;
      expect(record.entries.every((entry) => entry?.status === 'SUCCEEDED')).toBe(true);
    }
  });

  test('is left out at a step of it that is skipped, and begins again at one that is tried again', () => {
    const skipped = failedRun().when(skip('flow/1/each[1]/b'));
    skipped.shows('flow/1/each[1]', 'SUCCEEDED', 'a: SUCCEEDED, b: SKIPPED');
    skipped.reported('flow/1/after', succeeded()).shows('flow/1', 'SUCCEEDED');
    const retried = failedRun().when(retry('flow/1/each[1]/b'));
    retried.shows('flow/1/each[1]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
  });

  test('may be stopped as any other, before it has begun too', () => {
    const situation = failedRun().when(restart('flow/1/each[1]')).when(stop('flow/1'));
    situation.reported('flow/1/each[1]/a', { outcome: 'cancelled' }).shows('flow/1', 'STOPPED');
    expect(loopOf(situation)).toMatchObject({ running: [], ended: { SUCCEEDED: 2, STOPPED: 1 } });
  });

  test('that a later attempt of the run has kept begins again in that one', () => {
    const situation = failedRun().when(restart('flow/1/each[1]'));
    situation.reported('flow/1/each[1]/a', bad).shows('flow/1', 'FAILED');
    situation.when(restart('flow/1.1/each[2]'));
    expect(situation.run('flow/1').attempt).toBe(3);
    expect(loopOf(situation)).toMatchObject({ running: [2], ended: { SUCCEEDED: 1, FAILED: 1 } });
  });

  test('that has run again since is refused, and so is any while its run goes on anew', () => {
    const situation = failedRun().when(restart('flow/1/each[1]'));
    situation.when(restart('flow/1.1/each[1]')).then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
    situation.when(restart('flow/1.1/each[2]')).then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
  });

  test('is not stopped because of the others, where one failure ends all at once', () => {
    const situation = looping('onFailure: fail-now,').reported('flow/1/each[0]/a', bad);
    for (const index of [1, 2]) situation.reported(`flow/1/each[${String(index)}]/a`, { outcome: 'cancelled' });
    situation.reported('flow/1/beside', { outcome: 'cancelled' }).shows('flow/1', 'FAILED');
    situation.when(restart('flow/1/each[0]')).reported('flow/1/each[0]/a', succeeded({ n: 1 }));
    situation.shows('flow/1/each[0]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
  });

  test('leaves what failed beside it as it is, so that the run fails for it', () => {
    const situation = ended(looping(), [true, false, true]).reported('flow/1/beside', bad).shows('flow/1', 'FAILED');
    situation.when(restart('flow/1/each[1]', {}, { step: 'b' })).reported('flow/1/each[1]/b', succeeded());
    situation.reported('flow/1/after', succeeded());
    situation.shows('flow/1', 'FAILED', 'before: SUCCEEDED, each: SUCCEEDED, after: SUCCEEDED, beside: FAILED');
  });

  test('lets what failed beside it be tried again while the run goes on', () => {
    const situation = ended(looping(), [true, false, true]).reported('flow/1/beside', bad).shows('flow/1', 'FAILED');
    situation.when(restart('flow/1/each[1]', {}, { step: 'b' })).when(retry('flow/1/beside'));
    situation.reported('flow/1/each[1]/b', succeeded()).reported('flow/1/after', succeeded());
    situation.reported('flow/1/beside', succeeded()).shows('flow/1', 'SUCCEEDED');
  });

  test('begins what had not begun when the run was stopped', () => {
    const last = '{ id: last, needs: beside, run: x }';
    const loop = '{ id: each, foreach: { v: [1] }, steps: [{ id: a, run: x }] }';
    const situation = given(`id: flow\nsteps: [${loop}, { id: beside, run: x }, ${last}]`).when(start('flow'));
    situation.reported('flow/1/each[0]/a', succeeded()).when(stop('flow/1'));
    situation.reported('flow/1/beside', { outcome: 'cancelled' }).shows('flow/1', 'STOPPED');
    situation.when(restart('flow/1/each[0]')).when(retry('flow/1/beside')).reported('flow/1/each[0]/a', succeeded());
    situation.reported('flow/1/beside', succeeded()).reported('flow/1/last', succeeded()).shows('flow/1', 'SUCCEEDED');
  });

  test('goes on where it was after a restart that was cut short', () => {
    const situation = looping('concurrency: 1, tolerate: 1,').reported('flow/1/beside', succeeded());
    for (const index of [0, 1]) {
      situation.reported(`flow/1/each[${String(index)}]/a`, succeeded({ n: index }));
      situation.reported(`flow/1/each[${String(index)}]/b`, bad);
    }
    situation
      .shows('flow/1', 'FAILED')
      .when(restart('flow/1', {}, 'INCOMPLETE'))
      .when(stop('flow/1'));
    situation.reported('flow/1/each[0]/b', { outcome: 'cancelled' }).shows('flow/1', 'STOPPED');
    situation.when(restart('flow/1', {}, 'INCOMPLETE')).reported('flow/1/each[0]/b', succeeded());
    situation.shows('flow/1/each[1]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
  });

  test('says so where the attempt that keeps it was set aside by an error', () => {
    const situation = failedRun().when(restart('flow/1/each[1]'));
    const id = runEntity({ workflowId: 'flow', number: 1, attempt: 2 });
    situation.when({ type: 'SetAside', aim: { kind: 'entity', id }, reason: 'a test' });
    situation.when(restart('flow/1.1/each[2]')).then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
  });

  test('that stands under `finally` does not begin again alone', () => {
    const cleaning = 'finally: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: a, run: x }] }]';
    const situation = given(`id: flow\nsteps: [{ id: s, noop: true }]\n${cleaning}`).when(start('flow'));
    for (const index of [0, 1]) situation.reported(`flow/1/each[${String(index)}]/a`, succeeded());
    situation.shows('flow/1', 'SUCCEEDED').when(restart('flow/1/each[0]'));
    situation.then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
  });

  test('takes no other parameters', () => {
    failedRun()
      .when(restart('flow/1/each[1]', { v: 9 }))
      .then({ refusal: { code: 'BAD_INPUT' } });
  });
});

describe('a run that begins again from what is incomplete', () => {
  test('goes on in the iterations that had failed, with what was done in them', () => {
    const situation = failedRun().when(restart('flow/1', {}, 'INCOMPLETE'));
    situation.shows('flow/1/each[1]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
    expect(situation.run('flow/1/each[1]').steps[0]).toMatchObject({ keptFromRun: 'run:flow/1.1/each[1]' });
  });

  test('does all of an iteration anew that has another value now', () => {
    const over = 'id: flow\nparams: { list: [1, 2] }\nsteps: [{ id: each, foreach: { v: list }, steps: [';
    const situation = given(`${over}${two}] }]`).when(start('flow'));
    situation.reported('flow/1/each[0]/a', succeeded({ n: 1 })).reported('flow/1/each[0]/b', bad);
    situation.reported('flow/1/each[1]/a', succeeded({ n: 1 })).reported('flow/1/each[1]/b', bad);
    situation.when(restart('flow/1', { list: [1, 5] }, 'INCOMPLETE'));
    situation.shows('flow/1/each[0]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
    situation.shows('flow/1/each[1]', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
  });
});

describe('an iteration of a loop that is over, in a run that goes on', () => {
  const going = (more = ''): Situation =>
    ended(looping(more), [true, false, true]).shows(
      'flow/1',
      'RUNNING',
      'before: SUCCEEDED, each: FAILED, after: NOT_CREATED, beside: RUNNING',
    );

  test('begins again in another attempt of the loop, and the run goes on to succeed', () => {
    const situation = going().when(restart('flow/1/each[1]'));
    expect(situation.run('flow/1').attempt).toBe(1);
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 3, ended: { SUCCEEDED: 2 } });
    situation.shows('flow/1/each[1.2]', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
    situation.reported('flow/1/each[1.2]/a', succeeded({ n: 5 })).reported('flow/1/each[1.2]/b', succeeded());
    situation.reported('flow/1/after', succeeded()).reported('flow/1/beside', succeeded()).shows('flow/1', 'SUCCEEDED');
  });

  test('also where the loop waits for its next try', () => {
    const situation = ended(looping('retry: 1,'), [true, false, true]);
    situation.shows('flow/1', 'RUNNING', 'before: SUCCEEDED, each: RETRY_PENDING, after: NOT_CREATED, beside: RUNNING');
    situation.when(restart('flow/1/each[1]', {}, { step: 'b' }));
    situation.shows('flow/1/each[1.2]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
    expect(situation.after(60 * SECOND).run('flow/1').steps[1]?.attempts).toHaveLength(2);
  });

  test('cannot begin again where the loop succeeded and what is behind it goes on', () => {
    ended(looping(), [true, true, true])
      .when(restart('flow/1/each[1]'))
      .then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
  });
});

describe('an iteration within an iteration', () => {
  const nested = '{ id: inner, foreach: { w: [1, 2] }, steps: [{ id: i, run: x }, { id: j, needs: i, run: x }] }';
  const place = 'flow/1/each[1]/inner[0]';

  const failedDeep = (): Situation => {
    const situation = looping('', nested);
    for (const outer of [0, 1, 2]) {
      for (const inner of [0, 1]) {
        const name = `flow/1/each[${String(outer)}]/inner[${String(inner)}]`;
        situation.reported(`${name}/i`, succeeded());
        situation.reported(`${name}/j`, outer === 1 && inner === 0 ? bad : succeeded());
      }
    }
    return situation.reported('flow/1/beside', succeeded()).shows('flow/1', 'FAILED');
  };

  test('begins again down the whole way, at the step that was asked for', () => {
    const situation = failedDeep().when(restart(place, {}, { step: 'j' }));
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 3, ended: { SUCCEEDED: 2 } });
    expect(loopOf(situation, 'flow/1/each[1]')).toMatchObject({ running: [0], next: 2, ended: { SUCCEEDED: 1 } });
    situation.shows(place, 'RUNNING', 'i: SUCCEEDED, j: RUNNING').reported(`${place}/j`, succeeded());
    situation.reported('flow/1/after', succeeded()).shows('flow/1', 'SUCCEEDED');
  });

  test('begins again in the iteration around it, which has its place in a loop that goes on', () => {
    const situation = looping('', nested).reported(`${place}/i`, bad);
    situation.reported('flow/1/each[1]/inner[1]/i', succeeded()).reported('flow/1/each[1]/inner[1]/j', succeeded());
    situation.shows('flow/1/each[1]', 'FAILED', 'inner: FAILED');
    situation.when(restart(place)).shows('flow/1/each[1]', 'RUNNING', 'inner: RUNNING');
    expect(situation.run('flow/1').attempt).toBe(1);
    situation.shows('flow/1/each[1]/inner[0.2]', 'RUNNING', 'i: RUNNING, j: NOT_CREATED');
    expect(loopOf(situation, 'flow/1/each[1]')).toMatchObject({ running: [0], ended: { SUCCEEDED: 1 } });
  });
});

describe('a round of a `while` that is over', () => {
  const counting =
    'id: flow\nsteps: [{ id: turn, while: "n < 3", values: { n: 0 }, steps: [{ id: n1, run: x, outputs: { n: long } }] }]';

  const done = (): Situation => {
    const situation = given(counting).when(start('flow'));
    for (const round of [0, 1, 2]) situation.reported(`flow/1/turn[${String(round)}]/n1`, succeeded({ n: round + 1 }));
    return situation.shows('flow/1', 'SUCCEEDED');
  };

  test('is gone back to, with the values that it had, and those behind it come anew', () => {
    const situation = done().when(restart('flow/1/turn[1]'));
    expect(loopOf(situation)).toMatchObject({ running: [1], next: 2, ended: { SUCCEEDED: 1 } });
    expect(situation.run('flow/1/turn[1]').params).toMatchObject([
      { name: 'n', value: 1 },
      { name: 'loop_index', value: 1 },
    ]);
    situation.reported('flow/1/turn[1]/n1', succeeded({ n: 2 })).shows('flow/1/turn[2]', 'RUNNING', 'n1: RUNNING');
    situation.reported('flow/1/turn[2]/n1', succeeded({ n: 3 })).shows('flow/1', 'SUCCEEDED');
    expect(loopOf(situation)).toMatchObject({ next: 3, ended: { SUCCEEDED: 3 } });
  });

  test('that an error sets aside before its run begins fails the loop, and does not end it well', () => {
    const situation = done().when(start('flow')).when(restart('flow/1/turn[1]'));
    const id = runEntity({ workflowId: 'flow', number: 1, attempt: 1, path: 'turn[1]' });
    situation.when({ type: 'SetAside', aim: { kind: 'entity', id }, reason: 'a test' }).when(stop('flow/2'));
    situation.reported('flow/2/turn[0]/n1', { outcome: 'cancelled' }).shows('flow/1', 'FAILED', 'turn: FAILED');
    expect(situation.run('flow/1').failure?.message).toContain('was to go back to the round 1');
  });

  test('leaves nothing of those behind it to a later try', () => {
    const long =
      'id: flow\nsteps: [{ id: turn, while: "loop_index < 1400", values: { n: 0 }, steps: [{ id: a, when: "loop_index == 500", run: x, outputs: { n: long } }, { id: z, needs: a, noop: true }] }]';
    const situation = given(long).when(start('flow')).delivered();
    situation
      .reported('flow/1/turn[500]/a', succeeded({ n: 1 }))
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
    situation.when(restart('flow/1/turn[500]')).delivered().reported('flow/1/turn[500]/a', bad).delivered();
    situation.when(restart('flow/1', {}, 'INCOMPLETE')).delivered();
    situation
      .reported('flow/1/turn[500]/a', succeeded({ n: 77 }))
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
    expect(situation.run('flow/1/turn[1399]').params[0]).toMatchObject({ name: 'n', value: 77 });
  });

  test('and fails then, ends the loop', () => {
    const situation = done().when(restart('flow/1/turn[1]')).reported('flow/1/turn[1]/n1', bad);
    situation.shows('flow/1', 'FAILED', 'turn: FAILED');
    expect(loopOf(situation)).toMatchObject({ running: [], next: 2, ended: { SUCCEEDED: 1, FAILED: 1 } });
  });
});
