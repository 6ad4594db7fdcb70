// Triggers on a signal that does not come: when it is missed, that it is missed once, and what begins the count again.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readDefinitions } from '../../../src/core/definition/read.ts';
import { explainTrigger } from '../../../src/core/explanation/explain-trigger.ts';
import { type EntityId } from '../../../src/core/ids.ts';
import { type EntityState, evolve } from '../../../src/core/partition/entity.ts';
import { type RunState } from '../../../src/core/run/state.ts';
import { type SignalState } from '../../../src/core/signal/signal.ts';
import { absenceText } from '../../../src/core/trigger/describe-absence.ts';
import { isBalanced } from '../../../src/core/trigger/tally.ts';
import { tallyOf } from '../../../src/core/trigger/trigger.ts';
import { given, noon, publish, type Situation, wake } from '../../support/given.ts';

const hour = 3_600_000;
const id = 'trigger:flow/absent-1' as EntityId;

function flow(trigger: string, params = ''): string {
  return `id: flow\n${params}\ntriggers:\n  - ${trigger}\nsteps: [{ id: a, noop: true }]`;
}

const missed = flow('{ absentFor: 26h, signal: A, where: { n: ">= 1" } }');

function runs(situation: Situation): readonly RunState[] {
  return [...situation.entities().values()].flatMap(({ state }) => (state.kind === 'run' ? [state] : []));
}

function verdict(situation: Situation, key: string): unknown {
  return (situation.entity(`signal:A-${key}` as EntityId)?.state as SignalState).verdicts[0];
}

describe('a signal that does not come', () => {
  test('starts a run when none has come for that long since the trigger began to listen, and only one', () => {
    const situation = given(missed);
    expect(runs(situation.after(26 * hour - 1))).toEqual([]);
    expect(runs(situation.after(1))).toMatchObject([
      { cause: { kind: 'ABSENCE', trigger: 'absent-1', name: 'A', since: noon } },
    ]);
    expect(runs(situation.after(100 * hour).when(wake(id)))).toHaveLength(1);
  });

  test('is announced by a signal where that is wanted, and once more when it comes after all', () => {
    const situation = given(flow('{ absentFor: 26h, signal: A, where: { n: 1 }, announce: A.missing }'));
    const announced = (): readonly unknown[] =>
      [...situation.entities().values()].flatMap(({ state }) =>
        state.kind === 'signal' && state.name === 'A.missing'
          ? [Object.fromEntries(state.params.map(({ name, value }) => [name, value]))]
          : [],
      );
    situation.after(26 * hour).delivered();
    const first = {
      n: 1,
      signal: 'A',
      since: new Date(noon).toISOString(),
      due: new Date(noon + 26 * hour).toISOString(),
      resolved: false,
    };
    expect(announced()).toEqual([first]);
    situation.after(100 * hour).delivered();
    expect(announced()).toHaveLength(1);
    situation.when(publish('A', { n: 1 }, '1')).delivered();
    expect(announced()).toEqual([first, { ...first, resolved: true, lateBySeconds: 100 * 3_600 }]);
    situation.when(publish('A', { n: 1 }, '2')).delivered();
    expect(announced()).toHaveLength(2);
  });

  test('cannot be announced by itself', () => {
    const read = readDefinitions(flow('{ absentFor: 26h, signal: A, announce: A }'));
    expect(read).toMatchObject({ ok: false, failure: [{ place: { rule: 'announces-itself' } }] });
  });

  test('begins to count again with each one that meets the demands, and tells its publisher so', () => {
    const situation = given(missed).after(25 * hour);
    situation.when(publish('A', { n: 1 }, '1')).delivered();
    expect(verdict(situation, '1')).toEqual({ trigger: id, verdict: 'HEARD' });
    situation
      .after(hour)
      .when(publish('A', { n: 0 }, '2'))
      .delivered();
    expect(verdict(situation, '2')).toMatchObject({ verdict: 'UNMET' });
    expect(runs(situation.after(25 * hour - 1))).toEqual([]);
    expect(runs(situation.after(1))).toMatchObject([
      { cause: { kind: 'ABSENCE', since: noon + 25 * hour, last: 'A-1' } },
    ]);
    expect(tallyOf(situation.trigger('flow/absent-1'))).toEqual({
      delivered: 1,
      consumed: 1,
      pending: 0,
      expired: 0,
      rejected: 0,
    });
  });

  test('is missed again after it came again', () => {
    const situation = given(missed).after(30 * hour);
    situation
      .when(publish('A', { n: 1 }))
      .delivered()
      .after(26 * hour);
    expect(runs(situation)).toHaveLength(2);
  });

  test('is missed late, but once, where nobody was there to see the time pass', () => {
    const situation = given(missed).when(wake(id), noon + 90 * hour);
    expect(runs(situation)).toMatchObject([{ cause: { since: noon } }]);
  });

  test('is not missed while the triggers are paused, and counted from the moment they are resumed', () => {
    const situation = given(missed).when({ type: 'PauseTriggers', workflowId: 'flow' });
    expect(runs(situation.after(60 * hour).when(wake(id)))).toEqual([]);
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' });
    expect(runs(situation.after(26 * hour - 1))).toEqual([]);
    expect(runs(situation.after(1))).toHaveLength(1);
  });

  test('goes on being counted under a new version that misses the same, with the new length', () => {
    const situation = given(missed)
      .after(10 * hour)
      .applied(missed.replace('26h', '12h'))
      .delivered();
    expect(runs(situation.after(2 * hour))).toMatchObject([{ cause: { since: noon } }]);
    situation.applied(missed.replace('26h', '13h')).delivered();
    expect(runs(situation.after(40 * hour))).toHaveLength(1);
  });

  test('is counted anew under a new version that misses something else', () => {
    const situation = given(missed)
      .after(25 * hour)
      .applied(missed.replace('>= 1', '>= 2'))
      .delivered();
    expect(runs(situation.after(26 * hour - 1))).toEqual([]);
    expect(runs(situation.after(1))).toHaveLength(1);
  });

  test('is missed by nobody once the trigger is taken out', () => {
    const situation = given(missed).applied('id: flow\nsteps: [{ id: a, noop: true }]').delivered();
    expect(runs(situation.after(60 * hour).when(wake(id)))).toEqual([]);
  });

  test('gives its run since when it is missed', () => {
    const text = flow(
      '{ absentFor: 2h, signal: A, params: { text: "${absence.signal} since ${absence.since}" } }',
      'params: { text: none }',
    );
    expect(runs(given(text).after(2 * hour))[0]?.params[0]?.value).toBe('A since 2026-01-15T12:00:00.000Z');
  });

  test('has had its run refused once and for all where the run cannot be made', () => {
    const text = flow(
      '{ absentFor: 2h, signal: A, params: { n: "${absence.since}" } }',
      'params: { n: { type: long } }',
    );
    const situation = given(text)
      .after(9 * hour)
      .when(wake(id));
    expect(runs(situation)).toEqual([]);
    const trigger = situation.trigger('flow/absent-1');
    expect(trigger.lastRefusal).toMatchObject({ at: noon + 2 * hour });
    expect(tallyOf(trigger)).toMatchObject({ delivered: 0, rejected: 0 });
  });
});

describe('in words', () => {
  test('the trigger says what it waits for', () => {
    const { definition } = given(missed).trigger('flow/absent-1');
    if (definition.kind !== 'absent') throw new Error('it was read as something else');
    expect(absenceText(definition)).toBe('when no A with n >= 1 has come for 26h');
  });

  test('the explanation says until when it waits, when the last one came, and that it was missed', () => {
    const situation = given(missed);
    const text = (): string => explainTrigger(id, situation.trigger('flow/absent-1'), {}).summary;
    expect(text()).toMatch(/^It starts a run at .*, unless A with n >= 1 comes before\. None has come since /u);
    situation.when(publish('A', { n: 1 })).delivered();
    expect(text()).toContain('The last one came at');
    situation.after(26 * hour);
    expect(text()).toMatch(/^No A with n >= 1 has come since /u);
  });
});

describe('reading', () => {
  const problems = (trigger: string, params = ''): readonly (readonly [string, number | undefined])[] => {
    const read = readDefinitions(flow(trigger, params));
    return read.ok ? [] : read.failure.map(({ message, place }) => [message, place?.line] as const);
  };

  test('names what is missing and what does not belong', () => {
    expect(problems('{ absentFor: 26h }')).toEqual([
      ['`absentFor` needs `signal:` with the name of what is missed.', 4],
    ]);
    expect(problems('{ absentFor: soon, signal: A }')).toHaveLength(1);
    expect(problems('{ absentFor: 26h, signal: A, cron: "0 6 * * *" }')[0]?.[0]).toContain('both');
    expect(problems('{ absentFor: 26h, signal: A, within: 1h }')[0]?.[0]).toContain('within');
  });

  test('lets its parameters be made of the absence alone', () => {
    const params = 'params: { n: none }';
    expect(problems('{ absentFor: 26h, signal: A, params: { n: "${signal.n}" } }', params)[0]?.[0]).toContain(
      '`absence.since`',
    );
    expect(problems('{ absentFor: 26h, signal: A, params: { n: "${absence.since}" } }', params)).toEqual([]);
  });
});

type Act =
  | { readonly does: 'publish'; readonly n: number }
  | { readonly does: 'wait'; readonly hours: number; readonly isDown: boolean }
  | { readonly does: 'deliver' | 'pause' | 'resume' | 'wake' | 'edit' };

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ does: fc.constant('publish' as const), n: fc.integer({ min: 0, max: 2 }) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        does: fc.constant('wait' as const),
        hours: fc.integer({ min: 1, max: 30 }),
        isDown: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ does: fc.constantFrom('deliver' as const, 'pause', 'resume', 'resume', 'wake', 'edit') }),
    },
  ),
  { minLength: 3, maxLength: 40 },
);

function happen(situation: Situation, act: Act, number: number): void {
  switch (act.does) {
    case 'publish':
      situation.when(publish('A', { n: act.n }, String(number)));
      break;
    case 'wait':
      // A server that is down while time passes wakes nobody.
      if (act.isDown) situation.when(wake('trigger:flow/none'), situation.now + act.hours * hour);
      else situation.after(act.hours * hour);
      break;
    case 'deliver':
      situation.delivered();
      break;
    case 'pause':
      situation.when({ type: 'PauseTriggers', workflowId: 'flow' });
      break;
    case 'resume':
      situation.when({ type: 'ResumeTriggers', workflowId: 'flow' });
      break;
    case 'wake':
      situation.when(wake(id));
      break;
    case 'edit':
      situation.applied(missed.replace('id: a,', `id: a${String(number)},`));
      break;
  }
}

/** What the trigger's own record says must have been found, said once more in other words. */
function expectedRuns(situation: Situation): readonly number[] {
  const found: number[] = [];
  let since: number | undefined;
  let paused = false;
  for (const { at, decision } of situation.taken) {
    if (decision.kind !== 'COMMIT') continue;
    for (const { entity, event } of decision.gathered.events) {
      if (entity !== id) continue;
      if (event.type === 'TriggerPaused') paused = true;
      if (event.type === 'TriggerResumed') paused = false;
      if (['TriggerListening', 'SignalHeard', 'TriggerResumed'].includes(event.type)) since = at;
      if (event.type !== 'AbsenceFound') continue;
      expect(paused).toBe(false);
      expect(event.since).toBe(since);
      expect(at).toBeGreaterThanOrEqual(event.since + 26 * hour);
      found.push(event.since);
      since = undefined;
    }
  }
  return found;
}

/** What a take-over makes of the trigger: its events, one by one, on states that were stored. */
function replayed(situation: Situation): EntityState | undefined {
  let state: EntityState | undefined;
  for (const { decision, at } of situation.taken) {
    if (decision.kind !== 'COMMIT') continue;
    for (const { entity, event } of decision.gathered.events) {
      if (entity !== id) continue;
      const stored = state === undefined ? undefined : (JSON.parse(JSON.stringify(state)) as EntityState);
      state = evolve(stored, event, at);
    }
  }
  return state;
}

describe('laws', () => {
  test('each absence has exactly one run, whatever is paused, edited, woken, late or down, and every signal is counted', () => {
    fc.assert(
      fc.property(acts, (all) => {
        const situation = given(missed);
        all.forEach((act, number) => {
          happen(situation, act, number);
        });
        situation
          .when({ type: 'ResumeTriggers', workflowId: 'flow' })
          .delivered()
          .when(wake(id))
          .after(26 * hour);
        const found = expectedRuns(situation);
        expect(runs(situation).map(({ cause }) => (cause.kind === 'ABSENCE' ? cause.since : 0))).toEqual(found);
        expect(new Set(found).size).toBe(found.length);
        // Nobody published any more: whatever was still counted has been found by now.
        expect(situation.trigger('flow/absent-1').nextFire).toBeUndefined();
        const tally = tallyOf(situation.trigger('flow/absent-1'));
        expect(isBalanced(tally)).toBe(true);
        expect(tally.delivered).toBe(tally.consumed);
        expect(replayed(situation)).toEqual(situation.trigger('flow/absent-1'));
      }),
    );
  });
});
