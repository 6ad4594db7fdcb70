// What every alarm clock does, whatever keeps it.

import { afterEach, describe, expect, test } from 'vitest';

import { type AlarmClock } from '../../src/ports/alarm-clock.ts';

/** An alarm clock over the same alarms as every other from this place, and its time. */
export interface AlarmsUnderTest {
  clock(): Promise<AlarmClock>;
  now(): number;
  /** Lets time pass until the condition holds, or the given time has passed. */
  until(isReached: () => boolean, atMost: number): Promise<void>;
  /** How late an alarm may be. */
  readonly lateness: number;
}

/** The suite of the port. */
export function alarmClockContract(name: string, make: () => AlarmsUnderTest): void {
  const clocks: AlarmClock[] = [];
  afterEach(async () => {
    await Promise.all(clocks.splice(0).map((clock) => clock.stop()));
  });
  const open = async (alarms: AlarmsUnderTest): Promise<AlarmClock> => {
    const clock = await alarms.clock();
    clocks.push(clock);
    return clock;
  };

  describe(`the alarm clock (${name})`, () => {
    test('rings once for a second that was asked for many times, not early, and hardly late', async () => {
      const alarms = make();
      const clock = await open(alarms);
      const rung: { readonly partition: number; readonly at: number }[] = [];
      const second = Math.ceil(alarms.now() / 1_000) + 1;
      await Promise.all([
        ...Array.from({ length: 5 }, () => clock.set(3, second * 1_000)),
        clock.set(4, second * 1_000),
      ]);
      await clock.start((partition) => {
        rung.push({ partition, at: alarms.now() });
      });
      await clock.set(3, second * 1_000 - 400);
      await clock.set(5, (second + 1) * 1_000);

      await alarms.until(() => rung.some(({ partition }) => partition === 5), 3_000 + alarms.lateness);

      expect(rung.map(({ partition }) => partition).sort()).toEqual([3, 4, 5]);
      for (const { partition, at } of rung) {
        const due = (partition === 5 ? second + 1 : second) * 1_000;
        expect(at).toBeGreaterThanOrEqual(due);
        expect(at).toBeLessThanOrEqual(due + alarms.lateness);
      }
    });

    test('rings for the past as soon as it is started, and may be set again for the same second from there', async () => {
      const alarms = make();
      const clock = await open(alarms);
      const past = alarms.now() - 60_000;
      let rings = 0;
      await clock.set(1, past);
      await clock.start(() => {
        rings += 1;
        if (rings === 1) void clock.set(1, past);
      });

      await alarms.until(() => rings === 2, 1_000 + 2 * alarms.lateness);

      expect(rings).toBe(2);
    });

    test('keeps alarms over a restart, also those that were about to ring', async () => {
      const alarms = make();
      const first = await open(alarms);
      const rung: string[] = [];
      await first.start((partition) => {
        rung.push(`first ${String(partition)}`);
      });
      const soon = Math.ceil(alarms.now() / 1_000) * 1_000 + 1_000;
      await first.set(1, soon);
      await first.set(2, soon + 1_000);
      await alarms.until(() => alarms.now() >= soon - 500, 2_000);
      await first.stop();
      await first.set(3, soon);

      const second = await open(alarms);
      await second.start((partition) => {
        rung.push(`second ${String(partition)}`);
      });
      await alarms.until(() => rung.length === 3, 3_000 + alarms.lateness);

      expect(rung.sort()).toEqual(['second 1', 'second 2', 'second 3']);
    });
  });
}
