// Triggers that fold: when the one run starts, what it knows of the signals that it took, and what a limit, a refusal, a pause and
// an edit do to those that wait.

import { describe, expect, test } from 'vitest';

import { explainSignal } from '../../../src/core/explanation/explain-signal.ts';
import { type EntityId } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { summary } from '../../../src/core/partition/summary.ts';
import { type FirstCause } from '../../../src/core/run/state.ts';
import { type SignalState, type TriggerVerdict } from '../../../src/core/signal/signal.ts';
import { isBalanced } from '../../../src/core/trigger/tally.ts';
import { tallyOf } from '../../../src/core/trigger/trigger.ts';
import { entries, given, noon, publish, restart, type Situation, wake } from '../../support/given.ts';

const minute = 60_000;

function flow(trigger: string, more = ''): string {
  return `id: flow\nparams: { n: 0 }\ntriggers:\n  - { ${trigger} }\nsteps: [{ id: a${more}, noop: true }]`;
}

const quiet = flow('signal: A, debounce: 5m, params: { n: "${signal.n}" }');
const grouped = flow('signal: A, debounce: { quiet: 5m, by: k }');
const throttled = flow('signal: A, throttle: 10m, params: { n: "${signal.n}" }');

function sent(situation: Situation, ...bodies: readonly CommandBody[]): Situation {
  for (const body of bodies) situation.when(body).delivered();
  return situation;
}

function numbered(...numbers: readonly number[]): readonly CommandBody[] {
  return numbers.map((n) => publish('A', { n, k: n % 2 }, String(n)));
}

function state(situation: Situation, id: string): SignalState {
  return situation.entity(`signal:${id}` as EntityId)?.state as SignalState;
}

function verdict(situation: Situation, id: string): TriggerVerdict {
  const [first] = state(situation, id).verdicts;
  if (first === undefined) throw new Error(`${id} was not judged`);
  return first;
}

function counts(situation: Situation): readonly number[] {
  const tally = tallyOf(situation.trigger('flow/signal-1'));
  expect(isBalanced(tally)).toBe(true);
  return [tally.delivered, tally.consumed, tally.pending, tally.expired, tally.rejected];
}

function folded(situation: Situation, run: string): readonly string[] {
  const cause = situation.run(run).cause as Extract<FirstCause, { kind: 'SIGNAL' }>;
  expect(cause.folded?.count).toBe(cause.folded?.signals.length);
  expect(cause.folded?.signals.at(-1)?.signal).toBe(cause.signal);
  return (cause.folded?.signals ?? []).map(({ signal }) => signal);
}

function runs(situation: Situation): number {
  return situation.trigger('flow/signal-1').started;
}

describe('debounce', () => {
  test('starts one run when it has been quiet, with what the last signal brought and all that were folded', () => {
    const situation = sent(given(quiet), ...numbered(1)).after(4 * minute);
    sent(situation, ...numbered(2)).after(4 * minute);
    expect([runs(situation), counts(situation)]).toEqual([0, [2, 0, 2, 0, 0]]);
    situation.after(minute);
    expect(folded(situation, 'flow/1')).toEqual(['A-1', 'A-2']);
    expect(situation.run('flow/1')).toMatchObject({
      params: [{ name: 'n', value: 2 }],
      createdAt: noon + 9 * minute,
      cause: {
        kind: 'SIGNAL',
        name: 'A',
        signal: 'A-2',
        folded: { count: 2, signals: [{ sequence: 1 }, { sequence: 2 }] },
      },
    });
    expect(counts(situation)).toEqual([2, 2, 0, 0, 0]);
  });

  test('the next signal after the run begins anew', () => {
    const situation = sent(given(quiet), ...numbered(1)).after(5 * minute);
    sent(situation, ...numbered(2)).after(5 * minute);
    expect([folded(situation, 'flow/1'), folded(situation, 'flow/2')]).toEqual([['A-1'], ['A-2']]);
  });

  test('a steady stream starts a run at the latest after ten times as long', () => {
    const situation = given(quiet);
    for (let n = 0; n <= 12; n++) sent(situation, ...numbered(n)).after(4 * minute);
    expect(situation.run('flow/1').createdAt).toBe(noon + 50 * minute);
    expect(folded(situation, 'flow/1')).toHaveLength(13);
  });

  test('or after `atMost`, to the second', () => {
    const situation = given(flow('signal: A, debounce: { quiet: 5m, atMost: 7m }'));
    sent(situation, ...numbered(1)).after(4 * minute);
    sent(situation, ...numbered(2));
    expect(verdict(situation, 'A-2')).toEqual({
      trigger: 'trigger:flow/signal-1',
      verdict: 'PENDING',
      missing: [],
      fold: { until: noon + 7 * minute, others: 1 },
    });
    situation.after(3 * minute);
    expect(situation.run('flow/1').createdAt).toBe(noon + 7 * minute);
  });

  test('each value of `by` is a group of its own', () => {
    const situation = sent(given(grouped), ...numbered(1, 2, 3, 4)).after(5 * minute);
    expect([folded(situation, 'flow/1'), folded(situation, 'flow/2')].sort()).toEqual([
      ['A-1', 'A-3'],
      ['A-2', 'A-4'],
    ]);
  });

  test('a signal without the parameter of its group is not taken, and told what it lacks', () => {
    const situation = sent(given(grouped), publish('A', {}, '1'), publish('A', { k: { of: 1 } }, '2'));
    expect(verdict(situation, 'A-1')).toMatchObject({ verdict: 'UNMET', clause: { param: 'k' } });
    expect(verdict(situation, 'A-2')).toMatchObject({
      verdict: 'REJECTED',
      message: 'Its "k", on which it is grouped, is no plain value.',
    });
    expect(counts(situation)).toEqual([1, 0, 0, 0, 1]);
  });

  test('what does not meet `where` neither counts nor holds a run up', () => {
    const situation = given(flow('signal: A, where: { n: ">= 2" }, debounce: 5m'));
    sent(situation, ...numbered(2)).after(4 * minute);
    sent(situation, ...numbered(1)).after(minute);
    expect(folded(situation, 'flow/1')).toEqual(['A-2']);
    expect(verdict(situation, 'A-1')).toMatchObject({ verdict: 'UNMET' });
  });

  test('who published is told until when it waits, and with how many', () => {
    const situation = sent(given(quiet), ...numbered(1, 2));
    expect(explainSignal(state(situation, 'A-1')).reasons[0]).toEqual({
      code: 'WAITING_FOR_SIGNAL',
      text: 'flow/signal-1 keeps it, and waits until 2026-01-15 12:05:00 UTC (5m without another).',
      subject: 'trigger:flow/signal-1',
    });
    expect(explainSignal(state(situation, 'A-2')).reasons[0]?.text).toBe(
      'flow/signal-1 keeps it, and waits until 2026-01-15 12:05:00 UTC (5m without another), with 1 other.',
    );
  });

  test('a wake that comes early or twice changes nothing', () => {
    const situation = sent(given(quiet), ...numbered(1));
    situation
      .when(wake('bucket:flow/signal-1/[]'))
      .then({ events: [] })
      .after(5 * minute);
    situation.when(wake('bucket:flow/signal-1/[]')).then({ events: [] });
    expect(runs(situation)).toBe(1);
  });

  test('a group that is full starts its run before its time', () => {
    const situation = given(quiet);
    const many = Array.from({ length: 1_001 }, (_, n) => ({
      id: `signal:A-${String(n)}` as EntityId,
      params: entries({ n }),
    }));
    sent(situation, { type: 'PublishSignals', name: 'A', signals: many });
    expect(folded(situation, 'flow/1')).toHaveLength(1_000);
    expect(verdict(situation, 'A-999')).toMatchObject({ verdict: 'STARTED', run: 'run:flow/1.1' });
    expect(counts(situation)).toEqual([1_001, 1_000, 1, 0, 0]);
    expect(JSON.stringify(situation.run('flow/1')).length).toBeLessThan(100_000);
    const row = summary('run:flow/1.1' as EntityId, situation.run('flow/1'));
    expect(row).toMatchObject({ cause: { signal: 'A-999', folded: { count: 1_000, signals: [] } } });
  });

  test('large signals fill a group as well', () => {
    const situation = given(quiet);
    for (let n = 1; n <= 5; n++) sent(situation, publish('A', { n, text: 'x'.repeat(60_000) }, String(n)));
    expect(folded(situation, 'flow/1')).toHaveLength(5);
    expect(counts(situation)).toEqual([5, 5, 0, 0, 0]);
  });

  test('a restart keeps what started the run', () => {
    const situation = sent(given(quiet), ...numbered(1, 2)).after(5 * minute);
    situation.when(restart('flow/1'));
    expect(situation.run('flow/1')).toMatchObject({
      attempt: 2,
      params: [{ name: 'n', value: 2 }],
      cause: { kind: 'RESTART', of: { signal: 'A-2', folded: { count: 2 } } },
    });
  });
});

describe('throttle', () => {
  test('starts at once, and folds what comes too soon after it into one run at the end of the period', () => {
    const situation = sent(given(throttled), ...numbered(1));
    expect([verdict(situation, 'A-1').verdict, folded(situation, 'flow/1')]).toEqual(['STARTED', ['A-1']]);
    situation.after(minute);
    sent(situation, ...numbered(2, 3)).after(8 * minute);
    expect(verdict(situation, 'A-3')).toMatchObject({
      verdict: 'PENDING',
      fold: { until: noon + 10 * minute, others: 1 },
    });
    expect([runs(situation), counts(situation)]).toEqual([1, [3, 1, 2, 0, 0]]);
    situation.after(minute);
    expect(folded(situation, 'flow/2')).toEqual(['A-2', 'A-3']);
    expect(situation.run('flow/2')).toMatchObject({
      createdAt: noon + 10 * minute,
      params: [{ name: 'n', value: 3 }],
    });
    expect(counts(situation)).toEqual([3, 3, 0, 0, 0]);
  });

  test('a run at the end of a period begins the next one', () => {
    const situation = sent(given(throttled), ...numbered(1, 2)).after(11 * minute);
    sent(situation, ...numbered(3));
    expect(runs(situation)).toBe(2);
    situation.after(9 * minute);
    expect(situation.run('flow/3').createdAt).toBe(noon + 20 * minute);
  });

  test('after a period in which nothing came the next signal starts at once', () => {
    const situation = sent(given(throttled), ...numbered(1)).after(10 * minute);
    sent(situation, ...numbered(2));
    expect(folded(situation, 'flow/2')).toEqual(['A-2']);
  });

  test('each value of `by` has its own periods', () => {
    const situation = given(flow('signal: A, throttle: { every: 10m, by: k }'));
    sent(situation, ...numbered(1, 2, 3));
    expect([runs(situation), counts(situation)]).toEqual([2, [3, 2, 1, 0, 0]]);
  });
});

describe('a trigger that changes', () => {
  test('paused it takes nothing and starts nothing, and deals with what was due on resuming', () => {
    const situation = sent(given(quiet), ...numbered(1));
    situation.when({ type: 'PauseTriggers', workflowId: 'flow' }).after(60 * minute);
    sent(situation, ...numbered(2));
    expect(verdict(situation, 'A-2').verdict).toBe('PAUSED');
    expect([runs(situation), counts(situation)]).toEqual([0, [1, 0, 1, 0, 0]]);
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' });
    expect(folded(situation, 'flow/1')).toEqual(['A-1']);
    expect(counts(situation)).toEqual([1, 1, 0, 0, 0]);
  });

  test('a long pause looks at what is due ever more rarely, and a short one changes no time', () => {
    const situation = sent(given(quiet), ...numbered(1));
    situation.when({ type: 'PauseTriggers', workflowId: 'flow' });
    const before = situation.taken.length;
    situation.after(24 * 60 * minute);
    expect(situation.taken.length - before).toBeLessThan(160);
    const short = sent(given(quiet), ...numbered(1)).when({ type: 'PauseTriggers', workflowId: 'flow' });
    short
      .after(minute)
      .when({ type: 'ResumeTriggers', workflowId: 'flow' })
      .after(4 * minute);
    expect(short.run('flow/1').createdAt).toBe(noon + 5 * minute);
  });

  test('groups beyond those that are remembered in a pause start later by themselves', () => {
    const situation = given(flow('signal: A, debounce: { quiet: 5m, by: n }'));
    sent(situation, ...numbered(...Array.from({ length: 120 }, (_, n) => n)));
    situation.when({ type: 'PauseTriggers', workflowId: 'flow' }).after(60 * minute);
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' }).delivered();
    expect(runs(situation)).toBe(100);
    situation.after(10 * minute);
    expect([runs(situation), counts(situation)]).toEqual([120, [120, 120, 0, 0, 0]]);
  });

  test('a refused run consumes nothing; what is corrected is tried again with all of them', () => {
    const refused = flow('signal: A, debounce: 5m, params: { n: "${signal.nothing}" }');
    const situation = sent(given(refused), ...numbered(1, 2)).after(5 * minute);
    expect([runs(situation), counts(situation)]).toEqual([0, [2, 0, 2, 0, 0]]);
    situation.applied(quiet).delivered();
    expect(folded(situation, 'flow/1')).toEqual(['A-1', 'A-2']);
    expect(counts(situation)).toEqual([2, 2, 0, 0, 0]);
  });

  test('a group that is full of refused signals rejects the next, and says why', () => {
    const situation = given(flow('signal: A, debounce: 5m, params: { n: "${signal.nothing}" }'));
    const many = Array.from({ length: 1_001 }, (_, n) => ({
      id: `signal:A-${String(n)}` as EntityId,
      params: entries({ n }),
    }));
    sent(situation, { type: 'PublishSignals', name: 'A', signals: many });
    expect(verdict(situation, 'A-1000')).toMatchObject({
      verdict: 'REJECTED',
      message: expect.stringContaining('1000 signals whose run was refused') as string,
    });
    expect(counts(situation)).toEqual([1_001, 0, 1_000, 0, 1]);
  });

  test('another length of time and other demands keep what waits', () => {
    const situation = sent(given(quiet), ...numbered(1));
    situation.applied(flow('signal: A, where: { n: ">= 0" }, debounce: 20m')).delivered();
    expect(counts(situation)).toEqual([1, 0, 1, 0, 0]);
    situation.after(5 * minute);
    expect(folded(situation, 'flow/1')).toEqual(['A-1']);
  });

  test.each([
    ['other groups', flow('signal: A, debounce: { quiet: 5m, by: k }')],
    ['another way', flow('signal: A, throttle: 5m')],
    ['no folding at all', flow('signal: A')],
  ])('%s let what waits expire, with a reason', (_, text) => {
    const situation = sent(given(quiet), ...numbered(1));
    situation.applied(text).delivered();
    const { lastExpired } = situation.trigger('flow/signal-1');
    expect(lastExpired).toMatchObject({
      count: 1,
      reason: 'A new version of the workflow folds other signals, folds them otherwise, or not at all.',
    });
    situation.after(60 * minute);
    expect(runs(situation)).toBe(0);
    sent(situation, ...numbered(2)).after(60 * minute);
    expect(runs(situation)).toBe(1);
  });

  test('taken out of the workflow, and put in again, it starts nothing of what waited', () => {
    const situation = sent(given(quiet), ...numbered(1));
    situation.applied('id: flow\nsteps: [{ id: a, noop: true }]').delivered();
    expect(situation.trigger('flow/signal-1').lastExpired).toMatchObject({ count: 1 });
    situation
      .applied(quiet)
      .delivered()
      .after(60 * minute);
    expect(runs(situation)).toBe(0);
  });

  test('`reset-trigger` drops what waits, and says who did it', () => {
    const situation = sent(given(quiet), ...numbered(1));
    situation.when({ type: 'ResetTrigger', workflowId: 'flow', trigger: 'signal-1' });
    expect(situation.trigger('flow/signal-1').lastExpired).toMatchObject({
      count: 1,
      reason: 'ada reset the trigger.',
    });
    expect(counts(situation)).toEqual([1, 0, 0, 1, 0]);
    sent(situation.after(minute), ...numbered(2)).after(5 * minute);
    expect(folded(situation, 'flow/1')).toEqual(['A-2']);
  });

  test('what begins to be folded goes on hearing: no signal in between is missed', () => {
    const situation = sent(given(flow('signal: A')), ...numbered(1));
    situation.applied(quiet);
    situation
      .when(publish('A', { n: 2 }, '2'))
      .delivered()
      .after(5 * minute);
    expect(folded(situation, 'flow/2')).toEqual(['A-2']);
    expect(counts(situation)).toEqual([1, 1, 0, 0, 0]);
  });
});
