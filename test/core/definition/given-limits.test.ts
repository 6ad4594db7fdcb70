// Limits that parameters give, as they are written and as they are checked before anything runs.

import { describe, expect, test } from 'vitest';

import { readOne, refusalsOf } from './text.ts';

const withParams = (params: string, step: string): string => `id: flow\nparams: ${params}\nsteps: [{ id: a, ${step} }]`;

describe('what is read', () => {
  test('is a limit that the run will be given', () => {
    const [step] = readOne(
      withParams('{ n: 3 }', 'run: x, timeout: "${n}m", retry: { user: "${n}", platform: 1 }'),
    ).steps;
    expect(step?.limits).toEqual([
      { limit: 'timeout', text: '${n}m' },
      { limit: 'retry.user', text: '${n}' },
    ]);
    expect(step?.timeout).toBeUndefined();
    expect(step?.retry).toMatchObject({ user: 0, platform: 1, timeout: 0 });
  });

  test('is the same for one number of tries as for three', () => {
    const one = readOne(withParams('{ n: 3 }', 'run: x, retry: "${n}"'));
    const kinds = '{ user: "${n}", platform: "${n}", timeout: "${n}" }';
    expect(readOne(withParams('{ n: 3 }', `run: x, retry: ${kinds}`))).toEqual(one);
  });

  test('is that of the workflow and of a loop too', () => {
    const read = readOne(
      'id: flow\nparams: { n: 3 }\ntimeout: ${n}m\nsteps:\n  - { id: a, foreach: { i: [1] }, concurrency: "${n}", steps: [{ id: b, noop: true }] }',
    );
    expect(read.limits).toEqual([{ limit: 'timeout', text: '${n}m' }]);
    expect(read.steps[0]?.limits).toEqual([{ limit: 'concurrency', text: '${n}' }]);
  });

  test('leaves no mark on a definition without any', () => {
    const read = readOne(withParams('{ n: 3 }', 'run: x, timeout: 3m, retry: 2'));
    expect('limits' in read || read.steps.some((step) => 'limits' in step)).toBe(false);
  });
});

describe('what is refused', () => {
  test.each([
    ['{ n: 3 }', 'run: x, timeout: "${m}"', 'unknown-name', 'There is no parameter "m".'],
    ['{ n: soon }', 'run: x, timeout: "${n}"', 'bad-limit', 'and ${n} gives "soon".'],
    ['{ n: 100 }', 'run: x, retry: "${n}"', 'bad-limit', 'from 0 to 99, and ${n} gives "100".'],
    ['{ n: [1] }', 'run: x, retry: { user: "${n}" }', 'unknown-name', '`n` is a long_array'],
    ['{ n: true }', 'run: x, timeout: "${n}"', 'unknown-name', '`n` is a boolean'],
    ['{ n: 1 }', 'run: x, timeout: "${run.number}"', 'unknown-name', 'worked out from parameters alone'],
    ['{ n: 1 }', 'noop: true, timeout: "${n}"', 'no-effect', 'has no effect'],
    ['{ n: 1 }', 'run: x, timeout: "${n +"', 'bad-template', ''],
  ])('with %s: %s', (params, step, rule, message) => {
    const refusals = refusalsOf(withParams(params, step));
    expect(refusals.map(({ place }) => place?.rule)).toEqual([rule]);
    expect(refusals[0]?.message).toContain(message);
  });

  test('is told once for all kinds of failure, at its place', () => {
    const [refusal, ...more] = refusalsOf('id: flow\nsteps:\n  - id: a\n    run: x\n    retry: ${n}');
    expect(more).toEqual([]);
    expect(refusal?.place).toMatchObject({ line: 5 });
  });

  test('is no parameter that only the start gives, nor one that is worked out', () => {
    const params = '{ given: { type: string }, made: { type: long, expression: "200" } }';
    expect(refusalsOf(withParams(params, 'run: x, timeout: "${given}", retry: "${made}"'))).toEqual([]);
  });
});
