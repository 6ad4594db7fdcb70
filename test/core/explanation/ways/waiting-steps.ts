// Ways in which a step does not begin yet, since it waits for something.

import { failed, given, pause, publish, succeeded } from '../../../support/given.ts';
import {
  bad,
  chain,
  pair,
  ways,
  faulty,
  waiting,
  both,
  patient,
  starts,
  started,
  atBreakpoint,
  pausedWait,
  pooled,
  limited,
  explainStepAlone,
} from './situations.ts';
import { step, reason, type Way } from './way.ts';

/** Ways in which a step does not begin yet, since it waits for something. */
export const waitingSteps: readonly Way[] = [
  {
    what: 'its run waits in the queue',
    ask: () => reason(step(starts(given(chain), 2), 'flow/2/a')),
    code: 'STRATEGY',
    says: '"a" waits for its run to leave the queue.',
    unblock: 'See why its run waits: downbeat explain flow/2',
  },
  {
    what: 'a step that it needs is not done',
    ask: () => reason(step(started(chain), 'flow/1/b')),
    code: 'PREDECESSOR',
    says: '"b" waits for "a" to finish.',
  },
  {
    what: 'a step that it needs did not succeed',
    ask: () => reason(step(started(pair).reported('flow/1/a', bad), 'flow/1/c')),
    code: 'PREDECESSOR',
    says: '"c" will not begin: it needs "a", which did not succeed.',
    unblock: 'Find out why: downbeat explain flow/1/a – and then: downbeat retry flow/1/a',
  },
  {
    what: 'a step further back did not succeed',
    ask: () => reason(step(started(pair).reported('flow/1/a', bad), 'flow/1/d')),
    code: 'PREDECESSOR',
    says: '"d" will not begin: what it needs hangs on "a", which did not succeed.',
    unblock: 'Find out why: downbeat explain flow/1/a – and then: downbeat retry flow/1/a',
  },
  {
    what: 'the run ended since a step that it needs failed',
    ask: () => reason(step(started(chain).reported('flow/1/a', bad), 'flow/1/b')),
    code: 'PREDECESSOR',
    says: '"b" never began: it needs "a", which did not succeed.',
    unblock: 'Find out why: downbeat explain flow/1/a – and then: downbeat restart flow/1',
  },
  {
    what: 'its condition is false',
    ask: () => reason(step(started(chain).reported('flow/1/a', succeeded()), 'flow/1/b')),
    code: 'WHEN',
    says: '"b" was left out: its condition `n > 9` is false, since n is 5.',
    unblock: 'If the values or the condition should be others, correct them. Run it again: downbeat restart flow/1',
  },
  {
    what: 'no step leads to it',
    ask: () => reason(step(started(chain).reported('flow/1/a', succeeded()), 'flow/1/c')),
    code: 'NO_PATH',
    says: '"c" was left out: none of the steps that it needs leads to it ("b" was left out too).',
    unblock: 'See why: downbeat explain flow/1/b',
  },
  {
    what: 'the condition of the way to it is false',
    ask: () => reason(step(started(ways), 'flow/1/b')),
    code: 'NO_PATH',
    says: '"b" was left out: none of the steps that it needs leads to it ("a" leads to it only where `n > 9` holds).',
    unblock: 'See why: downbeat explain flow/1/a',
  },
  {
    what: 'its condition cannot be worked out',
    ask: () => reason(step(started(faulty), 'flow/1/a')),
    code: 'ENDED',
    says: '"a" failed: An expression of step "a" could not be evaluated: Division by zero.',
    unblock: 'Correct the expression and apply the workflow again, then start a new run: a restart keeps the version.',
  },
  {
    what: 'it stands at a breakpoint',
    ask: () => reason(step(atBreakpoint(), 'flow/1/a')),
    code: 'BREAKPOINT',
    says: '"a" stands at a breakpoint since 2026-01-15 12:00:00 UTC, which ada set: it has not begun, and does not by itself.',
    unblock: 'downbeat resume flow/1/a, or clear the breakpoint: downbeat break flow a --clear.',
  },
  {
    what: 'it waits for a signal that never came',
    ask: () => reason(step(started(waiting).delivered(), 'flow/1/w')),
    code: 'WAITING_FOR_SIGNAL',
    says: '"w" waits for "weather" with rows >= 100, since 2026-01-15 12:00:00 UTC.',
    unblock: 'downbeat publish weather -p rows=100 – or let it go on without: downbeat bypass flow/1 w',
  },
  {
    what: 'it waits for a signal, and the last one did not fit',
    ask: () =>
      reason(
        step(
          started(waiting)
            .delivered()
            .when(publish('weather', { rows: 7 }))
            .delivered(),
          'flow/1/w',
          ['weather-1'],
        ),
      ),
    code: 'WAITING_FOR_SIGNAL',
    says: '"w" waits for "weather" with rows >= 100, since 2026-01-15 12:00:00 UTC. The last "weather" (number 1, 2026-01-15 12:00:00 UTC) did not meet `rows >= 100`: rows was 7.',
    unblock: 'downbeat publish weather -p rows=100 – or let it go on without: downbeat bypass flow/1 w',
  },
  {
    what: 'it has one of its signals and waits for the other',
    ask: () => reason(step(started(both).delivered().when(publish('A')).delivered(), 'flow/1/w')),
    code: 'WAITING_FOR_SIGNAL',
    says: '"w" waits for "B", since 2026-01-15 12:00:00 UTC. It has "A" number 1 already.',
    unblock: 'downbeat publish B – or let it go on without: downbeat bypass flow/1 w',
  },
  {
    what: 'it has its signals, and its run is paused',
    ask: () => reason(step(pausedWait(), 'flow/1/w')),
    code: 'PAUSED',
    says: '"w" has all the signals that it waited for, and begins when its run goes on.',
    unblock: 'downbeat resume flow/1',
  },
  {
    what: 'the signal that it waited for did not come in time',
    ask: () => reason(step(started(patient).delivered().after(60_000), 'flow/1/w')),
    code: 'ENDED',
    says: '"w" took too long: It waited 60 s, as its timeout says, and "weather" did not come.',
    unblock:
      'See which demand was not met: downbeat explain on the step. Give "w" a longer `timeout`, or `onFailure: ignore` if the run can do without.',
  },
  {
    what: 'all permits of a pool are held',
    ask: () => reason(step(pooled(1, 'gpu: 1'), 'flow/2/a')),
    code: 'PERMITS',
    says: '"a" waits for 1 of pool gpu: 1 of 1 are held by flow/1/a; 1st in line.',
    unblock: 'Wait, or apply the pool "gpu" with a greater size.',
  },
  {
    what: 'it wants more permits than there are',
    ask: () => reason(step(pooled(1, 'gpu: 3'), 'flow/1/a')),
    code: 'PERMITS',
    says: '"a" waits for 3 of pool gpu, and that has 1 in all: it cannot begin like this.',
    unblock: 'Apply the pool "gpu" with a size of at least 3.',
  },
  {
    what: 'there is no such pool',
    ask: () => reason(step(pooled(1, 'tpu: 1'), 'flow/1/a')),
    code: 'PERMITS',
    says: '"a" waits for 1 of pool tpu, and there is no such pool: it cannot begin like this.',
    unblock: 'Apply the pool "tpu" with a size of at least 1.',
  },
  {
    what: 'the ledger has not answered yet',
    ask: () => reason(explainStepAlone(started('id: flow\nsteps: [{ id: a, run: x, pool: gpu }]'))),
    code: 'PERMITS',
    says: '"a" waits for 1 of pool gpu.',
  },
  {
    what: 'as many steps of its workflow work as may',
    ask: () => reason(step(limited('stepConcurrency'), 'flow/2/a')),
    code: 'PERMITS',
    says: '"a" waits for one of the 1 steps that its workflow lets work at once: 1 of 1 are held by flow/1/a; 2nd in line.',
    unblock: 'Wait, or let more steps work at once: `stepConcurrency` in the definition.',
  },
  {
    what: 'as many steps of its run work as may',
    ask: () => reason(step(limited('runStepConcurrency'), 'flow/1/b')),
    code: 'PERMITS',
    says: '"b" waits for one of the 1 steps that its run lets work at once: 1 of 1 are held by flow/1/a; 1st in line.',
    unblock: 'Wait, or let more steps work at once: `runStepConcurrency` in the definition.',
  },
  {
    what: 'it failed and is tried again later',
    ask: () => reason(step(started(chain).reported('flow/1/a', failed()), 'flow/1/a')),
    code: 'RETRY',
    says: '"a" failed and will be tried again at 2026-01-15 12:00:01 UTC: The command ended with exit code 3.',
    unblock: 'It is tried again by itself; to do so now: downbeat retry flow/1/a',
  },
  {
    what: 'it would be tried again, and its run is paused',
    ask: () => reason(step(started(chain).reported('flow/1/a', failed()).when(pause('flow/1')), 'flow/1/a')),
    code: 'PAUSED',
    says: '"a" failed and will be tried again once its run, which is paused, goes on: The command ended with exit code 3.',
    unblock: 'downbeat resume flow/1',
  },
  {
    what: 'it sleeps',
    ask: () => reason(step(started('id: flow\nsteps: [{ id: a, sleep: 5m }]'), 'flow/1/a')),
    code: 'SLEEP',
    says: '"a" sleeps until 2026-01-15 12:05:00 UTC.',
    unblock: 'It goes on by itself; to leave the rest of it out: downbeat skip flow/1/a',
  },
];
