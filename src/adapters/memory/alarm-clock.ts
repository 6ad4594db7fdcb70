// The alarm clock in memory, driven by a clock that is given. Alarms outlive `stop`, as they do in the durable one.

import { type Instant } from '../../core/time.ts';
import { type AlarmClock } from '../../ports/alarm-clock.ts';
import { type Clock } from '../../ports/clock.ts';

const SECOND = 1_000;

interface Alarm {
  readonly partition: number;
  readonly at: Instant;
  cancel: () => void;
}

/** Makes an alarm clock without alarms; `now` is the store's time, and `clock` calls back. */
export function createMemoryAlarmClock(clock: Clock, now: () => Instant): AlarmClock {
  const alarms = new Map<string, Alarm>();
  let ringing: ((partition: number) => void) | undefined;
  const ring = (key: string, alarm: Alarm): void => {
    const hear = ringing;
    if (hear === undefined) return;
    alarms.delete(key);
    hear(alarm.partition);
  };
  const arm = (key: string, alarm: Alarm): void => {
    alarm.cancel = clock.after(Math.max(0, alarm.at - now()), () => {
      ring(key, alarm);
    });
  };
  return {
    set: async (partition, at) => {
      // The end of its second: whatever else is due in that second is due when the one alarm rings.
      const second = Math.ceil(at / SECOND);
      const key = `${String(partition)}@${String(second)}`;
      if (alarms.has(key)) return;
      const alarm: Alarm = { partition, at: second * SECOND, cancel: () => undefined };
      alarms.set(key, alarm);
      if (ringing !== undefined) arm(key, alarm);
    },
    start: async (hear) => {
      if (ringing !== undefined) return;
      ringing = hear;
      for (const [key, alarm] of alarms) arm(key, alarm);
    },
    stop: async () => {
      ringing = undefined;
      for (const alarm of alarms.values()) alarm.cancel();
    },
  };
}
