// `describeSchedule` and `Trigger.schedule`: what a schedule means, in words and in times.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, type Operations, startOperations, twoSteps } from '../operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(twoSteps);
});
afterAll(() => test.stop());

async function tried(schedule: string, fields = 'text note nextFires'): Promise<unknown> {
  const { data, errors } = await test.ask(`{ describeSchedule(${schedule}) { ${fields} } }`);
  expect(errors).toBeUndefined();
  return at(data, 'describeSchedule');
}

describe('describeSchedule', () => {
  it('tells what an expression means, what clocks do to it, and its next times', async () => {
    const told = await tried('cron: "30 2 * * *", timezone: "Europe/Madrid"', 'text note nextFires(first: 20)');
    expect(told).toMatchObject({
      text: 'every day at 02:30 in Madrid',
      note: expect.stringMatching(
        /^on \d+ (?:March|October) \d{4} 02:30 (?:does not exist|comes twice) there/,
      ) as string,
    });
    const fires = at(told, 'nextFires') as readonly string[];
    expect(fires).toHaveLength(20);
    expect([...fires].sort()).toEqual(fires);
    expect(Date.parse(fires[0] ?? '')).toBeGreaterThan(Date.now());
  });

  it('gives five times unless asked for others, and those that there are', async () => {
    expect(at(await tried('every: "15m"'), 'nextFires')).toHaveLength(5);
    expect(await tried('at: "2999-12-24T18:00:00", timezone: "Europe/Madrid"', 'text nextFires')).toEqual({
      text: 'once, on 24 December 2999 at 18:00 in Madrid',
      nextFires: ['2999-12-24T17:00:00.000Z'],
    });
    expect(at(await tried('at: "2020-12-24T18:00:00"'), 'nextFires')).toEqual([]);
  });

  it.each([
    ['cron: "61 * * * *"', 'Invalid value for minute'],
    ['cron: "* * *"', 'A cron text has 5 fields'],
    ['cron: "0 6 * * *", timezone: "Mars"', '"Mars" is no time zone'],
    ['every: "9s"', '`every` must be at least 10s'],
    ['every: "15m", timezone: "UTC"', '`timezone` is not a key of a trigger with `every`.'],
    ['at: "noon"', '`at` must be a date and a time'],
    ['', 'Give one of `cron`, `every` and `at`.'],
    ['cron: "@daily", every: "15m"', 'Give one of `cron`, `every` and `at`.'],
  ])('refuses (%s) in the words of a definition', async (schedule, message) => {
    const call = schedule === '' ? 'describeSchedule' : `describeSchedule(${schedule})`;
    const { errors } = await test.ask(`{ ${call} { text } }`);
    expect(errors).toMatchObject([
      { message: expect.stringContaining(message) as string, extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('gives no more than a hundred times, and counts each as an answer', async () => {
    const { errors } = await test.ask('{ describeSchedule(every: "1h") { nextFires(first: 101) } }');
    expect(errors?.[0]?.message).toBe('first must be 1 to 100, and is 101.');
    const many = '{ workflows(first: 100) { nodes { triggers { schedule { nextFires(first: 100) } } } } }';
    await expect(test.ask(many)).rejects.toThrow(/may answer with \d+,\d+ objects/);
  });
});

describe('Trigger.schedule', () => {
  it('is there for triggers at times, and begins with the time that it waits for', async () => {
    const { data } = await test.ask(
      '{ workflow(id: "penguins") { triggers { kind nextFire schedule { text nextFires(first: 2) } } } }',
    );
    const triggers = at(data, 'workflow.triggers') as readonly Record<string, unknown>[];
    expect(triggers.find(({ kind }) => kind === 'SIGNAL')).toMatchObject({ schedule: null });
    const cron = triggers.find(({ kind }) => kind === 'CRON');
    expect(cron).toMatchObject({ schedule: { text: 'every weekday at 06:00 in Madrid' } });
    expect(at(cron, 'schedule.nextFires.0')).toBe(cron?.['nextFire']);
  });

  it('counts `every` from when the trigger was armed', async () => {
    await test.apply('id: often\ntriggers: [{ every: 1h }]\nsteps: [{ id: a, noop: true }]');
    const { data } = await test.ask(
      '{ workflow(id: "often") { triggers { kind nextFire schedule { nextFires(first: 3) } } } }',
    );
    const next = Date.parse(at(data, 'workflow.triggers.0.nextFire') as string);
    expect(at(data, 'workflow.triggers.0')).toMatchObject({
      kind: 'EVERY',
      schedule: { nextFires: [0, 1, 2].map((hours) => new Date(next + hours * 3_600_000).toISOString()) },
    });
  });
});
