// Triggers on several signals: what makes a run together, what waits, what is refused and what expires.

import { describe, expect, test } from 'vitest';

import { type EntityId } from '../../../src/core/ids.ts';
import { type Json } from '../../../src/core/json.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { type FirstCause } from '../../../src/core/run/state.ts';
import { type SignalState, type TriggerVerdict } from '../../../src/core/signal/signal.ts';
import { type BucketState } from '../../../src/core/trigger/bucket.ts';
import { isBalanced } from '../../../src/core/trigger/tally.ts';
import { tallyOf } from '../../../src/core/trigger/trigger.ts';
import { entries, given, noon, publish, restart, type Situation, wake } from '../../support/given.ts';

const minute = 60_000;

function flow(trigger: string, params = ''): string {
  return `id: flow\n${params}\ntriggers:\n  - ${trigger}\nsteps: [{ id: a, noop: true }]`;
}

const twins = flow(`all: [{ signal: A, joinOn: k }, { signal: B, joinOn: k }]`);

function happened(name: string, at: number, params: Readonly<Record<string, Json>> = {}, key = '1'): CommandBody {
  const id = `signal:${name}-${key}` as EntityId;
  return { type: 'PublishSignals', name, signals: [{ id, params: entries(params), occurredAt: at }] };
}

function sent(situation: Situation, ...bodies: readonly CommandBody[]): Situation {
  for (const body of bodies) situation.when(body).delivered();
  return situation;
}

function verdict(situation: Situation, id: string): TriggerVerdict {
  const state = situation.entity(`signal:${id}` as EntityId)?.state as SignalState;
  const [first] = state.verdicts;
  if (first === undefined) throw new Error(`${id} was not judged`);
  return first;
}

function counts(situation: Situation, trigger = 'flow/all-1'): readonly number[] {
  const tally = tallyOf(situation.trigger(trigger));
  expect(isBalanced(tally)).toBe(true);
  return [tally.delivered, tally.consumed, tally.pending, tally.expired, tally.rejected];
}

function joinedBy(situation: Situation, run: string): readonly string[] {
  const cause = situation.run(run).cause as Extract<FirstCause, { kind: 'SIGNAL' }>;
  return (cause.signals ?? []).map(({ as, signal }) => `${as}=${signal}`);
}

function waitingIn(situation: Situation, id: string): number {
  return (situation.entity(id as EntityId)?.state as BucketState).candidates.length;
}

describe('all', () => {
  test('interleaved keys lose nothing: A1 A2 B2 B1 are two runs', () => {
    const situation = sent(
      given(twins),
      publish('A', { k: 1 }, '1'),
      publish('A', { k: 2 }, '2'),
      publish('B', { k: 2 }, '2'),
      publish('B', { k: 1 }, '1'),
    );
    expect(joinedBy(situation, 'flow/1')).toEqual(['A=A-2', 'B=B-2']);
    expect(joinedBy(situation, 'flow/2')).toEqual(['A=A-1', 'B=B-1']);
    expect(counts(situation)).toEqual([4, 4, 0, 0, 0]);
  });

  test('tells who published the first what is missing, and who published the last what it started', () => {
    const text = flow(`all: [{ signal: A, joinOn: island }, { signal: B, joinOn: place }]`);
    const situation = sent(given(text), publish('A', { island: 'Biscoe' }));
    expect(verdict(situation, 'A-1')).toMatchObject({
      verdict: 'PENDING',
      missing: [{ name: 'B', on: [{ name: 'place', value: 'Biscoe' }] }],
    });
    sent(situation, publish('B', { place: 'Biscoe' }));
    expect(verdict(situation, 'B-1')).toMatchObject({ verdict: 'STARTED', run: 'run:flow/1.1' });
  });

  test('takes the oldest first, and one of each', () => {
    const situation = sent(
      given(twins),
      ...['1', '2', '3'].map((key) => publish('A', { k: 1 }, key)),
      publish('B', { k: 1 }, '1'),
      publish('B', { k: 1 }, '2'),
    );
    expect(joinedBy(situation, 'flow/2')).toEqual(['A=A-2', 'B=B-2']);
    expect(counts(situation)).toEqual([5, 4, 1, 0, 0]);
  });

  test('one name that stands there twice needs two signals', () => {
    const text = flow(`all: [{ signal: A, as: one }, { signal: A, as: two }]`);
    const situation = sent(given(text), publish('A', {}, '1'));
    expect(counts(situation)).toEqual([1, 0, 1, 0, 0]);
    sent(situation, publish('A', {}, '2'));
    expect(joinedBy(situation, 'flow/1')).toEqual(['one=A-1', 'two=A-2']);
  });

  test('a signal that could fill either slot leaves the one to the signal that can fill no other', () => {
    const text = flow(`all: [{ signal: A, as: any }, { signal: A, as: big, where: { rows: ">= 100" } }]`);
    const situation = sent(given(text), publish('A', { rows: 200 }, '1'), publish('A', { rows: 5 }, '2'));
    expect(joinedBy(situation, 'flow/1')).toEqual(['any=A-2', 'big=A-1']);
  });

  test('nothing is put in that does not meet its demands, or has no key', () => {
    const text = flow(`all: [{ signal: A, joinOn: k, where: { rows: "> 1" } }, { signal: B, joinOn: k }]`);
    const situation = sent(given(text), publish('A', { k: 1, rows: 1 }, '1'), publish('A', { rows: 2 }, '2'));
    expect(verdict(situation, 'A-1')).toMatchObject({ verdict: 'UNMET', clause: { param: 'rows' }, actual: 1 });
    expect(verdict(situation, 'A-2')).toMatchObject({ verdict: 'UNMET', clause: { param: 'k' }, actual: null });
    expect(counts(situation)).toEqual([0, 0, 0, 0, 0]);
  });

  test('values of another type are another key', () => {
    const situation = sent(given(twins), publish('A', { k: 1 }), publish('B', { k: '1' }));
    expect(counts(situation)).toEqual([2, 0, 2, 0, 0]);
  });

  test('the run reads its signals, also after a restart', () => {
    const text = flow(
      `all: [{ signal: A, as: measured, joinOn: k }, { signal: B, joinOn: k }]\n    params: { rows: "\${signals.measured.rows}", late: "\${signal.k}" }`,
      `params:\n  rows: { type: long }\n  late: 0\n  twice: { type: long, expression: "signals.measured.rows + signals.measured.rows" }`,
    );
    const situation = sent(given(text), publish('A', { k: 1, rows: 21 }), publish('B', { k: 1 }));
    expect(situation.run('flow/1').params).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'rows', value: 21 }),
        expect.objectContaining({ name: 'twice', value: 42 }),
        expect.objectContaining({ name: 'late', value: 1 }),
      ]),
    );
    situation.when(restart('flow/1', {}));
    expect(situation.run('flow/1').params).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'twice', value: 42 })]),
    );
  });

  test('paused triggers take nothing, and keep what waits', () => {
    const situation = sent(given(twins), publish('A', { k: 1 }));
    situation.when({ type: 'PauseTriggers', workflowId: 'flow' });
    sent(situation, publish('B', { k: 1 }));
    expect(verdict(situation, 'B-1')).toMatchObject({ verdict: 'PAUSED' });
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' });
    sent(situation, publish('B', { k: 1 }, '2'));
    expect(joinedBy(situation, 'flow/1')).toEqual(['A=A-1', 'B=B-2']);
  });
});

describe('a start that is refused', () => {
  const text = flow(
    `all: [{ signal: A, joinOn: k }, { signal: B, joinOn: k }]\n    params: { rows: "\${signals.A.rows}" }`,
    'params: { rows: { type: long } }',
  );

  test('consumes nothing, is not tried at each arrival, and holds nobody up', () => {
    const situation = sent(given(text), publish('A', { k: 1, rows: 'many' }), publish('B', { k: 1 }));
    expect(verdict(situation, 'B-1')).toMatchObject({
      verdict: 'REFUSED',
      message: expect.stringContaining('rows') as string,
    });
    expect(counts(situation)).toEqual([2, 0, 2, 0, 0]);
    sent(situation, publish('A', { k: 1, rows: 3 }, '2'), publish('B', { k: 1 }, '2'));
    expect(joinedBy(situation, 'flow/1')).toEqual(['A=A-2', 'B=B-2']);
    expect(counts(situation)).toEqual([4, 2, 2, 0, 0]);
  });

  test('is tried once more when a new version is activated', () => {
    const situation = sent(given(text), publish('A', { k: 1, rows: 'many' }), publish('B', { k: 1 }));
    situation.applied(text.replace('long', 'string')).delivered();
    expect(joinedBy(situation, 'flow/1')).toEqual(['A=A-1', 'B=B-1']);
    expect(counts(situation)).toEqual([2, 2, 0, 0, 0]);
  });

  test('is tried once more when the triggers are resumed, and refused once more', () => {
    const situation = sent(given(text), publish('A', { k: 1, rows: 'many' }), publish('B', { k: 1 }));
    situation.when({ type: 'PauseTriggers', workflowId: 'flow' }).when({ type: 'ResumeTriggers', workflowId: 'flow' });
    situation.then({ events: ['TriggersResumed', 'TriggerResumed', 'BucketStuck', 'JoinRefused'] });
    expect(counts(situation)).toEqual([2, 0, 2, 0, 0]);
  });
});

describe('any, at least, sequence', () => {
  test('any of them starts a run, and what the others would give is left out', () => {
    const text = flow(
      `any: [{ signal: A }, { signal: B, where: { rows: "> 1" } }]\n    params: { from: "\${signals.B.rows}" }`,
      'params: { from: 0 }',
    );
    const situation = sent(given(text), publish('A'), publish('B', { rows: 7 }), publish('B', { rows: 1 }, '2'));
    expect(['flow/1', 'flow/2'].map((run) => situation.run(run).params[0]?.value)).toEqual([0, 7]);
    expect(counts(situation, 'flow/any-1')).toEqual([2, 2, 0, 0, 0]);
  });

  test('so many of them start a run, whichever', () => {
    const text = flow(`{ atLeast: 2, of: [{ signal: A }, { signal: B }, { signal: C }] }`);
    const situation = sent(given(text), publish('C'), publish('C', {}, '2'), publish('A'), publish('B'));
    expect(joinedBy(situation, 'flow/1')).toEqual(['A=A-1', 'C=C-1']);
    expect(joinedBy(situation, 'flow/2')).toEqual(['B=B-1', 'C=C-2']);
    expect(counts(situation, 'flow/at-least-1')).toEqual([4, 4, 0, 0, 0]);
  });

  test('a sequence counts a signal only behind the one before it', () => {
    const text = flow(`sequence: [{ signal: A }, { signal: B }, { signal: C }]`);
    const situation = sent(given(text), publish('B'));
    expect(verdict(situation, 'B-1')).toMatchObject({
      verdict: 'REJECTED',
      message: expect.stringContaining('no A') as string,
    });
    sent(situation, publish('A', {}, '1'), publish('A', {}, '2'), publish('B', {}, '2'), publish('C', {}, '1'));
    expect(joinedBy(situation, 'flow/1')).toEqual(['A=A-1', 'B=B-2', 'C=C-1']);
    expect(counts(situation, 'flow/sequence-1')).toEqual([5, 3, 1, 0, 1]);
  });
});

describe('windows', () => {
  const text = flow(
    `all: [{ signal: A, joinOn: k }, { signal: B, joinOn: k }]\n    within: 1h\n    late: { wait: 10m }`,
  );
  const bucket = 'bucket:flow/all-1/[1]';

  test('signals that happened further apart never join, however near they arrive', () => {
    const situation = sent(
      given(text),
      happened('A', noon - 50 * minute, { k: 1 }),
      happened('B', noon + 11 * minute, { k: 1 }),
    );
    expect(counts(situation)).toEqual([2, 0, 2, 0, 0]);
    sent(situation, happened('A', noon, { k: 1 }, '2'));
    expect(joinedBy(situation, 'flow/1')).toEqual(['A=A-2', 'B=B-1']);
  });

  test('what nothing can join any more expires by itself, with what was missing', () => {
    const situation = sent(given(text), happened('A', noon, { k: 1 }));
    situation.after(70 * minute - 1);
    expect(waitingIn(situation, bucket)).toBe(1);
    situation.after(1);
    expect(waitingIn(situation, bucket)).toBe(0);
    expect(counts(situation)).toEqual([1, 0, 0, 1, 0]);
    expect(situation.trigger('flow/all-1').lastExpired?.reason).toBe('The window of A ended and no B had come.');
  });

  test('a late signal is taken while the window waits for it, and rejected afterwards', () => {
    const situation = sent(given(text), happened('A', noon, { k: 1 }));
    situation.after(65 * minute);
    sent(situation, happened('B', noon + 59 * minute, { k: 1 }));
    expect(joinedBy(situation, 'flow/1')).toEqual(['A=A-1', 'B=B-1']);
    sent(situation, happened('B', noon - 5 * minute, { k: 1 }, '2'));
    expect(verdict(situation, 'B-2')).toMatchObject({
      verdict: 'REJECTED',
      message: expect.stringContaining('too late') as string,
    });
  });

  test('a sequence expires as a whole', () => {
    const ordered = flow(
      `sequence: [{ signal: A }, { signal: B }, { signal: C }]\n    within: 1h\n    late: { wait: 0 }`,
    );
    const situation = sent(given(ordered), happened('A', noon), happened('B', noon + 30 * minute));
    situation.after(60 * minute);
    expect(counts(situation, 'flow/sequence-1')).toEqual([2, 0, 0, 2, 0]);
  });
});

describe('changes of the trigger', () => {
  test('what waits goes on waiting while the signals and keys are the same', () => {
    const situation = sent(given(twins), publish('A', { k: 1 }));
    situation.applied(twins.replace('noop: true', 'sleep: 1s')).delivered();
    sent(situation, publish('B', { k: 1 }));
    expect(joinedBy(situation, 'flow/1')).toEqual(['A=A-1', 'B=B-1']);
  });

  test('what waits expires when the keys are others, and when the trigger goes', () => {
    const situation = sent(given(twins), publish('A', { k: 1, l: 1 }));
    situation.applied(twins.replaceAll('joinOn: k', 'joinOn: l')).delivered();
    expect(counts(situation)).toEqual([1, 0, 0, 1, 0]);
    sent(situation, publish('B', { k: 1, l: 1 }), publish('A', { k: 1, l: 2 }, '2'));
    expect(counts(situation)).toEqual([3, 0, 2, 1, 0]);
    situation.applied(flow('cron: "0 6 * * *"')).delivered();
    expect(counts(situation)).toEqual([3, 0, 0, 3, 0]);
    expect(situation.trigger('flow/all-1').lastExpired?.reason).toBe('The trigger was taken out of the workflow.');
  });

  test('a reset drops what waits, and says who did it and why', () => {
    const situation = sent(given(twins), publish('A', { k: 1 }));
    situation.when({ type: 'ResetTrigger', workflowId: 'flow', trigger: 'all-1' });
    expect(counts(situation)).toEqual([1, 0, 0, 1, 0]);
    expect(situation.trigger('flow/all-1').lastExpired?.reason).toBe('ada reset the trigger.');
    sent(situation, publish('B', { k: 1 }));
    expect(counts(situation)).toEqual([2, 0, 1, 1, 0]);
  });

  test('only what is there and joins signals can be reset', () => {
    const situation = given(flow('signal: A'));
    situation
      .when({ type: 'ResetTrigger', workflowId: 'flow', trigger: 'signal-1' })
      .then({ refusal: { code: 'ACTION_NOT_ALLOWED' } })
      .when({ type: 'ResetTrigger', workflowId: 'flow', trigger: 'nope' })
      .then({ refusal: { code: 'NOT_FOUND', hint: 'It has signal-1.' } })
      .when({ type: 'ResetTrigger', workflowId: 'gone', trigger: 'nope' })
      .then({ refusal: { code: 'NOT_FOUND' } });
  });

  test('a wake that comes early changes nothing', () => {
    const text = twins.replace('\nsteps', '\n    within: 1h\nsteps');
    const situation = sent(given(text), publish('A', { k: 1 }));
    situation.when(wake('bucket:flow/all-1/[1]')).then({ events: [] });
  });
});

describe('the limit of a bucket', () => {
  test('beyond it a signal is rejected with a sentence, and what completes is let in all the same', () => {
    const situation = given(twins);
    const many = Array.from({ length: 501 }, (_, index) => ({
      id: `signal:A-${String(index)}` as EntityId,
      params: entries({ k: 1 }),
    }));
    sent(situation, { type: 'PublishSignals', name: 'A', signals: many });
    expect(verdict(situation, 'A-500')).toMatchObject({
      verdict: 'REJECTED',
      message: expect.stringContaining('500') as string,
    });
    expect(counts(situation)).toEqual([501, 0, 500, 0, 1]);
    sent(situation, publish('B', { k: 1 }));
    expect(counts(situation)).toEqual([502, 2, 499, 0, 1]);
  });
});
