// Runs of thousands of steps go on over several commits, and come to the same end as in one.

import { describe, expect, test } from 'vitest';

import { givenMany, start, type Situation, stop, succeeded } from '../../support/given.ts';

const many = 5_000;
/** Enough for several commits, and quicker. */
const enough = 2_000;
const mostInOneCommit = 1_600;

function commits(situation: Situation): readonly number[] {
  return situation.taken.map(({ decision }) => (decision.kind === 'COMMIT' ? decision.gathered.events.length : 0));
}

describe('a run of thousands of steps', () => {
  test('in a chain of 5,000 goes on by messages to its own partition, and succeeds', () => {
    const before = (index: number): number | undefined => (index === 0 ? undefined : index - 1);
    const situation = givenMany(many, () => 'noop: true', before).when(start('flow'));
    situation
      .then({ messages: [{ type: 'Continue', entity: 'run:flow/1.1' }] })
      .shows('flow/1', 'RUNNING')
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
    expect(situation.run('flow/1').steps.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    expect(commits(situation).every((events) => events <= mostInOneCommit)).toBe(true);
    expect(situation.queue('flow').running).toEqual([]);
  });

  test('written in the reverse order does too', () => {
    const behind = (index: number): number | undefined => (index === enough - 1 ? undefined : index + 1);
    const situation = givenMany(enough, () => 'noop: true', behind);
    situation.when(start('flow')).delivered().shows('flow/1', 'SUCCEEDED');
  });

  test('that leave the engine, side by side, starts each once', () => {
    const situation = givenMany(enough, () => 'run: x')
      .when(start('flow'))
      .delivered();
    const effects = situation.taken.flatMap(({ decision }) =>
      decision.kind === 'COMMIT' ? decision.gathered.effects : [],
    );
    expect(effects).toHaveLength(enough);
    expect(new Set(effects.map(({ step }) => step)).size).toBe(enough);
    expect(commits(situation).every((events) => events <= mostInOneCommit)).toBe(true);
  });

  test('can be stopped and reported to in the middle of it', () => {
    const situation = givenMany(enough, (index) => (index === 0 ? 'run: x' : 'sleep: 1h'))
      .when(start('flow'))
      .delivered(1);
    situation.reported('flow/1/s0', succeeded()).when(stop('flow/1')).delivered().shows('flow/1', 'STOPPED');
    const counts = new Map<string, number>();
    for (const { status } of situation.run('flow/1').steps) counts.set(status, (counts.get(status) ?? 0) + 1);
    expect(counts.get('SUCCEEDED')).toBe(1);
    expect((counts.get('STOPPED') ?? 0) + (counts.get('NOT_CREATED') ?? 0)).toBe(enough - 1);
    expect(situation.queue('flow').running).toEqual([]);
  });

  test('of which 5,000 stand side by side holds back the next run until its own end', () => {
    const situation = givenMany(many, () => 'noop: true')
      .when(start('flow'))
      .when(start('flow'));
    situation.shows('flow/2', 'QUEUED').delivered().shows('flow/1', 'SUCCEEDED').shows('flow/2', 'SUCCEEDED');
  });
});
