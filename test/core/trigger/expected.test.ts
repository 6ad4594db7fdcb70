// Triggers on a signal that has not come by a time: each time is judged once, by what came since the one before.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readDefinitions } from '../../../src/core/definition/read.ts';
import { explainTrigger } from '../../../src/core/explanation/explain-trigger.ts';
import { type EntityId } from '../../../src/core/ids.ts';
import { type RunState } from '../../../src/core/run/state.ts';
import { cronProblem } from '../../../src/core/trigger/schedule.ts';
import { isBalanced } from '../../../src/core/trigger/tally.ts';
import { tallyOf } from '../../../src/core/trigger/trigger.ts';
import { given, noon, publish, type Situation, wake } from '../../support/given.ts';

const hour = 3_600_000;
const day = 24 * hour;
const id = 'trigger:flow/expected-1' as EntityId;

function flow(trigger: string, params = ''): string {
  return `id: flow\n${params}\ntriggers:\n  - ${trigger}\nsteps: [{ id: a, noop: true }]`;
}

/** From noon on, the first time is 19 hours away. */
const daily = flow('{ expect: A, by: "0 7 * * *", where: { n: ">= 1" } }');
const seven = noon + 19 * hour;

function missedIn(situation: Situation): readonly (number | undefined)[] {
  return [...situation.entities().values()].flatMap(({ state }) =>
    state.kind === 'run' && state.cause.kind === 'ABSENCE' ? [state.cause.by] : [],
  );
}

function runs(situation: Situation): readonly RunState[] {
  return [...situation.entities().values()].flatMap(({ state }) => (state.kind === 'run' ? [state] : []));
}

function verdictOf(situation: Situation, key: string): unknown {
  const state = situation.entity(`signal:A-${key}` as EntityId)?.state;
  return state?.kind === 'signal' ? state.verdicts[0] : undefined;
}

function came(situation: Situation, key: string, n = 1): Situation {
  return situation.when(publish('A', { n }, key)).delivered();
}

describe('a signal that was missed', () => {
  test('is remembered until it comes, and then with how late it was, which its publisher is told', () => {
    const situation = given(daily).after(19 * hour);
    const run = 'run:flow/1.1';
    expect(situation.trigger('flow/expected-1').missed).toEqual({ since: noon, due: seven, run });
    came(situation.after(2 * hour), 'late');
    const at = seven + 2 * hour;
    const resolved = { signal: 'signal:A-late', at };
    expect(situation.trigger('flow/expected-1').missed).toEqual({ since: noon, due: seven, run, resolved });
    expect(verdictOf(situation, 'late')).toEqual({ trigger: id, verdict: 'HEARD', lateBy: 2 * hour });
    came(situation.after(hour), 'early');
    expect(situation.trigger('flow/expected-1').missed?.resolved).toEqual(resolved);
    expect(verdictOf(situation, 'early')).toEqual({ trigger: id, verdict: 'HEARD' });
  });

  test('is not ended by a signal that does not meet the demands, nor by a pause or a version that misses the same', () => {
    const situation = came(given(daily).after(19 * hour), '1', 0);
    situation.when({ type: 'PauseTriggers', workflowId: 'flow' }).when({ type: 'ResumeTriggers', workflowId: 'flow' });
    situation.applied(daily.replace('id: a,', 'id: b,')).delivered();
    expect(situation.trigger('flow/expected-1').missed).toEqual({ since: noon, due: seven, run: 'run:flow/1.1' });
    situation.applied(daily.replace('>= 1', '>= 2')).delivered();
    expect(situation.trigger('flow/expected-1').missed).toBeUndefined();
  });

  test('tells its run what it would have had to bring', () => {
    const [run] = runs(given(daily).after(19 * hour));
    expect(run?.cause).toMatchObject({ where: [{ param: 'n', operator: '>=', operand: 1 }] });
  });
});

describe('a signal that is expected by a time', () => {
  test('starts a run at each time by which it has not come, and says which time and since when', () => {
    const situation = given(daily);
    expect(missedIn(situation.after(19 * hour - 1))).toEqual([]);
    expect(runs(situation.after(1))).toMatchObject([{ cause: { kind: 'ABSENCE', name: 'A', since: noon, by: seven } }]);
    expect(missedIn(situation.after(day))).toEqual([seven, seven + day]);
  });

  test('starts none when it came since the time before, and one when that was not what was demanded', () => {
    const situation = came(given(daily), '1').after(19 * hour);
    expect(missedIn(situation)).toEqual([]);
    came(situation.after(hour), '2');
    expect(missedIn(situation.after(23 * hour))).toEqual([]);
    came(situation.after(hour), '3', 0);
    expect(missedIn(situation.after(23 * hour))).toEqual([seven + 2 * day]);
    expect(tallyOf(situation.trigger('flow/expected-1'))).toMatchObject({ delivered: 2, consumed: 2, pending: 0 });
  });

  test('follows the clocks of its zone when they change', () => {
    const text = flow('{ expect: A, by: "0 7 * * *", timezone: Europe/Paris }');
    const march28 = Date.UTC(2026, 2, 28, 12);
    const situation = given(flow('{ expect: A, by: "0 7 1 1 *" }')).when(wake('trigger:flow/none'), march28);
    situation
      .applied(text)
      .delivered()
      .after(2 * day);
    expect(missedIn(situation)).toEqual([Date.UTC(2026, 2, 29, 5), Date.UTC(2026, 2, 30, 5)]);
  });

  test('has one run for all times that passed while nobody looked', () => {
    const situation = given(daily).when(wake(id), seven + 3 * day + hour);
    expect(missedIn(situation)).toEqual([seven]);
    expect(missedIn(situation.after(day))).toEqual([seven, seven + 4 * day]);
  });

  test('that had come by the first of them was missing by the next', () => {
    const situation = came(given(daily), '1').when(wake(id), seven + 3 * day + hour);
    expect(missedIn(situation)).toEqual([seven + day]);
  });

  test('is not missed by times at which the triggers were paused', () => {
    const situation = given(daily)
      .when({ type: 'PauseTriggers', workflowId: 'flow' })
      .after(2 * day);
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' }).when(wake(id));
    expect(missedIn(situation)).toEqual([]);
    expect(missedIn(situation.after(19 * hour))).toEqual([seven + 2 * day]);
  });

  test('is judged as before under a new version that expects the same, and anew under another', () => {
    const situation = came(given(daily), '1');
    situation.applied(daily.replace('id: a,', 'id: b,')).delivered();
    expect(missedIn(situation.after(19 * hour))).toEqual([]);
    came(situation, '2').applied(daily.replace('>= 1', '>= 2')).delivered();
    expect(missedIn(situation.after(day))).toEqual([seven + day]);
  });

  test('says what it waits for, and that it came', () => {
    const situation = given(daily);
    const text = (): string => explainTrigger(id, situation.trigger('flow/expected-1'), {}).summary;
    expect(text()).toMatch(/^It starts a run at .*, unless A with n >= 1 comes before\. None has come since /u);
    came(situation, '1');
    expect(text()).toMatch(/^It will not start a run at .*: A with n >= 1 came at /u);
  });
});

describe('reading', () => {
  const problems = (trigger: string): readonly string[] => {
    const read = readDefinitions(flow(trigger), { checkCron: cronProblem });
    return read.ok ? [] : read.failure.map(({ message }) => message);
  };

  test('names what is missing, what does not belong, and times that are none', () => {
    expect(problems('{ expect: A }')[0]).toContain('`by:`');
    expect(problems('{ expect: A, by: soon }')[0]).toContain('cron');
    expect(problems('{ expect: A, by: "0 7 * * *", timezone: Europe/Pris }')).toHaveLength(1);
    expect(problems('{ expect: A, by: "0 7 * * *", absentFor: 1h }')[0]).toContain('both');
    expect(problems('{ expect: A, by: "0 7 * * *", params: { n: 1 } }')[0]).toContain('"n"');
  });
});

const steps = fc.array(
  fc.record({
    does: fc.constantFrom('publish', 'publish', 'wait', 'wait', 'wait', 'down', 'pause', 'resume', 'resume', 'edit'),
    hours: fc.integer({ min: 1, max: 40 }),
    n: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 3, maxLength: 40 },
);

function happen(
  situation: Situation,
  act: { readonly does: string; readonly hours: number; readonly n: number },
  number: number,
): void {
  if (act.does === 'publish') came(situation, String(number), act.n);
  if (act.does === 'wait') situation.after(act.hours * hour);
  if (act.does === 'down') situation.when(wake('trigger:flow/none'), situation.now + act.hours * hour);
  if (act.does === 'pause') situation.when({ type: 'PauseTriggers', workflowId: 'flow' });
  if (act.does === 'resume') situation.when({ type: 'ResumeTriggers', workflowId: 'flow' });
  if (act.does === 'edit') situation.applied(daily.replace('id: a,', `id: a${String(number)},`)).delivered();
  // Whoever was down looks at what is due before anything else.
  situation.when(wake(id));
}

describe('laws', () => {
  test('a time has at most one run, and one exactly if nothing came in the day before it while the trigger listened', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const situation = given(daily);
        all.forEach((act, number) => {
          happen(situation, act, number);
        });
        const heard: number[] = [];
        const judged: number[] = [];
        for (const { at, decision } of situation.taken) {
          if (decision.kind !== 'COMMIT') continue;
          for (const { entity, event } of decision.gathered.events) {
            if (entity !== id) continue;
            if (event.type === 'SignalHeard') heard.push(at);
            if (event.type === 'AbsenceFound') {
              const by = event.by ?? 0;
              judged.push(by);
              expect((by - seven) % day).toBe(0);
              expect(at).toBeGreaterThanOrEqual(by);
              expect(heard.filter((time) => time > by - day && time <= by)).toEqual([]);
            }
          }
        }
        expect(missedIn(situation)).toEqual(judged);
        expect(new Set(judged).size).toBe(judged.length);
        const trigger = situation.trigger('flow/expected-1');
        expect(trigger.paused || (trigger.nextFire ?? 0) > situation.now).toBe(true);
        expect(isBalanced(tallyOf(trigger))).toBe(true);
      }),
    );
  });
});
