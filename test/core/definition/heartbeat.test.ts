// `heartbeat`: where it may stand, and that whoever does the work is told of it.

import { expect, test } from 'vitest';

import { failed, given, type Situation, start } from '../../support/given.ts';
import { placesOf, withStep } from './text.ts';

const SECOND = 1_000;

function begun(step: string): Situation {
  return given(`id: flow\nsteps: [{ id: a, run: x, ${step} }]`).when(start('flow'));
}

test.each([
  ['noop: true', '5:5 no-effect'],
  ['sleep: 1h', '5:5 no-effect'],
  ['publish: { signal: done }', '5:5 no-effect'],
  ['wait: ready', '5:5 no-effect'],
  ['workflow: other', '5:5 no-effect'],
])('beside `%s` it is refused, since no program could give a sign of life', (work, place) => {
  expect(placesOf(withStep(work, 'heartbeat: 5m'))).toEqual([place]);
});

test('around a loop it is refused; each step inside may have its own', () => {
  const loop = withStep('foreach: { n: [1] }', 'heartbeat: 5m', 'steps: [{ id: y, run: ls, heartbeat: 5m }]');
  expect(placesOf(loop)).toEqual(['5:5 no-effect']);
});

test('that is as long as the timeout is refused, since the timeout always comes first', () => {
  expect(placesOf(withStep('run: ls', 'timeout: 5m', 'heartbeat: 300s'))).toEqual(['6:16 no-effect']);
  expect(placesOf(withStep('run: ls', 'timeout: 5m', 'heartbeat: 299s'))).toEqual([]);
});

test('must be a length of time', () => {
  expect(placesOf(withStep('run: ls', 'heartbeat: often'))).toEqual(['5:16 bad-duration']);
});

test('goes out with the attempt, and is absent where the step has none', () => {
  const spec = (situation: Situation): unknown => {
    const { decision } = situation.taken.at(-1) ?? {};
    const [effect] = decision?.kind === 'COMMIT' ? decision.gathered.effects : [];
    return effect?.type === 'StartAttempt' && effect.spec.ok ? effect.spec.value.heartbeat : 'no attempt';
  };
  expect(spec(begun('heartbeat: 90s'))).toBe(90 * SECOND);
  expect(spec(begun('timeout: 90s'))).toBeUndefined();
});

test('that was missed counts as a timeout: tried again as `retry: { timeout: n }` says, and then the step is over', () => {
  const silent = failed('TIMEOUT');
  begun('heartbeat: 5m').reported('flow/1/a', silent).shows('flow/1', 'TIMED_OUT', 'a: TIMED_OUT');
  begun('heartbeat: 5m, retry: { user: 3 }').reported('flow/1/a', silent).shows('flow/1', 'TIMED_OUT', 'a: TIMED_OUT');
  begun('heartbeat: 5m, retry: { timeout: 1 }')
    .reported('flow/1/a', silent)
    .shows('flow/1', 'RUNNING', 'a: RETRY_PENDING')
    .after(SECOND)
    .reported('flow/1/a', silent)
    .shows('flow/1', 'TIMED_OUT', 'a: TIMED_OUT');
});
