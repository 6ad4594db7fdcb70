// A run that a step of another run waits for begins again: the way up is read as it is, and what is asked for comes down again.

import { describe, expect, test } from 'vitest';

import { type EntityId, queueEntity, runEntity, type RunPlace } from '../../src/core/ids.ts';
import { type CommandBody } from '../../src/core/partition/command.ts';
import { newestAttempt, type QueueState } from '../../src/core/queue/queue.ts';
import { type RunState } from '../../src/core/run/state.ts';
import { type RestartPoint } from '../../src/core/run/restart-from.ts';
import { type RunReader } from '../../src/engine/use-cases/read-runs.ts';
import { restartUp } from '../../src/engine/use-cases/restart-up.ts';
import { bodyFor } from '../core/run/looking.ts';
import { failed, given, type Situation, start, stepTarget, succeeded } from '../support/given.ts';

const bad = failed('USER', false);

/** Reads runs from a situation. */
function readerOf(situation: Situation): Pick<RunReader, 'place' | 'view'> {
  const stateOf = (id: EntityId): unknown => situation.entity(id)?.state;
  return {
    place: ({ workflowId, number, attempt, ...path }) => {
      const queue = stateOf(queueEntity(workflowId)) as QueueState | undefined;
      const newest = attempt ?? (queue === undefined ? undefined : newestAttempt(queue, number));
      return Promise.resolve(newest === undefined ? undefined : { workflowId, number, attempt: newest, ...path });
    },
    view: (place: RunPlace) => {
      const state = stateOf(runEntity(place)) as RunState | undefined;
      return Promise.resolve(
        state === undefined ? undefined : ({ state, definition: bodyFor(situation, state) } as never),
      );
    },
  };
}

async function restarted(situation: Situation, run: string, from?: RestartPoint): Promise<CommandBody | undefined> {
  const { run: target } = stepTarget(`${run}/x`);
  const wish = { run: target, params: [], ...(from === undefined ? {} : { from }) };
  const body = await restartUp(readerOf(situation), wish, 'ada');
  if (body !== undefined) situation.when(body).delivered();
  return body;
}

const leaf = 'id: leaf\nrunStrategy: { parallel: 5 }\nsteps: [{ id: a, run: x }, { id: b, needs: a, run: x }]';
const middle =
  'id: middle\nrunStrategy: { parallel: 5 }\nsteps: [{ id: calls, workflow: leaf }, { id: then, needs: calls, run: x }]';
const top =
  'id: top\nsteps: [{ id: each, foreach: { n: [1, 2] }, steps: [{ id: calls, workflow: middle }] }, { id: end, needs: each, run: x }]';

/** `leaf/1` has failed at its second step, and with it everything up to `top/1`; the other iteration succeeded. */
function allFailed(): Situation {
  const situation = given(leaf, middle, top).when(start('top')).delivered();
  for (const number of [1, 2]) situation.reported(`leaf/${String(number)}/a`, succeeded());
  return situation
    .reported('leaf/1/b', bad)
    .reported('leaf/2/b', succeeded())
    .delivered()
    .reported('middle/2/then', succeeded())
    .delivered()
    .shows('top/1', 'FAILED', 'each: FAILED, end: NOT_CREATED');
}

describe('a run that failed with all that waited for it', () => {
  test('begins again in the outermost, at the place of each step that waits, and they go on from there', async () => {
    const situation = allFailed();
    await restarted(situation, 'leaf/1', { kind: 'STEP', step: 'b' });
    situation.shows('leaf/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
    situation.shows('middle/1', 'RUNNING', 'calls: RUNNING, then: NOT_CREATED');
    situation.shows('top/1', 'RUNNING', 'each: RUNNING, end: NOT_CREATED');
    expect(['leaf/1', 'middle/1', 'top/1'].map((run) => situation.run(run).attempt)).toEqual([2, 2, 2]);
    expect(['leaf/2', 'middle/2'].map((run) => situation.run(run).attempt)).toEqual([1, 1]);
    situation.reported('leaf/1/b', succeeded()).delivered().reported('middle/1/then', succeeded()).delivered();
    situation.reported('top/1/end', succeeded()).shows('top/1', 'SUCCEEDED');
    expect(situation.run('top/1').cause).toMatchObject({ kind: 'RESTART', actor: 'ada', from: { step: 'each' } });
    expect(situation.run('leaf/1').cause).toMatchObject({ kind: 'RESTART', actor: 'ada', from: { step: 'b' } });
  });

  test('from its beginning does all of its own anew, and nothing else', async () => {
    const situation = allFailed();
    await restarted(situation, 'leaf/1');
    situation.shows('leaf/1', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
  });

  test('begins again in the first that goes on', async () => {
    const going = top.replace('{ id: end', '{ id: beside, run: x }, { id: end');
    const situation = given(leaf, middle, going).when(start('top')).delivered();
    situation.reported('leaf/1/a', bad).delivered();
    situation.reported('leaf/2/a', succeeded()).reported('leaf/2/b', succeeded()).delivered();
    situation.reported('middle/2/then', succeeded()).delivered();
    situation.shows('top/1', 'RUNNING', 'each: FAILED, beside: RUNNING, end: NOT_CREATED');
    const body = await restarted(situation, 'leaf/1');
    // The iteration is over: the partition of `top` finds that the run around it goes on.
    expect(body).toMatchObject({ run: { workflowId: 'top', number: 1 } });
    expect(situation.run('top/1').attempt).toBe(1);
    situation.shows('leaf/1', 'RUNNING', 'a: RUNNING, b: NOT_CREATED');
    situation.reported('leaf/1/a', succeeded()).reported('leaf/1/b', succeeded()).delivered();
    situation.reported('middle/1/then', succeeded()).delivered().reported('top/1/beside', succeeded());
    situation.reported('top/1/end', succeeded()).shows('top/1', 'SUCCEEDED');
  });

  test('whose own caller is asked goes on with the run that it had', async () => {
    const situation = allFailed();
    await restarted(situation, 'middle/1', { kind: 'INCOMPLETE' });
    expect(['leaf/1', 'middle/1', 'top/1'].map((run) => situation.run(run).attempt)).toEqual([2, 2, 2]);
    situation.shows('leaf/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
  });
});

describe('what is deep inside', () => {
  const looping =
    'id: leaf\nrunStrategy: { parallel: 5 }\nsteps: [{ id: each, foreach: { n: [1, 2] }, steps: [{ id: a, run: x }, { id: b, needs: a, run: x }] }]';

  test('an iteration of a run that a step waits for begins again alone, and both go on', async () => {
    const situation = given(looping, middle).when(start('middle')).delivered();
    for (const index of [0, 1]) situation.reported(`leaf/1/each[${String(index)}]/a`, succeeded());
    situation.reported('leaf/1/each[0]/b', succeeded()).reported('leaf/1/each[1]/b', bad).delivered();
    situation.shows('middle/1', 'FAILED');
    await restarted(situation, 'leaf/1/each[1]', { kind: 'STEP', step: 'b' });
    situation.shows('leaf/1/each[1]', 'RUNNING', 'a: SUCCEEDED, b: RUNNING');
    situation.reported('leaf/1/each[1]/b', succeeded()).delivered().reported('middle/1/then', succeeded());
    situation.shows('middle/1', 'SUCCEEDED');
  });

  test('what failed beside it stays failed, can be restarted after it, and only then all goes on', async () => {
    const both =
      'id: both\nsteps: [{ id: c1, workflow: leaf }, { id: c2, workflow: leaf }, { id: end, needs: [c1, c2], run: x }]';
    const situation = given(leaf, both).when(start('both')).delivered();
    for (const number of [1, 2]) {
      situation.reported(`leaf/${String(number)}/a`, succeeded()).reported(`leaf/${String(number)}/b`, bad);
    }
    situation.delivered().shows('both/1', 'FAILED');
    await restarted(situation, 'leaf/1', { kind: 'STEP', step: 'b' });
    situation.reported('leaf/1/b', succeeded()).delivered();
    situation.shows('both/1', 'FAILED', 'c1: SUCCEEDED, c2: FAILED, end: NOT_CREATED');
    await restarted(situation, 'leaf/2', { kind: 'STEP', step: 'b' });
    situation.shows('leaf/2', 'RUNNING', 'a: SUCCEEDED, b: RUNNING').reported('leaf/2/b', succeeded()).delivered();
    situation.reported('both/1/end', succeeded()).shows('both/1', 'SUCCEEDED');
    expect(situation.run('both/1').attempt).toBe(3);
  });

  test('a run of an iteration that was kept begins again after another one has', async () => {
    const loop = 'id: top\nsteps: [{ id: each, foreach: { n: [1, 2] }, steps: [{ id: calls, workflow: leaf }] }]';
    const situation = given(leaf, loop).when(start('top')).delivered();
    for (const number of [1, 2]) {
      situation.reported(`leaf/${String(number)}/a`, succeeded()).reported(`leaf/${String(number)}/b`, bad);
    }
    situation.delivered().shows('top/1', 'FAILED');
    await restarted(situation, 'leaf/1', { kind: 'STEP', step: 'b' });
    situation.reported('leaf/1/b', succeeded()).delivered().shows('top/1', 'FAILED', 'each: FAILED');
    await restarted(situation, 'leaf/2', { kind: 'STEP', step: 'b' });
    situation.reported('leaf/2/b', succeeded()).delivered().shows('top/1', 'SUCCEEDED');
  });

  test('a step that is not there is refused where it would be, and nothing around begins', async () => {
    const situation = allFailed();
    expect(await restarted(situation, 'leaf/1', { kind: 'STEP', step: 'nope' })).toBeUndefined();
    expect(situation.run('top/1').attempt).toBe(1);
  });
});

describe('nobody is climbed over', () => {
  test('who did not wait', async () => {
    const situation = given(leaf, 'id: calls\nsteps: [{ id: it, workflow: { id: leaf, async: true } }]')
      .when(start('calls'))
      .delivered()
      .reported('leaf/1/a', bad);
    expect(await restarted(situation, 'leaf/1')).toBeUndefined();
  });

  test('who has another run by now', async () => {
    const situation = given(leaf, middle).when(start('middle')).delivered().reported('leaf/1/a', bad).delivered();
    situation.shows('middle/1', 'FAILED').when({ type: 'RestartRun', run: stepTarget('middle/1/x').run, params: [] });
    situation.delivered().shows('leaf/2', 'RUNNING');
    expect(await restarted(situation, 'leaf/1')).toBeUndefined();
  });

  test('whose run goes on: it is refused there', async () => {
    const situation = given(leaf, middle).when(start('middle')).delivered();
    expect(await restarted(situation, 'leaf/1')).toBeUndefined();
  });
});

test('a run whose step has succeeded and goes on to the next is not pulled back', async () => {
  const situation = given(leaf, middle).when(start('middle')).delivered();
  situation.reported('leaf/1/a', succeeded()).reported('leaf/1/b', succeeded()).delivered();
  situation.shows('middle/1', 'RUNNING', 'calls: SUCCEEDED, then: RUNNING');
  await restarted(situation, 'leaf/1');
  const { decision } = situation.taken.at(-1) ?? {};
  expect(decision).toMatchObject({ kind: 'REFUSED', refusals: [{ code: 'ACTION_NOT_ALLOWED' }] });
  expect(decision).toMatchObject({ refusals: [{ hint: expect.stringContaining('--alone') as string }] });
});
