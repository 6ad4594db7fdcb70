// Every action in every status of a run and of a step: what it does, or that it is refused and changes nothing.

import { describe, expect, test } from 'vitest';

import { runActions } from '../../../src/core/run/actions.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { breakAt, fork, resumeStep } from '../../support/asking.ts';
import {
  bypass,
  cancelled,
  failed,
  given,
  kill,
  pause,
  restart,
  resume,
  retry,
  type Situation,
  skip,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const SECOND = 1_000;
const run = (text: string): Situation => given(text).when(start('flow'));
const one = 'id: flow\nsteps: [{ id: a, run: x }]';
const tidied = 'id: flow\nsteps: [{ id: a, run: x }]\nfinally: [{ id: tidy, run: x }]';

/** A run in each status, and where more than its status counts, in each of those moments too. */
const moments = {
  QUEUED: () => run(one).when(start('flow')),
  RUNNING: () => run(one),
  PAUSED: () => run(one).when(pause('flow/1')),
  'RUNNING and being stopped': () => run(one).when(stop('flow/1')),
  'RUNNING and being killed': () => run(one).when(kill('flow/1')),
  'RUNNING its `finally`': () => run(tidied).reported('flow/1/a', succeeded()),
  SUCCEEDED: () => run(one).reported('flow/1/a', succeeded()),
  FAILED: () => run(one).reported('flow/1/a', failed('USER', false)),
  STOPPED: () => run(one).when(stop('flow/1')).reported('flow/1/a', cancelled),
  TIMED_OUT: () => run(one).reported('flow/1/a', failed('TIMEOUT', false)),
} as const;

const forkFromStart = (name: string): CommandBody => fork(name, { from: 'a' });
const wishes = { stop, kill, pause, resume, restart, fork: forkFromStart } as const;
type Wish = keyof typeof wishes;

describe('an action on a run', () => {
  const no = 'refused';
  const nothing = 'nothing';
  test.each([
    ['QUEUED', { stop: 'RunEnding', kill: 'RunEnding', pause: no, resume: no, restart: no, fork: no }],
    [
      'RUNNING',
      { stop: 'RunEnding', kill: 'RunEnding', pause: 'RunPaused', resume: nothing, restart: no, fork: 'RunCreated' },
    ],
    [
      'PAUSED',
      { stop: 'RunEnding', kill: 'RunEnding', pause: nothing, resume: 'RunResumed', restart: no, fork: 'RunCreated' },
    ],
    [
      'RUNNING and being stopped',
      { stop: nothing, kill: 'RunEnding', pause: no, resume: no, restart: no, fork: 'RunCreated' },
    ],
    [
      'RUNNING and being killed',
      { stop: nothing, kill: nothing, pause: no, resume: no, restart: no, fork: 'RunCreated' },
    ],
    [
      'RUNNING its `finally`',
      { stop: no, kill: 'RunEnding', pause: 'RunPaused', resume: nothing, restart: no, fork: 'RunCreated' },
    ],
    ['SUCCEEDED', { stop: no, kill: no, pause: no, resume: no, restart: 'RunSuperseded', fork: 'RunCreated' }],
    ['FAILED', { stop: no, kill: no, pause: no, resume: no, restart: 'RunSuperseded', fork: 'RunCreated' }],
    ['STOPPED', { stop: no, kill: no, pause: no, resume: no, restart: 'RunSuperseded', fork: 'RunCreated' }],
    ['TIMED_OUT', { stop: no, kill: no, pause: no, resume: no, restart: 'RunSuperseded', fork: 'RunCreated' }],
  ] as const)('that is %s does %o', (moment, effects) => {
    for (const [wish, effect] of Object.entries(effects)) {
      const situation = moments[moment]();
      const name = moment === 'QUEUED' ? 'flow/2' : 'flow/1';
      const before = situation.run(name);
      expect({ wish, isOffered: (runActions(before) as readonly string[]).includes(wish.toUpperCase()) }).toEqual({
        wish,
        isOffered: effect !== no && effect !== nothing,
      });
      expect(`${wish}: ${effectOf(situation, wishes[wish as Wish](name))}`).toBe(`${wish}: ${effect}`);
      if (effect === no || effect === nothing || wish === 'fork') expect(situation.run(name)).toBe(before);
    }
  });

  test('on an attempt that a restart has replaced is refused, but for a fork', () => {
    for (const [name, wish] of Object.entries(wishes)) {
      if (name === 'fork') continue;
      const situation = moments.FAILED().when(restart('flow/1'));
      expect(effectOf(situation, wish('flow/1.1'))).toBe(no);
    }
    expect(effectOf(moments.FAILED().when(restart('flow/1')), forkFromStart('flow/1.1'))).toBe('RunCreated');
  });

  test('on a run that is not there is refused', () => {
    for (const wish of Object.values(wishes)) {
      run(one)
        .when(wish('flow/9'))
        .then({ refusal: { code: 'NOT_FOUND' } });
      run(one)
        .when(wish('flow/1/each[0]'))
        .then({ refusal: { code: 'NOT_FOUND' } });
    }
  });
});

describe('an action on a step', () => {
  const beside = ', { id: z, run: x }]';
  const alone = (step: string): string => `id: flow\nsteps: [{ id: s, ${step} }${beside}`;
  const steps = {
    NOT_CREATED: () => run(`id: flow\nsteps: [{ id: s, needs: z, run: x }${beside}`),
    PAUSED: () => given(alone('run: x')).when(breakAt('flow', 's')).when(start('flow')),
    WAITING_FOR_SIGNALS: () => run(alone('wait: ready')),
    'WAITING_FOR_SIGNALS and paused': () => run(alone('wait: ready')).when(pause('flow/1')),
    WAITING_FOR_PERMITS: () => run(alone('run: x, pool: gpu')),
    'RUNNING outside': () => run(alone('run: x')),
    'RUNNING, asleep': () => run(alone('sleep: 1h')),
    'RUNNING and cut off': () => run(alone('run: x, timeout: 10s')).after(10 * SECOND),
    'RUNNING and being skipped': () => run(alone('run: x')).when(skip('flow/1/s')),
    RETRY_PENDING: () => run(alone('run: x, retry: 1')).reported('flow/1/s', failed()),
    'RETRY_PENDING and paused': () =>
      run(alone('run: x, retry: 1')).reported('flow/1/s', failed()).when(pause('flow/1')),
    SUCCEEDED: () => run(alone('noop: true')),
    COMPLETED_WITH_ERROR: () => run(alone('run: x, onFailure: ignore')).reported('flow/1/s', failed('USER', false)),
    SKIPPED: () => run(alone('sleep: 1h')).when(skip('flow/1/s')),
    UNSATISFIED: () => run(alone('noop: true, when: false')),
    FAILED: () => run(alone('run: x')).reported('flow/1/s', failed('USER', false)),
    STOPPED: () =>
      run(alone('foreach: { v: [1] }, steps: [{ id: i, run: x }]'))
        .when(stop('flow/1/s[0]'))
        .reported('flow/1/s[0]/i', cancelled),
    TIMED_OUT: () => run(alone('run: x')).reported('flow/1/s', failed('TIMEOUT', false)),
  } as const;
  const no = 'refused';

  test.each([
    ['NOT_CREATED', no, no, no],
    ['PAUSED', 'StepSkipped', no, 'StepResumed'],
    ['WAITING_FOR_SIGNALS', 'StepSkipped', no, no],
    ['WAITING_FOR_SIGNALS and paused', 'StepSkipped', no, no],
    ['WAITING_FOR_PERMITS', 'StepSkipped', no, no],
    ['RUNNING outside', 'AttemptCancelling', no, no],
    ['RUNNING, asleep', 'StepSkipped', no, no],
    ['RUNNING and cut off', 'AttemptCancelling', no, no],
    ['RUNNING and being skipped', 'nothing', no, no],
    ['RETRY_PENDING', 'StepSkipped', 'AttemptStarted', no],
    ['RETRY_PENDING and paused', 'StepSkipped', no, no],
    ['SUCCEEDED', no, no, no],
    ['COMPLETED_WITH_ERROR', no, no, no],
    ['SKIPPED', 'nothing', no, no],
    ['UNSATISFIED', no, no, no],
    ['FAILED', 'StepSkipped', 'StepRetried', no],
    ['STOPPED', 'StepSkipped', 'StepRetried', no],
    ['TIMED_OUT', 'StepSkipped', 'StepRetried', no],
  ] as const)('that is %s: a skip does %s, a retry does %s, a resume does %s', (moment, skipped, retried, resumed) => {
    expect(steps[moment]().run('flow/1').steps[0]?.status).toBe(moment.split(/[ ,]/u)[0]);
    for (const [wish, effect] of [
      [skip, skipped],
      [retry, retried],
      [resumeStep, resumed],
    ] as const) {
      const situation = steps[moment]();
      const before = situation.run('flow/1');
      expect(effectOf(situation, wish('flow/1/s'))).toBe(effect);
      if (effect === no || effect === 'nothing') expect(situation.run('flow/1')).toBe(before);
    }
  });

  test.each(Object.entries(steps))(
    'that is %s is let go on without its signals only if it waits for some',
    (moment, at) => {
      const effect = effectOf(at(), bypass('flow/1/s'));
      expect(effect).toBe(moment.startsWith('WAITING_FOR_SIGNALS') ? 'SignalsBypassed' : no);
    },
  );

  test.each(['RUNNING and being stopped', 'RUNNING and being killed', 'RUNNING its `finally`'] as const)(
    'of a run that is %s is refused',
    (moment) => {
      for (const wish of [skip, retry, resumeStep]) expect(effectOf(moments[moment](), wish('flow/1/a'))).toBe(no);
    },
  );

  test.each(['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT'] as const)(
    'of a run that is %s makes a new attempt of the run from there',
    (moment) => {
      moments[moment]().when(retry('flow/1/a')).shows('flow/1.2', 'RUNNING', 'a: RUNNING');
      moments[moment]().when(skip('flow/1/a')).shows('flow/1.2', 'SUCCEEDED', 'a: SKIPPED');
      expect(effectOf(moments[moment](), resumeStep('flow/1/a'))).toBe(no);
    },
  );

  test('that is not there names those that are', () => {
    run(one)
      .when(skip('flow/1/other'))
      .then({ refusal: { code: 'NOT_FOUND', hint: 'Its steps: a.' } });
  });
});

/** The first thing that comes of a command: the type of an event of the run, `nothing`, or `refused`. */
function effectOf(situation: Situation, body: CommandBody): string {
  const { decision } = situation.when(body).taken.at(-1) ?? {};
  if (decision?.kind === 'REFUSED') {
    const [refusal] = decision.refusals;
    expect(refusal).toMatchObject({ code: 'ACTION_NOT_ALLOWED' });
    expect(refusal?.message).toMatch(/^[A-Z].*\.$/u);
    return 'refused';
  }
  return decision?.kind === 'COMMIT' ? (decision.gathered.events[0]?.event.type ?? 'nothing') : 'undecided';
}
