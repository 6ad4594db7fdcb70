// Time on the calendar: which ticks start a run, and which are left out.

import { describe, expect, test } from 'vitest';

import { given, noon, type Situation, succeeded, wake } from '../../support/given.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function hourly(more = '', steps = '[{ id: a, noop: true }]'): string {
  return `id: flow\ntriggers: [{ cron: "0 * * * *"${more} }]\nsteps: ${steps}`;
}

/** The hours of the day (UTC) for which runs were started. */
function hours(situation: Situation): readonly number[] {
  const { last } = situation.queue('flow');
  return Array.from({ length: last }, (_, index) =>
    new Date(situation.run(`flow/${String(index + 1)}`).scheduledFor ?? 0).getUTCHours(),
  );
}

/** Parameters that no run can have, and no check of a definition refuses. */
const tooMuch = `params: { n: ${'x'.repeat(760_000)} }`;
const trigger = 'trigger:flow/cron-1';

describe('a cron trigger', () => {
  test('starts one run a tick, named after the tick and not after the moment', () => {
    const situation = given(hourly()).after(3 * HOUR);
    expect(hours(situation)).toEqual([13, 14, 15]);
    expect(situation.run('flow/1')).toMatchObject({
      scheduledFor: noon + HOUR,
      cause: { kind: 'CRON', trigger: 'cron-1' },
    });
    expect(situation.trigger('flow/cron-1')).toMatchObject({
      started: 3,
      skipped: 0,
      nextFire: noon + 4 * HOUR,
      lastFired: { at: noon + 3 * HOUR, run: 'run:flow/3.1' },
    });
  });

  test('does nothing when it is woken early, or again', () => {
    given(hourly())
      .when(wake(trigger), noon + HOUR - 1)
      .then({ events: [] })
      .when(wake(trigger), noon + HOUR)
      .when(wake(trigger), noon + HOUR)
      .then({ events: [] })
      .when(wake('trigger:flow/none'))
      .then({ events: [] });
  });

  test('obeys the strategy: a tick that finds a run going on waits in the queue', () => {
    given(hourly('', '[{ id: a, run: x }]'))
      .after(2 * HOUR)
      .shows('flow/1', 'RUNNING')
      .shows('flow/2', 'QUEUED')
      .reported('flow/1/a', succeeded())
      .shows('flow/2', 'RUNNING');
  });

  test('gives its parameters to the run; one that does not fit is kept as the reason, and the next tick comes all the same', () => {
    const fine = given(`${hourly(', params: { n: 7 }')}\nparams: { n: { type: long } }`).after(HOUR);
    expect(fine.run('flow/1').params).toEqual([{ name: 'n', type: 'long', value: 7, source: 'TIME_TRIGGER' }]);
    const situation = given(`${hourly()}\n${tooMuch}`).after(2 * HOUR);
    expect(situation.queue('flow').last).toBe(0);
    expect(situation.trigger('flow/cron-1')).toMatchObject({
      started: 0,
      nextFire: noon + 3 * HOUR,
      lastRefusal: { at: noon + 2 * HOUR, message: expect.stringContaining('750000') as string },
    });
  });

  test('that names no more times is quiet, also when its last start was refused', () => {
    const once = (more = ''): string =>
      `id: flow\ntriggers: [{ cron: "0 0 13 15 1 * 2026" }]\n${more}\nsteps: [{ id: a, noop: true }]`;
    const situation = given(once()).after(2 * HOUR);
    expect(hours(situation)).toEqual([13]);
    expect(situation.trigger('flow/cron-1')).not.toHaveProperty('nextFire');
    const refused = given(once(tooMuch)).after(2 * HOUR);
    expect(refused.trigger('flow/cron-1')).toHaveProperty('lastRefusal');
    expect(refused.trigger('flow/cron-1')).not.toHaveProperty('nextFire');
    refused.when(wake(trigger)).then({ events: [] });
  });
});

describe('ticks that were missed', () => {
  const late = 3 * HOUR + 30 * MINUTE;
  test.each([
    ['none', late, [], 3],
    ['none', 3 * HOUR + 30_000, [15], 2],
    ['none', 3 * HOUR + MINUTE, [15], 2],
    ['none', 3 * HOUR + MINUTE + 1, [], 3],
    ['latest', late, [15], 2],
    ['latest', HOUR, [13], 0],
    ['all', late, [13, 14, 15], 0],
  ] as const)('with catchUp %s, woken after %i ms: runs for %j, and %i left out', (catchUp, elapsed, runs, skipped) => {
    const situation = given(hourly(`, catchUp: ${catchUp}`)).when(wake(trigger), noon + elapsed);
    expect(hours(situation)).toEqual(runs);
    expect(situation.trigger('flow/cron-1')).toMatchObject({
      skipped,
      nextFire: noon + (elapsed < 2 * HOUR ? 2 : 4) * HOUR,
    });
    if (skipped > 0)
      expect(situation.trigger('flow/cron-1').lastSkipped).toMatchObject({ from: noon + HOUR, count: skipped });
  });

  test.each([
    ['all', 250, 0],
    ['latest', 1, 249],
    ['none', 1, 249],
  ] as const)(
    'in great number are dealt with 100 in a turn: catchUp %s comes to %i runs and %i left out',
    (catchUp, runs, skipped) => {
      const situation = given(
        `id: flow\ntriggers: [{ cron: "* * * * *", catchUp: ${catchUp} }]\nsteps: [{ id: a, noop: true }]`,
      );
      situation.when(wake(trigger), noon + 250 * MINUTE + 1);
      expect(situation.trigger('flow/cron-1').nextFire).toBe(noon + 101 * MINUTE);
      situation.when(wake(trigger)).when(wake(trigger));
      expect(situation.trigger('flow/cron-1')).toMatchObject({ started: runs, skipped, nextFire: noon + 251 * MINUTE });
      expect(situation.queue('flow').last).toBe(runs);
    },
  );
});

describe('an edit', () => {
  test('of something else keeps the trigger’s place, so that nothing due is lost', () => {
    const situation = given(hourly());
    situation.applied(`${hourly()}\nowner: ada`).when(wake(trigger), noon + HOUR);
    expect(hours(situation)).toEqual([13]);
  });

  test.each([
    ['schedule', '{ cron: "0,30 * * * *" }', noon + 3.5 * HOUR],
    ['time zone', '{ cron: "0 * * * *", timezone: Asia/Kolkata }', noon + 3.5 * HOUR],
  ])('of the %s begins from now, and fires nothing of the past', (_, changed, next) => {
    const situation = given(hourly(', catchUp: all')).when(wake('trigger:flow/none'), noon + 3 * HOUR + MINUTE);
    situation.applied(`id: flow\ntriggers: [${changed}]\nsteps: [{ id: a, noop: true }]`).when(wake(trigger));
    expect(hours(situation)).toEqual([]);
    expect(situation.trigger('flow/cron-1').nextFire).toBe(next);
  });

  test('that drops the trigger and one that brings it back leave out what was between', () => {
    const situation = given(hourly(', catchUp: all')).applied('id: flow\nsteps: [{ id: a, noop: true }]');
    expect(situation.trigger('flow/cron-1')).toMatchObject({ armed: false });
    situation
      .after(3 * HOUR)
      .applied(hourly(', catchUp: all'))
      .when(wake(trigger));
    expect(hours(situation)).toEqual([]);
    situation.after(HOUR);
    expect(hours(situation)).toEqual([16]);
  });
});

describe('paused triggers', () => {
  test.each([
    ['none', []],
    ['latest', [15]],
    ['all', [13, 14, 15]],
  ] as const)('fire nothing; on resuming, catchUp %s starts runs for %j', (catchUp, runs) => {
    const situation = given(hourly(`, catchUp: ${catchUp}`)).when({ type: 'PauseTriggers', workflowId: 'flow' });
    situation
      .after(3.5 * HOUR)
      .when(wake(trigger))
      .then({ events: [] });
    expect(hours(situation)).toEqual([]);
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' }).after(1);
    expect(hours(situation)).toEqual(runs);
  });
});
