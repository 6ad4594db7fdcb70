// `when` and `idempotencyKey` of triggers, as they are written and as they are checked before a signal comes.

import { describe, expect, test } from 'vitest';

import { readOne, refusalsOf } from './text.ts';

const flow = (trigger: string): string =>
  `id: flow\nparams: { n: 0, day: "" }\ntriggers: [${trigger}]\nsteps: [{ id: a, noop: true }]`;

describe('what a trigger on signals wants', () => {
  test('is read for one signal and for several', () => {
    const [one] = readOne(flow('{ signal: a, when: "signal.n > 1", idempotencyKey: signal.day }')).triggers;
    expect(one).toMatchObject({ when: 'signal.n > 1', idempotencyKey: 'signal.day' });
    const [two] = readOne(flow('{ any: [{ signal: a }, { signal: b }], when: false }')).triggers;
    expect(two).toMatchObject({ when: 'false' });
  });

  test('sees the parameters of the trigger, with their types', () => {
    expect(refusalsOf(flow('{ signal: a, when: n > 1, params: { n: 5 } }'))).toEqual([]);
    expect(refusalsOf(flow('{ signal: a, when: n > 1, params: { n: "${signal.x}" } }'))).toEqual([]);
  });

  test.each([
    ['{ signal: a, when: m > 1 }', 'There is no "m" here'],
    ['{ signal: a, when: n > 1 }', 'There is no "n" here'],
    ['{ signal: a, when: "1 + 1" }', 'This is a long, but a boolean is expected.'],
    ['{ signal: a, when: "signal.n >" }', 'Expected a value'],
    ['{ signal: a, when: signals.a.n > 1 }', 'No signal of a join is called "a".'],
    ['{ all: [{ signal: a }, { signal: b }], when: signals.c.n > 1 }', 'No signal of a join is called "c".'],
    ['{ signal: a, idempotencyKey: steps.a.x }', 'There is no "steps" here'],
    ['{ cron: "0 6 * * *", when: "true" }', '`when` is not a key of a cron trigger.'],
    ['{ signal: a, idempotencyKey: 5 }', 'must be a text'],
  ])('is refused in %s', (trigger, message) => {
    const refusals = refusalsOf(flow(trigger));
    expect(refusals).toHaveLength(1);
    expect(refusals[0]?.message).toContain(message);
  });
});
