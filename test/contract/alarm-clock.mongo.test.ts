// Agenda's alarm clock on a real MongoDB, in real time.

import { setTimeout as elapse } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';

import { createAgendaAlarmClock } from '../../src/adapters/agenda/alarm-clock.ts';
import { type AlarmClock } from '../../src/ports/alarm-clock.ts';
import { alarmClockContract, type AlarmsUnderTest } from './alarm-clock.ts';
import { useMongoDatabase } from './mongo-database.ts';
import { silentLogger } from './silent-logger.ts';

const database = useMongoDatabase();
const { log, facts } = silentLogger();
const clock = (nodeId = 'node-1'): Promise<AlarmClock> => createAgendaAlarmClock({ db: database().db, nodeId, log });

// Agenda looks for due jobs each second, and this machine may be busy.
const real: AlarmsUnderTest = {
  clock,
  now: () => Date.now(),
  until: async (isReached, atMost) => {
    for (const end = Date.now() + atMost; Date.now() < end && !isReached();) await elapse(10);
  },
  lateness: 4_000,
};
alarmClockContract('Agenda', () => real);

describe('alarms of Agenda', () => {
  test('ring in one of several processes, leave nothing behind, and meet no error', async () => {
    const clocks = await Promise.all(['a', 'b', 'c'].map(clock));
    const rung: number[] = [];
    for (const each of clocks) await each.start((partition) => rung.push(partition));
    const partitions = Array.from({ length: 6 }, (_, partition) => partition);
    const due = Date.now();
    await Promise.all(clocks.flatMap((each) => partitions.map((partition) => each.set(partition, due))));

    await real.until(() => rung.length >= partitions.length, 5_000);
    await Promise.all(clocks.map((each) => each.stop()));

    expect(rung.sort((a, b) => a - b)).toEqual(partitions);
    expect(await database().db.collection('agendaJobs').countDocuments()).toBe(0);
    expect(facts).toEqual([]);
  });

  test('have the indexes that claiming and uniqueness rest on', async () => {
    await clock();
    const indexes = await database().db.collection('agendaJobs').indexes();

    expect(indexes.map(({ key, unique }) => ({ key: Object.keys(key as object).join(), unique }))).toEqual(
      expect.arrayContaining([
        { key: 'name,lockedAt,nextRunAt,priority', unique: undefined },
        { key: 'name,data.key', unique: true },
      ]),
    );
  });
});
