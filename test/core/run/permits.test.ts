// Steps that need permits: they wait, begin with them, and return them however they end.

import { describe, expect, it } from 'vitest';

import { poolsEntity, runEntity } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { NO_POOLS, type PoolsState } from '../../../src/core/pool/pools.ts';
import {
  cancelled,
  failed,
  given,
  kill,
  pause,
  resume,
  retry,
  type Situation,
  skip,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';
import { permitFaults } from '../../support/permits.ts';

const pool = (id: string, size: number): CommandBody => ({ type: 'ApplyPool', pool: id, size });
const one = 'id: flow\nrunStrategy: { parallel: 9 }\nsteps: [{ id: a, run: x, pool: gpu }]';

function ledger(situation: Situation): PoolsState {
  const state = situation.entity(poolsEntity())?.state;
  return state?.kind === 'pools' ? state : NO_POOLS;
}

/** Everything is delivered and every law holds: then this is held, and this waits. */
function rests(situation: Situation, held: readonly string[], waiting: readonly string[] = []): Situation {
  situation.delivered();
  const states = new Map([...situation.entities()].map(([id, { state }]) => [id, state]));
  expect(
    permitFaults(
      states,
      situation.letters.map(({ message }) => message),
    ),
  ).toEqual([]);
  const names = (all: PoolsState['held']): readonly string[] =>
    all.map(({ run, stepId }) => `${run.slice(4)}/${stepId}`);
  expect(names(ledger(situation).held)).toEqual(held);
  expect(names(ledger(situation).waiting)).toEqual(waiting);
  return situation;
}

function two(size = 1): Situation {
  return given(one).when(pool('gpu', size)).when(start('flow')).delivered().when(start('flow')).delivered();
}

describe('a step that needs a permit', () => {
  it('waits until it has it, and begins then', () => {
    const situation = given(one).when(pool('gpu', 1)).when(start('flow'));
    situation.shows('flow/1', 'RUNNING', 'a: WAITING_FOR_PERMITS');
    rests(situation, ['flow/1.1/a']).shows('flow/1', 'RUNNING', 'a: RUNNING');
  });

  it('holds up the next, which begins when it has ended', () => {
    const situation = two();
    rests(situation, ['flow/1.1/a'], ['flow/2.1/a']);
    situation.reported('flow/1/a', succeeded());
    rests(situation, ['flow/2.1/a']).shows('flow/2', 'RUNNING', 'a: RUNNING');
    situation.reported('flow/2/a', succeeded());
    rests(situation, []).shows('flow/2', 'SUCCEEDED');
  });

  it.each([
    ['fails', (situation: Situation) => situation.reported('flow/1/a', failed('USER', false))],
    ['is stopped', (situation: Situation) => situation.when(stop('flow/1')).reported('flow/1/a', cancelled)],
    ['is killed', (situation: Situation) => situation.when(kill('flow/1')).reported('flow/1/a', cancelled)],
    ['is skipped', (situation: Situation) => situation.when(skip('flow/1/a')).reported('flow/1/a', cancelled)],
  ])('returns it when it %s', (_, end) => {
    rests(end(two()), ['flow/2.1/a']);
  });

  it.each([
    ['stopped', (situation: Situation) => situation.when(stop('flow/2'))],
    ['killed', (situation: Situation) => situation.when(kill('flow/2'))],
    ['skipped', (situation: Situation) => situation.when(skip('flow/2/a'))],
    ['paused', (situation: Situation) => situation.when(pause('flow/2'))],
  ])('leaves the queue when it is %s while it waits', (_, end) => {
    rests(end(two()), ['flow/1.1/a']);
  });

  it('asks again when its run is resumed', () => {
    const situation = two().when(pause('flow/2')).delivered();
    situation.reported('flow/1/a', succeeded());
    rests(situation, []).shows('flow/2', 'PAUSED', 'a: NOT_CREATED');
    rests(situation.when(resume('flow/2')), ['flow/2.1/a']);
  });

  it('does not hold it while it waits for its next try', () => {
    const situation = given('id: flow\nrunStrategy: { parallel: 9 }\nsteps: [{ id: a, run: x, pool: gpu, retry: 1 }]')
      .when(pool('gpu', 1))
      .when(start('flow'))
      .delivered()
      .reported('flow/1/a', failed());
    rests(situation, []).shows('flow/1', 'RUNNING', 'a: RETRY_PENDING');
    rests(situation.when(retry('flow/1/a')), ['flow/1.1/a']).shows('flow/1', 'RUNNING', 'a: RUNNING');
  });

  it('keeps it when its host is lost, since it goes out again', () => {
    const situation = two();
    situation.when({
      type: 'HostsLost',
      entity: runEntity({ workflowId: 'flow', number: 1, attempt: 1 }),
      hosts: [situation.host],
    });
    rests(situation, ['flow/1.1/a'], ['flow/2.1/a']).shows('flow/1', 'RUNNING', 'a: RUNNING');
  });

  it('is granted several pools at once or none', () => {
    const both = 'id: flow\nrunStrategy: { parallel: 9 }\nsteps: [{ id: a, run: x, pools: { gpu: 2, licence: 1 } }]';
    const situation = given(both).when(pool('gpu', 2)).when(pool('licence', 0)).when(start('flow'));
    rests(situation, [], ['flow/1.1/a']);
    rests(situation.when(pool('licence', 1)), ['flow/1.1/a']);
  });

  it('takes none for a tag as long as there is no such pool, and is counted once there is', () => {
    const situation = given('id: flow\nrunStrategy: { parallel: 9 }\nsteps: [{ id: a, run: x, tags: [api] }]');
    rests(situation.when(start('flow')), ['flow/1.1/a']).shows('flow/1', 'RUNNING', 'a: RUNNING');
    rests(situation.when(pool('api', 1)).when(start('flow')), ['flow/1.1/a'], ['flow/2.1/a']);
  });

  it('comes before others by its priority', () => {
    const of = (id: string, priority: number): string =>
      `id: ${id}\npriority: ${String(priority)}\nsteps: [{ id: a, run: x, pool: gpu }]`;
    const situation = given(of('low', 10), of('high', 90)).when(pool('gpu', 0));
    situation.when(start('low')).delivered().when(start('high'));
    rests(situation, [], ['high/1.1/a', 'low/1.1/a']);
    rests(situation.when(pool('gpu', 1)), ['high/1.1/a'], ['low/1.1/a']);
  });

  it('in a loop of many rounds, never more go on than there are permits', () => {
    const situation = given(
      'id: flow\nsteps: [{ id: each, foreach: { i: [1, 2, 3, 4, 5] }, steps: [{ id: a, run: x, pool: gpu }] }]',
    )
      .when(pool('gpu', 2))
      .when(start('flow'))
      .delivered();
    expect(ledger(situation).held).toHaveLength(2);
    expect(ledger(situation).waiting).toHaveLength(3);
    rests(
      situation.when(stop('flow/1')).reported('flow/1/each[0]/a', cancelled).reported('flow/1/each[1]/a', cancelled),
      [],
    );
    situation.shows('flow/1', 'STOPPED');
  });

  it('that runs another workflow holds it until that has ended', () => {
    const situation = given(
      'id: flow\nsteps: [{ id: a, workflow: inner, pool: gpu }]',
      'id: inner\nsteps: [{ id: b, run: x }]',
    )
      .when(pool('gpu', 1))
      .when(start('flow'));
    rests(situation, ['flow/1.1/a']);
    situation.reported('inner/1/b', succeeded());
    rests(situation, []).shows('flow/1', 'SUCCEEDED');
  });

  it('of an instant kind holds it for a moment', () => {
    const situation = given('id: flow\nsteps: [{ id: a, noop: true, pool: gpu }]')
      .when(pool('gpu', 1))
      .when(start('flow'));
    rests(situation, []).shows('flow/1', 'SUCCEEDED');
  });
});

describe('limits of a workflow', () => {
  it('`stepConcurrency` holds over all runs', () => {
    const situation = given('id: flow\nrunStrategy: { parallel: 9 }\nstepConcurrency: 1\nsteps: [{ id: a, run: x }]');
    situation.when(start('flow')).when(start('flow'));
    rests(situation, ['flow/1.1/a'], ['flow/2.1/a']);
    rests(situation.reported('flow/1/a', succeeded()), ['flow/2.1/a']);
  });

  it('`runStepConcurrency` holds within a run, its loops included, and not between runs', () => {
    const text =
      'id: flow\nrunStrategy: { parallel: 9 }\nrunStepConcurrency: 1\nsteps: [{ id: b, run: x }, { id: each, foreach: { i: [1, 2] }, steps: [{ id: a, run: x }] }]';
    const situation = given(text).when(start('flow')).when(start('flow')).delivered();
    rests(
      situation,
      ['flow/1.1/b', 'flow/2.1/b'],
      ['flow/1.1/each[0]/a', 'flow/1.1/each[1]/a', 'flow/2.1/each[0]/a', 'flow/2.1/each[1]/a'],
    );
  });

  it('what only waits is not counted', () => {
    given('id: flow\nstepConcurrency: 1\nsteps: [{ id: a, sleep: 10s }, { id: b, sleep: 10s }]')
      .when(start('flow'))
      .shows('flow/1', 'RUNNING', 'a: RUNNING, b: RUNNING');
  });
});

describe('a pool', () => {
  it('stays as long as it is held or waited for', () => {
    const situation = two();
    situation.when({ type: 'DeletePool', pool: 'gpu' }).then({ refusal: { code: 'ACTION_NOT_ALLOWED', path: ['id'] } });
    situation.reported('flow/1/a', succeeded()).delivered().reported('flow/2/a', succeeded()).delivered();
    situation.when({ type: 'DeletePool', pool: 'gpu' }).then({ events: ['PoolDeleted'] });
    rests(situation.when(start('flow')), [], ['flow/3.1/a']);
  });

  it('is the same when it is applied again, and refuses another version', () => {
    const situation = given(one).when(pool('gpu', 1)).when(pool('gpu', 1));
    situation.then({ events: [], outcome: { type: 'PoolApplied', changed: false, version: 1 } });
    situation
      .when({ type: 'ApplyPool', pool: 'gpu', size: 2, expectedVersion: 7 })
      .then({ refusal: { code: 'VERSION_CONFLICT', currentVersion: 1 } });
  });
});

describe('a run that is set aside', () => {
  const run = runEntity({ workflowId: 'flow', number: 2, attempt: 1 });

  it('returns what it is granted meanwhile, and asks again when it is released', () => {
    const situation = two();
    situation.when({ type: 'SetAside', aim: { kind: 'entity', id: run }, reason: 'a test' });
    situation.reported('flow/1/a', succeeded()).delivered();
    expect(ledger(situation).held).toEqual([]);
    rests(situation.when({ type: 'Release', entity: run }), ['flow/2.1/a']).shows('flow/2', 'RUNNING', 'a: RUNNING');
  });
});
