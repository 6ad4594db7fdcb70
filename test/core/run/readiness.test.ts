// Which steps begin: all that a step needs are complete, one of them leads to it, and its own condition holds.

import { describe, expect, test } from 'vitest';

import { failed, given, start, succeeded } from '../../support/given.ts';

/** b and c follow a; d joins them. `n` decides. */
function diamond(b: string, c: string, d: string): string {
  return `
id: flow
params: { n: 5 }
steps:
  - { id: a, noop: true }
  - { id: b, needs: { a: ${b} }, noop: true }
  - { id: c, needs: { a: ${c} }, noop: true }
  - { id: d, needs: ${d}, noop: true }
`;
}

describe('a join', () => {
  const both = '{ b: true, c: true }';
  test.each([
    ['both sides lead on', 'true', 'true', both, 'b: SUCCEEDED, c: SUCCEEDED, d: SUCCEEDED'],
    ['one side was left out', 'n > 3', 'n > 9', both, 'b: SUCCEEDED, c: UNSATISFIED, d: SUCCEEDED'],
    ['both sides were left out', 'n > 7', 'n > 9', both, 'b: UNSATISFIED, c: UNSATISFIED, d: UNSATISFIED'],
    ['one condition holds', 'true', 'true', '{ b: n > 9, c: n > 3 }', 'b: SUCCEEDED, c: SUCCEEDED, d: SUCCEEDED'],
    ['no condition holds', 'true', 'true', '{ b: n > 9, c: n > 7 }', 'b: SUCCEEDED, c: SUCCEEDED, d: UNSATISFIED'],
    [
      'the one that holds was left out',
      'n > 9',
      'true',
      '{ b: n > 3, c: n > 9 }',
      'b: UNSATISFIED, c: SUCCEEDED, d: UNSATISFIED',
    ],
    ['one has no condition', 'true', 'true', '[b, c]', 'b: SUCCEEDED, c: SUCCEEDED, d: SUCCEEDED'],
  ])('when %s', (...[, b, c, d, steps]) => {
    given(diamond(b, c, d))
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', `a: SUCCEEDED, ${steps}`);
  });

  test('waits for all it needs, also when one condition holds already', () => {
    const situation = given(
      'id: flow\nsteps: [{ id: a, run: x }, { id: b, run: x }, { id: c, needs: { a: true, b: true }, run: x }]',
    )
      .when(start('flow'))
      .reported('flow/1/a', succeeded())
      .shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: RUNNING, c: NOT_CREATED');
    situation
      .reported('flow/1/b', succeeded())
      .then({ events: ['StepSucceeded b', 'AttemptStarted c'], effects: ['StartAttempt c'] });
  });

  test('behind a failed step never begins, however the other side ends', () => {
    given('id: flow\nsteps: [{ id: a, run: x }, { id: b, run: x }, { id: c, needs: [a, b], run: x }]')
      .when(start('flow'))
      .reported('flow/1/a', failed('USER', false))
      .shows('flow/1', 'RUNNING', 'a: FAILED, b: RUNNING, c: NOT_CREATED')
      .reported('flow/1/b', succeeded())
      .shows('flow/1', 'FAILED', 'a: FAILED, b: SUCCEEDED, c: NOT_CREATED');
  });
});

describe('a step that is left out', () => {
  test('leaves out what only it leads to, down to the next step that another one leads to', () => {
    given(`
id: flow
params: { n: 5 }
steps:
  - { id: a, noop: true }
  - { id: b, needs: a, when: n > 9, noop: true }
  - { id: c, needs: b, noop: true }
  - { id: d, needs: c, run: x }
  - { id: e, needs: [d, a], noop: true }
`)
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: UNSATISFIED, c: UNSATISFIED, d: UNSATISFIED, e: SUCCEEDED');
  });

  test('says by what: its condition with the values that it met, or that nothing leads to it', () => {
    const situation = given(`
id: flow
params: { island: Biscoe }
steps:
  - { id: a, run: x, outputs: { rows: long } }
  - { id: b, needs: a, when: steps.a.rows > 100 && island == "Biscoe", noop: true }
  - { id: c, needs: b, noop: true }
`)
      .when(start('flow'))
      .reported('flow/1/a', succeeded({ rows: 42 }));
    const expression = 'steps.a.rows > 100 && island == "Biscoe"';
    expect(
      situation
        .run('flow/1')
        .steps.slice(1)
        .map(({ reason }) => reason),
    ).toEqual([
      {
        kind: 'WHEN',
        expression,
        operands: [
          { name: 'steps.a.rows', value: '42' },
          { name: 'island', value: 'Biscoe' },
        ],
      },
      { kind: 'NO_PATH' },
    ]);
  });

  test('is left out at once if it is the first', () => {
    given('id: flow\nsteps: [{ id: a, when: false, run: x }]')
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'a: UNSATISFIED');
  });
});

describe('a condition', () => {
  test.each([
    ['parameters', 'n == 5'],
    ['the run’s number', 'run.number == 1'],
    ['outputs of steps before it', 'steps.a.rows == 42'],
  ])('reads %s', (_, condition) => {
    given(
      `id: flow\nparams: { n: 5 }\nsteps: [{ id: a, run: x, outputs: { rows: long } }, { id: b, needs: a, when: '${condition}', noop: true }]`,
    )
      .when(start('flow'))
      .reported('flow/1/a', succeeded({ rows: 42 }))
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED');
  });

  test.each([
    ['on the step', '{ id: b, needs: a, when: "steps.a.rows > 1", noop: true }'],
    ['on the way to it', '{ id: b, needs: { a: "steps.a.rows > 1" }, noop: true }'],
  ])('that cannot be evaluated, %s, fails the step and does not retry it', (_, step) => {
    const situation = given(
      `id: flow\nsteps: [{ id: a, run: x, outputs: { rows: long } }, ${step}, { id: c, needs: b, noop: true }]`,
    )
      .when(start('flow'))
      .reported('flow/1/a', succeeded())
      .shows('flow/1', 'FAILED', 'a: SUCCEEDED, b: FAILED, c: NOT_CREATED');
    expect(situation.run('flow/1').failure).toMatchObject({ kind: 'USER', retryable: false });
    expect(situation.run('flow/1').failure?.message).toMatch(/^An expression of step "b" could not be evaluated: /u);
  });
});
