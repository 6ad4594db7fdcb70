// Node's own clock and timers.

import { performance } from 'node:perf_hooks';
import { setImmediate as afterInput } from 'node:timers/promises';
import { type Milliseconds } from '../../core/time.ts';
import { type Clock } from '../../ports/clock.ts';

/** The longest time that one timer of Node can wait; longer ones fire at once. */
const LONGEST_TIMER: Milliseconds = 2 ** 31 - 1;

/** The clock of this process. */
export function createNodeClock(): Clock {
  return {
    monotonic: () => performance.now(),
    after: (delay, callback) => {
      const due = performance.now() + delay;
      let timer: NodeJS.Timeout;
      const wait = (): void => {
        const left = Math.min(Math.max(0, Math.ceil(due - performance.now())), LONGEST_TIMER);
        timer = setTimeout(() => {
          // Timers of Node may fire a little early, and long waits come in pieces.
          if (performance.now() < due) wait();
          else callback();
        }, left);
      };
      wait();
      return () => {
        clearTimeout(timer);
      };
    },
    yield: async () => {
      await afterInput();
    },
  };
}
