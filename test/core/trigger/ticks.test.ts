// Ticks of all kinds of trigger under a virtual clock: whatever happens, each tick that is due starts exactly one run or is
// recorded as left out. The oracle knows times by arithmetic only.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type CatchUp } from '../../../src/core/definition/model.ts';
import { triggerEntity } from '../../../src/core/ids.ts';
import { type EntityState, evolve } from '../../../src/core/partition/entity.ts';
import { delayOf } from '../../../src/core/trigger/jitter.ts';
import { type TriggerEvent, type TriggerState } from '../../../src/core/trigger/trigger.ts';
import { given, noon, type Situation, wake } from '../../support/given.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const id = triggerEntity('flow', 'tick');

interface Schedule {
  readonly text: string;
  /** Part of the JSON of its definition, and of no other's. */
  readonly key: string;
  /** The first time after an instant; for what is counted from the arming or the time before, that is the instant. */
  readonly after: (instant: number) => number | undefined;
}

function multiples(of: number, from = 0): Schedule['after'] {
  return (instant) => (instant < from ? from : from + (Math.floor((instant - from) / of) + 1) * of);
}

const once = noon + 7 * HOUR;
const schedules: readonly Schedule[] = [
  { text: 'cron: "*/5 * * * *"', key: '*/5', after: multiples(5 * MINUTE) },
  { text: 'cron: "0 * * * *", timezone: Europe/Madrid', key: '0 * * * *', after: multiples(HOUR) },
  { text: 'every: 7m', key: '"every":420000', after: (instant) => instant + 7 * MINUTE },
  {
    text: 'every: 20m, from: 2026-01-15T13:03:00Z',
    key: '"every":1200000',
    after: multiples(20 * MINUTE, noon + 63 * MINUTE),
  },
  {
    text: 'at: 2026-01-15T20:00:00, timezone: Europe/Madrid',
    key: '"at":"2026',
    after: (instant) => (instant < once ? once : undefined),
  },
];
const catchUps: readonly CatchUp[] = ['none', 'latest', 'all', { within: 30 * MINUTE }];
const jitters = [undefined, 3 * MINUTE, 7 * MINUTE];

interface Meant {
  readonly schedule: number;
  readonly catchUp: number;
  readonly jitter: number;
  readonly owner: string;
}

const meant: fc.Arbitrary<Meant> = fc.record({
  schedule: fc.nat(schedules.length - 1),
  catchUp: fc.nat(catchUps.length - 1),
  jitter: fc.nat(jitters.length - 1),
  owner: fc.constantFrom('ada', 'bob'),
});

type Happening =
  | { readonly kind: 'down' | 'up'; readonly length: number }
  | { readonly kind: 'pause' | 'resume' | 'wake' | 'drop' }
  | { readonly kind: 'edit'; readonly to: Meant };

const length = fc.oneof(fc.nat(2 * MINUTE), fc.nat(HOUR), fc.nat(10 * HOUR));
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('down' as const, 'up' as const), length }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('pause', 'resume', 'resume', 'wake', 'drop') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const), to: meant }) },
);

function textOf({ schedule, catchUp, jitter, owner }: Meant): string {
  const late = jitters[jitter];
  const more = late === undefined ? '' : `, jitter: ${String(late / SECOND)}s`;
  const policy = JSON.stringify(catchUps[catchUp]).replace('1800000', '"30m"');
  const trigger = `{ name: tick, ${schedules[schedule]?.text ?? ''}, catchUp: ${policy}${more} }`;
  return `id: flow\nowner: ${owner}\ntriggers: [${trigger}]\nsteps: [{ id: a, noop: true }]`;
}

/** Lets a thing happen; a server that is down while time passes wakes nobody. */
function happen(situation: Situation, what: Happening): void {
  switch (what.kind) {
    case 'down':
      situation.when(wake('trigger:flow/none'), situation.now + what.length);
      break;
    case 'up':
      situation.after(what.length);
      break;
    case 'wake':
      situation.when(wake(id));
      break;
    case 'pause':
    case 'resume':
      situation.when({ type: what.kind === 'pause' ? 'PauseTriggers' : 'ResumeTriggers', workflowId: 'flow' });
      break;
    case 'drop':
      situation.applied('id: flow\nsteps: [{ id: a, noop: true }]');
      break;
    case 'edit':
      situation.applied(textOf(what.to));
  }
}

interface Placed {
  readonly event: TriggerEvent;
  readonly at: number;
  /** Whether another event of the trigger in the same commit ends its schedule. */
  readonly isEnding: boolean;
}

function eventsOf(situation: Situation): readonly Placed[] {
  return situation.taken.flatMap(({ decision, at }) => {
    if (decision.kind !== 'COMMIT') return [];
    const events = decision.gathered.events
      .filter(({ entity }) => entity === id)
      .map(({ event }) => event as TriggerEvent);
    const isEnding = events.some(({ type }) => type === 'TriggerArmed' || type === 'TriggerDisarmed');
    return events.map((event) => ({ event, at, isEnding }));
  });
}

/** What is known of a trigger so far. */
interface Followed {
  armed?: TriggerState['definition'] | undefined;
  next?: number | undefined;
}

/** Follows the events tick by tick; whatever is not exactly the next tick is told. */
function follow(situation: Situation): number | undefined {
  const followed: Followed = {};
  for (const placed of eventsOf(situation)) {
    const { event, at } = placed;
    if (event.type === 'TriggerArmed') {
      const arming = scheduleOf(event.definition);
      if (followed.armed === undefined || scheduleOf(followed.armed) !== arming) followed.next = arming?.after(at);
      followed.armed = event.definition;
      expect(event.nextFire).toBe(followed.next);
    } else if (event.type === 'TriggerDisarmed') {
      followed.armed = undefined;
      followed.next = undefined;
    } else if (followed.armed !== undefined) followTicks(followed, followed.armed, placed);
  }
  return followed.next;
}

function followTicks(followed: Followed, armed: TriggerState['definition'], { event, at, isEnding }: Placed): void {
  const pass = (isFired: boolean): void => {
    const tick = followed.next ?? Number.NaN;
    if (!isEnding) obeys(armed, at - dueOf(armed, tick), isFired);
    followed.next = scheduleOf(armed)?.after(tick);
  };
  if (event.type === 'TickFired') {
    expect(event.scheduledFor).toBe(followed.next);
    expect(at).toBeGreaterThanOrEqual(dueOf(armed, event.scheduledFor));
    pass(true);
  } else if (event.type === 'TicksSkipped') {
    expect(event.from).toBe(followed.next);
    for (let left = event.count; left > 1; left--) pass(false);
    expect(event.to).toBe(followed.next);
    pass(false);
  }
}

function scheduleOf(definition: TriggerState['definition']): Schedule | undefined {
  return schedules.find(({ key }) => JSON.stringify(definition).includes(key));
}

function dueOf(definition: TriggerState['definition'], tick: number): number {
  return tick + delayOf(id, definition, tick);
}

function obeys(definition: TriggerState['definition'], lateness: number, isFired: boolean): void {
  const catchUp = 'catchUp' in definition ? definition.catchUp : undefined;
  // Delays may put a tick a little behind the one before it.
  const slack = 7 * MINUTE;
  if (catchUp === 'all') expect(isFired).toBe(true);
  if (catchUp === 'none' && isFired) expect(lateness).toBeLessThanOrEqual(MINUTE + slack);
  if (typeof catchUp === 'object' && isFired) expect(lateness).toBeLessThanOrEqual(catchUp.within + slack);
  if (typeof catchUp === 'object' && !isFired) expect(lateness).toBeGreaterThan(catchUp.within);
}

test('each tick that is due starts one run or is recorded as left out, in order, never early', () => {
  fc.assert(
    fc.property(meant, fc.array(happening, { maxLength: 25 }), (first, happenings) => {
      const situation = given(textOf(first));
      for (const what of happenings) happen(situation, what);
      happen(situation, { kind: 'resume' });
      situation.after(10 * MINUTE);
      const next = follow(situation);
      if (situation.trigger('flow/tick').armed && next !== undefined) {
        expect(dueOf(situation.trigger('flow/tick').definition, next)).toBeGreaterThan(situation.now);
      }
      const fired = eventsOf(situation).flatMap(({ event }) => (event.type === 'TickFired' ? [event] : []));
      const runs = Array.from({ length: situation.queue('flow').last }, (_, place) =>
        situation.run(`flow/${String(place + 1)}`),
      );
      expect(runs.map(({ scheduledFor }) => scheduledFor)).toEqual(fired.map(({ scheduledFor }) => scheduledFor));
    }),
    { numRuns: 200 },
  );
}, 60_000);

test('a server that starts again knows from the events alone what it knew', () => {
  fc.assert(
    fc.property(meant, fc.array(happening, { maxLength: 15 }), (first, happenings) => {
      const situation = given(textOf(first));
      for (const what of happenings) happen(situation, what);
      let state: EntityState | undefined;
      for (const { event, at } of eventsOf(situation)) {
        state = evolve(state, JSON.parse(JSON.stringify(event)) as TriggerEvent, at);
      }
      expect(JSON.parse(JSON.stringify(state))).toEqual(JSON.parse(JSON.stringify(situation.trigger('flow/tick'))));
    }),
    { numRuns: 50 },
  );
}, 60_000);

describe('every', () => {
  const every = (more = ''): string =>
    `id: flow\ntriggers: [{ name: tick, every: 15m${more} }]\nsteps: [{ id: a, noop: true }]`;

  test('counts from when it was armed, and keeps its phase through versions that do not change it', () => {
    const situation = given(every()).after(20 * MINUTE);
    expect(situation.run('flow/1')).toMatchObject({
      scheduledFor: noon + 15 * MINUTE,
      cause: { kind: 'CRON', trigger: 'tick' },
    });
    situation.applied(`${every(', catchUp: all, params: {}')}\nowner: ada`);
    expect(situation.trigger('flow/tick').nextFire).toBe(noon + 30 * MINUTE);
    situation.applied('id: flow\ntriggers: [{ name: tick, every: 16m }]\nsteps: [{ id: a, noop: true }]');
    expect(situation.trigger('flow/tick').nextFire).toBe(noon + 36 * MINUTE);
  });

  test('with `from` counts from there, whenever it was armed', () => {
    expect(given(every(', from: 2026-01-15T11:55:00Z')).trigger('flow/tick').nextFire).toBe(noon + 10 * MINUTE);
    expect(given(every(', from: 2026-01-16T00:00:00Z')).trigger('flow/tick').nextFire).toBe(noon + 12 * HOUR);
  });
});

describe('at', () => {
  const at = (time: string): string =>
    `id: flow\ntriggers: [{ name: tick, at: ${time}, timezone: Europe/Madrid }]\nsteps: [{ id: a, noop: true }]`;

  test('fires once, also if it is woken too late, and never again', () => {
    const situation = given(at('2026-01-15T14:00:00')).when(wake(id), noon + 5 * HOUR);
    expect(situation.run('flow/1').scheduledFor).toBe(noon + HOUR);
    situation.applied(`${at('2026-01-15T14:00:00')}\nowner: ada`).after(48 * HOUR);
    expect(situation.queue('flow').last).toBe(1);
    expect(situation.trigger('flow/tick')).not.toHaveProperty('nextFire');
  });

  test('of the past fires never', () => {
    expect(
      given(at('2026-01-15T12:59:59'))
        .after(48 * HOUR)
        .queue('flow').last,
    ).toBe(0);
  });

  test.each([
    ['2026-03-29T02:30:00', '2026-03-29T01:00:00Z'],
    ['2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
  ])('%s on the clocks of Madrid is %s', (time, instant) => {
    expect(given(at(time)).trigger('flow/tick').nextFire).toBe(Date.parse(instant));
  });
});

describe('jitter', () => {
  const text = 'id: flow\ntriggers: [{ name: tick, cron: "0 * * * *", jitter: 10m }]\nsteps: [{ id: a, noop: true }]';

  test('puts the start off, always by the same, and leaves the run its own time', () => {
    const situation = given(text);
    const { definition } = situation.trigger('flow/tick');
    const delay = delayOf(id, definition, noon + HOUR);
    situation.after(HOUR + delay - 1);
    expect(situation.queue('flow').last).toBe(0);
    situation.after(1);
    expect(situation.run('flow/1')).toMatchObject({ scheduledFor: noon + HOUR, createdAt: noon + HOUR + delay });
    expect(delayOf(id, definition, noon + HOUR)).toBe(delay);
  });

  test('spreads triggers and times evenly over its length', () => {
    const { definition } = given(text).trigger('flow/tick');
    const delays = Array.from({ length: 6_000 }, (_, place) =>
      delayOf(triggerEntity(`flow-${String(place % 60)}`, 'tick'), definition, noon + Math.floor(place / 60) * HOUR),
    );
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(10 * MINUTE);
    for (let minute = 0; minute < 10; minute++) {
      const within = delays.filter((delay) => Math.floor(delay / MINUTE) === minute).length;
      expect(within).toBeGreaterThan(480);
      expect(within).toBeLessThan(720);
    }
  });
});

test('an edit of the schedule records what was due and is left out by it', () => {
  const situation = given(
    'id: flow\ntriggers: [{ name: tick, cron: "0 * * * *", catchUp: all }]\nsteps: [{ id: a, noop: true }]',
  );
  happen(situation, { kind: 'down', length: 3.5 * HOUR });
  situation.applied('id: flow\ntriggers: [{ name: tick, every: 15m }]\nsteps: [{ id: a, noop: true }]');
  expect(situation.trigger('flow/tick')).toMatchObject({
    skipped: 3,
    lastSkipped: { from: noon + HOUR, to: noon + 3 * HOUR, count: 3 },
    nextFire: noon + 3.75 * HOUR,
  });
});
