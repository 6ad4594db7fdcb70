// The sentences of an explanation as things go on. What would let each go on stands in every-reason.test.ts.

import { describe, expect, test } from 'vitest';

import { explainRun } from '../../../src/core/explanation/explain-run.ts';
import { explainSignal } from '../../../src/core/explanation/explain-signal.ts';
import { explainStep } from '../../../src/core/explanation/explain-step.ts';
import { explainTrigger } from '../../../src/core/explanation/explain-trigger.ts';
import { type Explanation } from '../../../src/core/explanation/explanation.ts';
import { type EntityId } from '../../../src/core/ids.ts';
import { type SignalState } from '../../../src/core/signal/signal.ts';
import {
  cancelled,
  createSituation,
  failed,
  given,
  givenMany,
  publish,
  restart,
  type Situation,
  start,
  stop,
  succeeded,
} from '../../support/given.ts';

const SECOND = 1_000;

/** Looks at the explanation as people read it, and that nothing of the machine shows through. */
function said(explanation: Explanation): readonly string[] {
  const lines = explanation.reasons.map(({ text }) => text);
  for (const line of [explanation.summary, ...lines]) {
    expect(line).not.toMatch(
      /undefined|null|NaN|\[object|[A-Z]{3,}_[A-Z]|\b(?:QUEUED|RUNNING|SUCCEEDED|FAILED|STOPPED|UNSATISFIED)\b|  |\.\./u,
    );
    expect(line).toMatch(/^["A-Za-z].*[.`]$/u);
  }
  return lines;
}

function run(situation: Situation, name: string): readonly string[] {
  const state = situation.run(name);
  const explanation = explainRun(
    state,
    situation.definition(state.definition),
    situation.queue(state.workflowId),
    name,
  );
  expect(explanation.summary).toBe(explanation.reasons[0]?.text);
  return said(explanation);
}

function step(situation: Situation, name: string, index: number): string {
  const state = situation.run(name);
  const explanation = explainStep(state, situation.definition(state.definition), index, { runName: name });
  expect(explanation.id).toBe(`step:${name}/${situation.definition(state.definition).steps[index]?.id ?? ''}`);
  return said(explanation).join(' | ');
}

function signalOf(situation: Situation, id: string): SignalState {
  return situation.entity(`signal:${id}` as EntityId)?.state as SignalState;
}

function signal(situation: Situation, id = 'ready-1'): readonly string[] {
  const explanation = explainSignal(signalOf(situation, id));
  return [explanation.summary, ...said(explanation)];
}

function trigger(situation: Situation, name: string, recent: readonly SignalState[] = []): readonly string[] {
  return said(explainTrigger(`trigger:${name}` as EntityId, situation.trigger(name), { recent }));
}

const chain = `id: flow
params: { n: 5 }
steps: [{ id: a, run: x, retry: 1, timeout: 30s }, { id: b, needs: a, when: n > 9, run: x }, { id: c, needs: b, noop: true }]`;

describe('a run', () => {
  test('that waits says for whom, and how many are before it', () => {
    const situation = given(chain);
    for (let index = 0; index < 4; index++) situation.when(start('flow'));
    expect(run(situation, 'flow/2')).toEqual([
      `It waits in the queue: "flow" does one run at a time, and flow/1 is still going on; it is next.`,
    ]);
    expect(run(situation, 'flow/3')).toEqual([
      `It waits in the queue: "flow" does one run at a time, and flow/1 is still going on; 1 run is before it.`,
    ]);
    expect(run(situation, 'flow/4')).toEqual([
      `It waits in the queue: "flow" does one run at a time, and flow/1 is still going on; 2 runs are before it.`,
    ]);
  });

  test('that waits for several names the first of them', () => {
    const situation = given('id: flow\nrunStrategy: { parallel: 5 }\nsteps: [{ id: a, run: x }]');
    for (let index = 0; index < 6; index++) situation.when(start('flow'));
    expect(run(situation, 'flow/6')[0]).toMatch(
      /^It waits in the queue: "flow" does 5 runs at a time, and flow\/1, flow\/2, flow\/3 and 2 more are still going on; it is next\./u,
    );
  });

  test('that is about to start says so', () => {
    const situation = given(chain).when(start('flow'));
    const waiting = { ...situation.run('flow/1'), status: 'QUEUED' as const };
    const definition = situation.definition(waiting.definition);
    expect(said(explainRun(waiting, definition, undefined, 'flow/1'))).toEqual([
      'It waits in the queue and is about to start.',
    ]);
  });

  test('that runs says what goes on and what waits', () => {
    expect(run(given(chain).when(start('flow')), 'flow/1')).toEqual([
      'It is running: 1 step of 3 going on.',
      '"a" has been running since 2026-01-15 12:00:00 UTC.',
      '"b" waits for "a" to finish.',
      '"c" waits for "b" to finish.',
    ]);
  });

  test('that was stopped says by whom, while it ends and after', () => {
    const situation = given(chain).when(start('flow')).when(stop('flow/1'));
    expect(run(situation, 'flow/1')).toEqual([
      'ada stopped it at 2026-01-15 12:00:00 UTC; it ends when nothing of it is left running.',
      '"a" was told to end because its run is being stopped, and has not ended yet.',
      '"b" will not begin: its run is ending.',
      '"c" will not begin: its run is ending.',
    ]);
    expect(run(situation.reported('flow/1/a', cancelled), 'flow/1')).toEqual([
      'ada stopped it at 2026-01-15 12:00:00 UTC.',
      '"a" was stopped.',
      '"b" never began: it needs "a", which did not succeed.',
      '"c" never began: what it needs hangs on "a", which did not succeed.',
    ]);
  });

  test('that was stopped while it waited says so', () => {
    const situation = given(chain).when(start('flow')).when(start('flow')).when(stop('flow/2'));
    expect(run(situation, 'flow/2')).toEqual([
      'ada stopped it at 2026-01-15 12:00:00 UTC.',
      '"a" had not begun when its run ended.',
      '"b" had not begun when its run ended.',
      '"c" had not begun when its run ended.',
    ]);
  });

  test('that took too long says so, while it ends and after', () => {
    const situation = given('id: flow\ntimeout: 90s\nsteps: [{ id: a, run: x }]')
      .when(start('flow'))
      .after(90 * SECOND);
    expect(run(situation, 'flow/1')).toEqual([
      'It has taken longer than its timeout, which was over at 2026-01-15 12:01:30 UTC; it ends when nothing of it is left running.',
      '"a" was told to end because its run took longer than its timeout, and has not ended yet.',
    ]);
    expect(run(situation.reported('flow/1/a', cancelled), 'flow/1')).toEqual([
      'It timed out at 2026-01-15 12:01:30 UTC: The run took longer than its timeout of 90 s, counted from its start at 2026-01-15T12:00:00.000Z.',
      '"a" was stopped.',
    ]);
  });

  test('that succeeded says what was left out, and by which values', () => {
    const situation = given(chain).when(start('flow')).reported('flow/1/a', succeeded());
    expect(run(situation, 'flow/1')).toEqual([
      'It succeeded at 2026-01-15 12:00:00 UTC: everything that had to run has run.',
      '"b" was left out: its condition `n > 9` is false, since n is 5.',
      '"c" was left out: none of the steps that it needs leads to it ("b" was left out too).',
    ]);
  });

  test('that failed says which step, why, and what never began', () => {
    const situation = given(chain).when(start('flow')).reported('flow/1/a', failed('USER', false));
    expect(run(situation, 'flow/1')).toEqual([
      'It failed at 2026-01-15 12:00:00 UTC: Step "a": The command ended with exit code 3.',
      '"a" failed: The command ended with exit code 3.',
      '"b" never began: it needs "a", which did not succeed.',
      '"c" never began: what it needs hangs on "a", which did not succeed.',
    ]);
  });
});

describe('a step', () => {
  test('of a run that waits, waits with it', () => {
    expect(step(given(chain).when(start('flow')).when(start('flow')), 'flow/2', 0)).toBe(
      '"a" waits for its run to leave the queue.',
    );
  });

  test('that is tried again says why and when, and then which try it is', () => {
    const situation = given(chain).when(start('flow')).reported('flow/1/a', failed());
    expect(step(situation, 'flow/1', 0)).toBe(
      '"a" failed and will be tried again at 2026-01-15 12:00:01 UTC: The command ended with exit code 3.',
    );
    expect(step(situation.after(SECOND), 'flow/1', 0)).toBe(
      '"a" has been running since 2026-01-15 12:00:01 UTC (try 2).',
    );
  });

  test('that takes too long says so, while it ends and after', () => {
    const situation = given(chain)
      .when(start('flow'))
      .after(30 * SECOND);
    expect(step(situation, 'flow/1', 0)).toBe(
      '"a" was told to end because it took longer than its timeout, and has not ended yet.',
    );
    expect(step(situation.reported('flow/1/a', cancelled).after(SECOND), 'flow/1', 0)).toMatch(
      /^"a" has been running since .* \(try 2\)\.$/u,
    );
    expect(step(situation.after(30 * SECOND).reported('flow/1/a', cancelled), 'flow/1', 0)).toBe(
      '"a" took too long: It took longer than its timeout of 30 s and was ended.',
    );
  });

  test('that sleeps says until when, and that it is done', () => {
    const situation = given('id: flow\nsteps: [{ id: a, sleep: 5m }]').when(start('flow'));
    expect(step(situation, 'flow/1', 0)).toBe('"a" sleeps until 2026-01-15 12:05:00 UTC.');
    expect(step(situation.after(300 * SECOND), 'flow/1', 0)).toBe('"a" is done.');
  });

  test('that waits for many names five of them', () => {
    const others = Array.from({ length: 7 }, (_, index) => `s${String(index)}`);
    const text = `id: flow\nsteps: [${others.map((id) => `{ id: ${id}, run: x }`).join(', ')}, { id: z, needs: [${others.join(', ')}], noop: true }]`;
    expect(step(given(text).when(start('flow')), 'flow/1', 7)).toBe(
      '"z" waits for "s0", "s1", "s2", "s3", "s4" and 2 more steps to finish.',
    );
  });

  test('behind one that failed says so while the run goes on, also at a distance', () => {
    const text =
      'id: flow\nsteps: [{ id: a, run: x }, { id: b, run: x }, { id: c, needs: [a, b], noop: true }, { id: d, needs: c, noop: true }]';
    const situation = given(text).when(start('flow')).reported('flow/1/a', failed('USER', false));
    expect(step(situation, 'flow/1', 2)).toBe(`"c" will not begin: it needs "a", which did not succeed.`);
    expect(step(situation, 'flow/1', 3)).toBe(`"d" will not begin: what it needs hangs on "a", which did not succeed.`);
  });

  test('that comes next, between two commits, is about to begin', () => {
    const situation = givenMany(1_600, () => 'noop: true').when(start('flow'));
    expect(step(situation, 'flow/1', 1_599)).toBe('"s1599" is about to begin.');
  });

  test('that is not there says so', () => {
    const situation = given(chain).when(start('flow'));
    const state = situation.run('flow/1');
    expect(explainStep(state, situation.definition(state.definition), 9, { runName: 'flow/1' }).summary).toBe(
      'It is not part of this run.',
    );
  });

  test('whose condition has no values says only that it is false; a fault of it says what to do', () => {
    const text =
      'id: flow\nsteps: [{ id: a, when: 1 > 2, noop: true }, { id: z, run: x, outputs: { n: long } }, { id: b, needs: z, when: steps.z.n > 1, noop: true }]';
    const situation = given(text).when(start('flow')).reported('flow/1/z', succeeded());
    expect(step(situation, 'flow/1', 0)).toBe('"a" was left out: its condition `1 > 2` is false.');
    expect(step(situation, 'flow/1', 2)).toMatch(
      /^"b" failed: An expression of step "b" could not be evaluated: .*$/su,
    );
  });
});

describe('a signal', () => {
  const text = (id: string, more = ''): string =>
    `id: ${id}\nparams: { p: x }\ntriggers: [{ signal: ready${more} }]\nsteps: [{ id: a, noop: true }]`;

  test('that nobody heard says so', () => {
    expect(signal(given().when(publish('ready')))).toEqual([
      '"ready" number 1 started nothing: no trigger listened.',
      'When it came, no trigger listened to "ready", and no step waited for it.',
    ]);
  });

  test('whose triggers have not answered says so', () => {
    expect(signal(given(text('flow')).when(publish('ready')))).toEqual([
      '"ready" number 1 has started nothing so far: the triggers that may listen have not answered yet.',
    ]);
  });

  test('says of each trigger what it made of it', () => {
    const situation = createSituation(1)
      .applied(text('one'))
      .applied(text('two', ', where: { rows: ">= 100" }'))
      .applied(text('three', ', where: { island: Dream }'))
      .applied(text('four', ', params: { p: "${signal.missing}" }'))
      .applied(text('five'))
      .delivered()
      .when({ type: 'PauseTriggers', workflowId: 'five' })
      .when(publish('ready', { rows: 7 }))
      .delivered();
    const lines = signal(situation);
    expect(lines.map((line) => line.replace(/(could not be made: ).*$/su, '$1…'))).toEqual([
      '"ready" number 1 started 1 run.',
      'one/signal-1 started one/1.',
      'five/signal-1 is paused.',
      'four/signal-1 matched, but its run could not be made: …',
      'three/signal-1 wants `island == "Dream"`, and island was not given.',
      'two/signal-1 wants `rows >= 100`, and rows was 7.',
    ]);
  });

  test('that started nothing says how many listened', () => {
    const unmet = ', where: { rows: 1 }';
    const one = given(text('one', unmet))
      .when(publish('ready', { rows: 7 }))
      .delivered();
    expect(signal(one)[0]).toBe(
      '"ready" number 1 started nothing: the only trigger that listened did not start a run.',
    );
    const two = given(text('one', unmet), text('two', unmet))
      .when(publish('ready', { rows: 7 }))
      .delivered();
    expect(signal(two)[0]).toBe(
      '"ready" number 1 started nothing: none of the 2 triggers that listened started a run.',
    );
  });

  test('that some have answered, or more than are kept, says so', () => {
    const situation = given(text('flow')).when(publish('ready')).delivered();
    const state = signalOf(situation, 'ready-1');
    expect(explainSignal({ ...state, awaited: [3] }).summary).toBe(
      '"ready" number 1 started 1 run. Some triggers have not answered yet.',
    );
    expect(explainSignal({ ...state, more: 1 }).summary).toBe(
      '"ready" number 1 started at least 1 run; 1 more trigger answered and is not listed.',
    );
    expect(explainSignal({ ...state, more: 2 }).summary).toBe(
      '"ready" number 1 started at least 1 run; 2 more triggers answered and are not listed.',
    );
  });
});

describe('a trigger', () => {
  const listener =
    'id: flow\nparams: { p: x }\ntriggers: [{ signal: ready, where: { rows: ">= 100" }, params: { p: "${signal.island}" } }]\nsteps: [{ id: a, noop: true }]';
  const name = 'flow/signal-1';

  test('on a signal says what it waits for, and what the last one lacked', () => {
    const situation = createSituation(16).applied(listener);
    expect(trigger(situation, name)).toEqual(['It is about to listen to "ready"; that takes a moment.']);
    expect(trigger(situation.delivered(), name)).toEqual([
      'It waits for the signal "ready", which was never published.',
    ]);
    situation.when(publish('ready', { rows: 7 })).delivered();
    expect(trigger(situation, name, [signalOf(situation, 'ready-1')])).toEqual([
      'The last "ready" (number 1, 2026-01-15 12:00:00 UTC) did not meet `rows >= 100`: rows was 7.',
    ]);
    situation.when(publish('ready', {}, '2')).delivered();
    expect(trigger(situation, name, [signalOf(situation, 'ready-2')])[0]).toMatch(
      /did not meet `rows >= 100`: rows was not given\./u,
    );
    situation.when(publish('ready', { rows: 200, island: 'Dream' }, '3')).delivered();
    expect(trigger(situation, name, [signalOf(situation, 'ready-3')])).toEqual([
      'It waits for the next "ready".',
      'It has started 1 run, the last one flow/1 at 2026-01-15 12:00:00 UTC.',
    ]);
  });

  test('that could not start a run says why', () => {
    const situation = given(listener)
      .when(publish('ready', { rows: 200 }))
      .delivered();
    const [, refused] = trigger(situation, name, [signalOf(situation, 'ready-1')]);
    expect(refused).toMatch(
      /^At 2026-01-15 12:00:00 UTC it should have started a run and could not: Its parameter "p" could not be made: .*$/su,
    );
  });

  test('that is paused or gone says so first', () => {
    const situation = given(listener).when({ type: 'PauseTriggers', workflowId: 'flow' });
    expect(trigger(situation, name)).toEqual(['"signal-1" starts nothing: the triggers of "flow" are paused.']);
    situation.applied('id: flow\nsteps: [{ id: a, noop: true }]');
    expect(trigger(situation, name)).toEqual([
      '"signal-1" starts nothing: it belongs to no active version of "flow" any more.',
    ]);
  });

  test('on the calendar says when it fires next, what it started and what it left out', () => {
    const text = 'id: flow\ntriggers: [{ cron: "0 * * * *", timezone: Europe/Madrid }]\nsteps: [{ id: a, noop: true }]';
    const situation = given(text);
    expect(trigger(situation, 'flow/cron-1')).toEqual([
      'It fires next at 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC) (every hour at :00 in Madrid).',
    ]);
    situation.when({ type: 'Wake', entity: 'trigger:flow/cron-1' as EntityId }, situation.now + 2 * 3_600_000);
    situation.when(restart('flow/1'));
    expect(trigger(situation, 'flow/cron-1')).toEqual([
      'It fires next at 2026-01-15 16:00:00 Europe/Madrid (15:00:00 UTC) (every hour at :00 in Madrid).',
      'It has started 1 run, the last one flow/1 at 2026-01-15 15:00:00 Europe/Madrid (14:00:00 UTC).',
      'It left out 1 missed tick of 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC), as `catchUp: latest` says: of missed times, only the last starts a run.',
    ]);
    situation.when({ type: 'Wake', entity: 'trigger:flow/cron-1' as EntityId }, situation.now + 3 * 3_600_000);
    expect(trigger(situation, 'flow/cron-1').slice(1)).toEqual([
      'It has started 2 runs, the last one flow/2 at 2026-01-15 18:00:00 Europe/Madrid (17:00:00 UTC).',
      'It left out 2 missed ticks from 2026-01-15 16:00:00 Europe/Madrid (15:00:00 UTC) to 2026-01-15 17:00:00 Europe/Madrid (16:00:00 UTC), as `catchUp: latest` says: of missed times, only the last starts a run.',
    ]);
    situation.when({ type: 'PauseTriggers', workflowId: 'flow' });
    expect(trigger(situation, 'flow/cron-1')[1]).toBe(
      'Its next time would be 2026-01-15 19:00:00 Europe/Madrid (18:00:00 UTC) (every hour at :00 in Madrid). Of the times that pass while it is paused, only the last starts a run.',
    );
  });

  test('whose schedule is over says so', () => {
    const situation = given(
      'id: flow\ntriggers: [{ cron: "0 0 13 15 1 * 2026" }]\nsteps: [{ id: a, noop: true }]',
    ).after(2 * 3_600_000);
    expect(trigger(situation, 'flow/cron-1')[0]).toBe(
      'Its schedule (cron `0 0 13 15 1 * 2026` UTC) names no time that is still to come.',
    );
  });
});
