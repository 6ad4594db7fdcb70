// Runs that an error of ours set aside: what stands in them goes on, what waits for them can be ended, and after their release
// they hear what they missed.

import { describe, expect, test } from 'vitest';

import { type EntityId } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { cancelled, given, type Situation, start, stop, succeeded } from '../../support/given.ts';

function setAside(situation: Situation, id: string): Situation {
  return situation.when({ type: 'SetAside', aim: { kind: 'entity', id: id as EntityId }, reason: 'a test' });
}

function release(id: string): CommandBody {
  return { type: 'Release', entity: id as EntityId };
}

describe('a run with loops that is set aside', () => {
  const text =
    'id: flow\nparams: { p: 1 }\nsteps: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: a, run: x }, { id: b, needs: a, when: "p == 1", sleep: 10s }] }, { id: c, needs: each, noop: true }]';

  test('does not hold up its iterations, and counts them once it is released', () => {
    const situation = setAside(given(text).when(start('flow')), 'run:flow/1.1');
    for (const index of [0, 1]) situation.reported(`flow/1/each[${String(index)}]/a`, succeeded());
    situation.after(60_000).shows('flow/1/each[1]', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED');
    situation.when(release('run:flow/1.1')).shows('flow/1', 'SUCCEEDED', 'each: SUCCEEDED, c: SUCCEEDED');
    expect(situation.run('flow/1').steps[0]?.loop?.ended.SUCCEEDED).toBe(2);
  });
});

describe('an iteration that is set aside', () => {
  test('is told to end once it is released, if its run was stopped meanwhile', () => {
    const situation = given('id: flow\nsteps: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: a, run: x }] }]');
    setAside(situation.when(start('flow')), 'run:flow/1.1/each[0]').when(stop('flow/1'));
    situation.reported('flow/1/each[1]/a', cancelled).shows('flow/1', 'RUNNING', 'each: RUNNING');
    situation.when(release('run:flow/1.1/each[0]')).reported('flow/1/each[0]/a', cancelled);
    situation.shows('flow/1', 'STOPPED', 'each: STOPPED');
  });
});

describe('a waiting run that is set aside', () => {
  test('starts in its turn once it is released', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x }]').when(start('flow')).when(start('flow'));
    setAside(situation, 'run:flow/2.1').reported('flow/1/a', succeeded());
    situation.when(release('run:flow/2.1')).shows('flow/2', 'RUNNING');
  });
});

describe('a run that waits for another workflow and is set aside while that ends', () => {
  test('can be stopped once it is released', () => {
    const situation = given(
      'id: kid\nsteps: [{ id: k, run: x }]',
      'id: flow\nsteps: [{ id: call, workflow: kid }]',
    ).when(start('flow'));
    setAside(situation.delivered(), 'run:flow/1.1').reported('kid/1/k', succeeded()).delivered();
    situation.when(release('run:flow/1.1')).shows('flow/1', 'RUNNING').when(stop('flow/1')).delivered();
    situation.shows('flow/1', 'STOPPED', 'call: SUCCEEDED');
  });
});
