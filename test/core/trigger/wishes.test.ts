// Which of the runs that a trigger on signals could start it wants: `when` and `idempotencyKey`, asked before anything is consumed.

import { describe, expect, test } from 'vitest';

import { isBalanced } from '../../../src/core/trigger/tally.ts';
import { tallyOf } from '../../../src/core/trigger/trigger.ts';
import { type Json } from '../../../src/core/json.ts';
import { type EntityId } from '../../../src/core/ids.ts';
import { type SignalState } from '../../../src/core/signal/signal.ts';
import { given, publish, type Situation } from '../../support/given.ts';

const workflow = (trigger: string): string =>
  `id: flow\nparams: { day: "" , rows: 0 }\ntriggers:\n  - ${trigger}\nsteps: [{ id: a, noop: true }]`;

let count = 0;

/** Publishes, and answers what the one trigger made of it. */
function verdict(situation: Situation, name: string, params: Readonly<Record<string, Json>> = {}): string {
  const key = String(++count);
  situation.when(publish(name, params, key)).delivered();
  const { state } = situation.entity(`signal:${name}-${key}` as EntityId) ?? {};
  const [one] = (state as SignalState | undefined)?.verdicts ?? [];
  return `${one?.verdict ?? 'NONE'}${one !== undefined && 'message' in one ? `: ${one.message}` : ''}`;
}

const runs = (situation: Situation): number => situation.queue('flow').last;

function counts(situation: Situation, trigger: string): Readonly<Record<string, number>> {
  const tally = tallyOf(situation.trigger(trigger));
  expect(isBalanced(tally)).toBe(true);
  return { ...tally };
}

describe('`when` of a trigger on one signal', () => {
  const source = workflow(
    '{ signal: ready, where: { ok: true }, when: "signal.rows > 100 && day != null", params: { day: "${signal.day}", rows: "${signal.rows}" } }',
  );

  test('starts a run where it is true, and rejects the signal where it is false', () => {
    const situation = given(source);
    expect(verdict(situation, 'ready', { ok: true, rows: 101, day: 'mon' })).toBe('STARTED');
    expect(verdict(situation, 'ready', { ok: true, rows: 100, day: 'mon' })).toBe(
      'REJECTED: Its `when` is false: signal.rows > 100 && day != null',
    );
    expect(runs(situation)).toBe(1);
    expect(counts(situation, 'flow/signal-1')).toMatchObject({ delivered: 2, consumed: 1, rejected: 1 });
  });

  test('is not asked about a signal that does not meet `where`', () => {
    expect(verdict(given(source), 'ready', { ok: false })).toBe('UNMET');
  });

  test('that cannot be worked out refuses the start, and says why', () => {
    const situation = given(source);
    expect(verdict(situation, 'ready', { ok: true, day: 'mon', rows: 'many' })).toContain(
      'REFUSED: Its `when` could not be worked out',
    );
    expect(counts(situation, 'flow/signal-1')).toMatchObject({ delivered: 1, rejected: 1 });
  });

  test('goes before a parameter that does not fit', () => {
    const situation = given(workflow('{ signal: ready, when: "signal.n > 1", params: { rows: "${signal.n}" } }'));
    expect(verdict(situation, 'ready', { n: 0.5 })).toContain('REJECTED');
    expect(verdict(situation, 'ready', { n: 1.5 })).toContain('REFUSED');
  });

  test('is asked about each signal that is folded', () => {
    const situation = given(workflow('{ signal: ready, when: "signal.n > 1", debounce: 1m }'));
    expect(verdict(situation, 'ready', { n: 1 })).toContain('REJECTED');
    expect(verdict(situation, 'ready', { n: 2 })).toBe('PENDING');
    expect(runs(situation.after(60_000))).toBe(1);
    expect(counts(situation, 'flow/signal-1')).toMatchObject({ delivered: 2, consumed: 1, rejected: 1 });
  });
});

describe('`idempotencyKey` of a trigger on one signal', () => {
  const source = workflow('{ signal: ready, idempotencyKey: "signal.day", params: { day: "${signal.day}" } }');

  test('lets only the first of equal starts make a run', () => {
    const situation = given(source);
    expect(verdict(situation, 'ready', { day: 'mon' })).toBe('STARTED');
    expect(verdict(situation, 'ready', { day: 'tue' })).toBe('STARTED');
    expect(verdict(situation, 'ready', { day: 'mon' })).toBe(
      'REJECTED: Run flow/1 was started under its idempotencyKey already: "mon".',
    );
    expect(runs(situation)).toBe(2);
    expect(counts(situation, 'flow/signal-1')).toMatchObject({ delivered: 3, consumed: 2, rejected: 1 });
  });

  test('holds for all triggers of the workflow and all its versions, and for no other workflow', () => {
    const both = workflow(
      '{ signal: ready, idempotencyKey: "signal.day" }\n  - { signal: late, idempotencyKey: "signal.day" }',
    );
    const situation = given(both, both.replace('id: flow', 'id: other'));
    expect(verdict(situation, 'ready', { day: 'mon' })).toBe('STARTED');
    expect(verdict(situation, 'late', { day: 'mon' })).toContain('REJECTED: Run flow/1');
    situation.applied(`${both}\nname: new`).delivered();
    expect(verdict(situation, 'ready', { day: 'mon' })).toContain('REJECTED');
    expect(situation.queue('other').last).toBe(1);
  });

  test('is free again if the run could not be made', () => {
    const situation = given(
      workflow('{ signal: ready, idempotencyKey: "signal.day", params: { rows: "${signal.rows}" } }'),
    );
    expect(verdict(situation, 'ready', { day: 'mon', rows: 'many' })).toContain('REFUSED');
    expect(verdict(situation, 'ready', { day: 'mon', rows: 1 })).toBe('STARTED');
  });

  test.each([
    [null, 'it must be a text, a number or a boolean, and it is nothing.'],
    [['a'], 'and it is ["a"].'],
    ['', 'it must have 1 to 200 characters, and it has 0.'],
    ['x'.repeat(201), 'and it has 201.'],
  ])('of %j refuses the start', (day, why) => {
    expect(verdict(given(workflow('{ signal: ready, idempotencyKey: "signal.day" }')), 'ready', { day })).toContain(
      why,
    );
  });

  test.each([1, true, 1.5])('may be %j', (day) => {
    const situation = given(workflow('{ signal: ready, idempotencyKey: "signal.day" }'));
    expect(verdict(situation, 'ready', { day })).toBe('STARTED');
    expect(verdict(situation, 'ready', { day })).toContain(`already: "${String(day)}"`);
  });
});

describe('joins', () => {
  const source = workflow(
    '{ all: [{ signal: a, joinOn: k }, { signal: b, joinOn: k }], when: "signals.a.n + signals.b.n > 3", idempotencyKey: "signals.a.day" }',
  );

  test('reject the signals of a set whose `when` is false, and go on with the next', () => {
    const situation = given(source);
    expect(verdict(situation, 'a', { k: 1, n: 1, day: 'mon' })).toBe('PENDING');
    expect(verdict(situation, 'b', { k: 1, n: 1 })).toContain('REJECTED: Its `when` is false');
    expect(counts(situation, 'flow/all-1')).toMatchObject({ delivered: 2, rejected: 2, pending: 0 });
    expect(verdict(situation, 'a', { k: 1, n: 2, day: 'mon' })).toBe('PENDING');
    expect(verdict(situation, 'b', { k: 1, n: 2 })).toBe('STARTED');
    expect(counts(situation, 'flow/all-1')).toMatchObject({ delivered: 4, rejected: 2, consumed: 2 });
  });

  test('reject the signals of a set under whose key a run was started', () => {
    const situation = given(source);
    verdict(situation, 'a', { k: 1, n: 2, day: 'mon' });
    verdict(situation, 'b', { k: 1, n: 2 });
    verdict(situation, 'a', { k: 2, n: 2, day: 'mon' });
    expect(verdict(situation, 'b', { k: 2, n: 2 })).toContain('REJECTED: Run flow/1');
    expect(counts(situation, 'flow/all-1')).toMatchObject({ consumed: 2, rejected: 2, pending: 0 });
  });

  test('keep signals whose `when` cannot be worked out, and try again in a new round', () => {
    const situation = given(source);
    verdict(situation, 'a', { k: 1, n: 2, day: 'mon' });
    expect(verdict(situation, 'b', { k: 1, n: 'many' })).toContain('REFUSED');
    expect(counts(situation, 'flow/all-1')).toMatchObject({ pending: 2, rejected: 0 });
    situation.applied(source.replace('signals.a.n + signals.b.n > 3', 'signals.a.n == 2')).delivered();
    expect(runs(situation)).toBe(1);
    expect(counts(situation, 'flow/all-1')).toMatchObject({ consumed: 2, pending: 0 });
  });

  test('of any signal are asked about each', () => {
    const situation = given(workflow('{ any: [{ signal: a }, { signal: b }], when: "signal.n > 1" }'));
    expect(verdict(situation, 'a', { n: 2 })).toBe('STARTED');
    expect(verdict(situation, 'b', { n: 1 })).toContain('REJECTED');
    expect(counts(situation, 'flow/any-1')).toMatchObject({ delivered: 2, consumed: 1, rejected: 1 });
  });
});
