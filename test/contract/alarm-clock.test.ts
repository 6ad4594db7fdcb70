// The alarm clock in memory, on a time that is moved by hand.

import { createMemoryAlarmClock } from '../../src/adapters/memory/alarm-clock.ts';
import { type Clock } from '../../src/ports/clock.ts';
import { alarmClockContract } from './alarm-clock.ts';

alarmClockContract('memory', () => {
  let now = 1_700_000_000_123;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const clock: Clock = {
    monotonic: () => now,
    after: (delay, callback) => {
      const timer = { at: now + delay, callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    yield: async () => undefined,
  };
  const alarmClock = createMemoryAlarmClock(clock, () => now);
  return {
    clock: async () => alarmClock,
    now: () => now,
    until: async (isReached, atMost) => {
      const end = now + atMost;
      for (; now <= end && !isReached(); now++) {
        await Promise.resolve();
        for (const timer of [...timers].filter(({ at }) => at <= now)) {
          timers.delete(timer);
          timer.callback();
        }
      }
    },
    lateness: 0,
  };
});
