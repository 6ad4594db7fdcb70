import { describe, expect, it } from 'vitest';

import { cronFrom, quartzFrom } from '../../../../src/core/definition/maestro/quartz.ts';
import { parseLength } from '../../../../src/core/definition/maestro/lengths.ts';
import { toMaestroJson } from '../../../../src/core/definition/maestro/export/to-maestro-json.ts';
import { type Json } from '../../../../src/core/json.ts';
import { computed, type Fields, foreach, imported, long, noop, problems, refusals, to, workflow } from './documents.ts';

const one = [noop('a')];
const step = (more: Fields): string => workflow('flow', [noop('a', more)]);
const property = (properties: Fields): string => workflow('flow', one, {}, properties);
const many = (count: number): Json[] => Array.from({ length: count }, (_, index) => noop(`s${String(index)}`));
const nested = (depth: number): Json =>
  depth === 0
    ? noop('in')
    : foreach(`l${String(depth)}`, { [`i${String(depth)}`]: { type: 'LONG_ARRAY', value: [1] } }, [nested(depth - 1)]);

describe('a definition of Maestro', () => {
  it('is recognised by its shape and read with its defaults', () => {
    const definition = imported(
      JSON.stringify({
        properties: { owner: { name: 'ada', team: 'x' }, run_strategy: 5, alerting: { emails: ['a@example.org'] } },
        workflow: {
          id: 'flow',
          name: 'A flow',
          tags: ['nightly', { name: 'team', namespace: 'USER_DEFINED' }],
          timeout: '1 hour',
          time_triggers: [{ type: 'CRON', cron: '0 6 * * *', timezone: 'Europe/Madrid' }],
          params: { x: { type: 'LONG', value: 1, mode: 'IMMUTABLE' } },
          steps: [{ step: { id: 'a', type: 'NoOp', timeout: 60, failure_mode: 'ignore_failure' } }],
        },
        git_info: { branch: 'main' },
      }),
    );
    const minutes = (first: number, longest: number): object => ({ first: first * 60_000, longest: longest * 60_000 });
    expect(definition).toMatchObject({
      id: 'flow',
      dialect: 'maestro',
      owner: 'ada',
      labels: [
        { name: 'nightly', value: 'true' },
        { name: 'team', value: 'true' },
      ],
      runStrategy: { kind: 'parallel', limit: 5 },
      timeout: 3_600_000,
      triggers: [{ kind: 'cron', cron: '0 6 * * *', timezone: 'Europe/Madrid', catchUp: 'all' }],
      params: [{ name: 'x', type: 'long', value: 1, mode: 'immutable' }],
    });
    expect(definition.steps[0]).toMatchObject({
      timeout: 60_000,
      onFailure: 'ignore',
      retry: {
        user: 2,
        platform: 10,
        timeout: 0,
        backoffs: { user: minutes(1, 10), platform: minutes(1, 60), timeout: minutes(1, 60) },
      },
    });
    expect(definition.carried?.map(({ name }) => name)).toEqual([
      'request.git_info',
      'properties.alerting',
      'workflow.tags',
    ]);
  });

  it('never touches how our own definitions are read', () => {
    expect(imported('id: flow\nsteps: [{ id: a, noop: true }]')).not.toHaveProperty('dialect');
  });

  it.each([
    ['SEQUENTIAL', { kind: 'sequential' }],
    ['strict_sequential', { kind: 'strict-sequential' }],
    [{ rule: 'FIRST_ONLY', workflow_concurrency: 1 }, { kind: 'first-only' }],
    [{ rule: 'LAST_ONLY' }, { kind: 'last-only' }],
    ['SERIAL_LATEST_ONLY', { kind: 'latest-only' }],
    ['PARALLEL', { kind: 'parallel', limit: 20 }],
    [7, { kind: 'parallel', limit: 7 }],
  ] as const)('has the run strategy %j', (written, strategy) => {
    expect(imported(property({ run_strategy: written })).runStrategy).toEqual(strategy);
  });
});

describe('lengths of time (§1.6)', () => {
  it.each([
    ['3600', 3_600_000],
    ['10min 1min', 660_000],
    ['1 hour 30 minutes', 5_400_000],
    ['2 days 3h', 183_600_000],
    ['500 milliseconds', 500],
    ['abc 1min', 60_000],
    ['', undefined],
    ['dfsd', undefined],
    ['min', undefined],
  ])('%j', (written, length) => {
    expect(parseLength(written)).toBe(length);
  });

  it.each(['', 'dfsd', '0', '-100', 'min', 0, '121 days'])('%j is refused', (timeout) => {
    expect(problems(step({ timeout }))).toEqual(['bad-duration']);
  });
});

describe('cron texts (§7)', () => {
  it.each([
    ['0 6 * * 1-5', '0 6 * * 1-5'],
    ['0 0 6 ? * 2-6', '0 0 6 ? * MON-FRI'],
    ['0 0 6 ? * 1,7', '0 0 6 ? * SUN,SAT'],
    ['0 0 6 ? * 6L', '0 0 6 ? * FRI#L'],
    ['0 0 6 ? * 2#1 2030', '0 0 6 ? * MON#1 2030'],
    ['0 */2 * * * ?', '0 */2 * * * ?'],
  ])('%s is %s', (theirs, ours) => {
    const { cron = '', fault } = cronFrom(theirs);
    expect({ cron, fault }).toEqual({ cron: ours, fault: undefined });
    expect(cronFrom(quartzFrom(cron)).cron).toBe(cron);
  });

  it.each(['* * * * *', '0,1 6 * * *', '0,59 * * * *', '*/30 0 6 * * ?', '0 0 6 ? * 8', '0 6'])(
    '%s is refused',
    (cron) => {
      expect(problems(workflow('flow', one, { time_triggers: [{ type: 'CRON', cron }] }))).toEqual(['bad-cron']);
    },
  );
});

describe('what breaks a rule (§1.8)', () => {
  const loop = { i: { type: 'LONG_ARRAY', value: [1] } };
  const cases: readonly (readonly [what: string, source: string, rules: readonly string[]])[] = [
    ['no steps', workflow('flow', []), ['no-steps']],
    ['too many steps', workflow('flow', many(301)), ['too-many-steps']],
    [
      'two steps of one id, on two levels',
      workflow('flow', [noop('a'), foreach('l', loop, [noop('a')])]),
      ['duplicate-step'],
    ],
    ['a successor that there is not', step(to({ nobody: 'true' })), ['unknown-step']],
    [
      'other predecessors than there are',
      workflow('flow', [noop('a', to({ b: '' })), noop('b', { transition: { predecessors: ['c'] } })]),
      ['predecessors'],
    ],
    [
      'a predecessor twice',
      workflow('flow', [noop('a', to({ b: '' })), noop('b', { transition: { predecessors: ['a', 'a'] } })]),
      ['predecessors'],
    ],
    ['a circle', workflow('flow', [noop('a', to({ b: '' })), noop('b', to({ a: '' }))]), ['cycle']],
    [
      'a loop name given twice along a chain',
      workflow('flow', [foreach('l', loop, [foreach('m', loop, one)])]),
      ['duplicate-loop-param'],
    ],
    ['a foreach over nothing', workflow('flow', [{ foreach: { id: 'l', steps: one } }]), ['no-loop-params']],
    [
      'a while without a condition',
      workflow('flow', [{ while: { id: 'l', params: { loop_params: { type: 'MAP', value: {} } }, steps: one } }]),
      ['missing-key'],
    ],
    ['a foreach over single values', workflow('flow', [foreach('l', { i: long(1) }, one)]), ['wrong-type']],
    [
      'an instance_step_concurrency out of bounds',
      workflow('flow', one, { instance_step_concurrency: 1000 }),
      ['concurrency'],
    ],
    ['a step_concurrency out of bounds', property({ step_concurrency: 0 }), ['concurrency']],
    ['a workflow_concurrency out of bounds', property({ run_strategy: 1001 }), ['workflow-concurrency']],
    [
      'a workflow_concurrency without PARALLEL',
      property({ run_strategy: { rule: 'SEQUENTIAL', workflow_concurrency: 2 } }),
      ['workflow-concurrency'],
    ],
    [
      'a foreach of too much at once',
      workflow('flow', [foreach('l', loop, one, { concurrency: 501 })]),
      ['concurrency'],
    ],
    ['too deep loops', workflow('flow', [nested(9)]), ['too-deep']],
    ['a retry limit', step({ retry_policy: { error_retry_limit: 100 } }), ['retry-limit']],
    ['a pause', step({ retry_policy: { backoff: { error_retry_backoff_in_secs: 86_401 } } }), ['bad-duration']],
    ['a name of a parameter', step({ params: { a__b: long(1) } }), ['bad-identifier']],
    [
      'a value and an expression',
      step({ params: { a: { type: 'LONG', value: 1, expression: '1' } } }),
      ['value-xor-expression'],
    ],
    ['neither of them', step({ params: { a: { type: 'LONG' } } }), ['value-xor-expression']],
    ['a literal of another type', step({ params: { a: { type: 'LONG', value: 'x' } } }), ['wrong-type']],
    [
      'what only the engine sets',
      step({ params: { a: { ...long(1), source: 'SYSTEM', internal_mode: 'RESERVED' } } }),
      ['not-settable', 'not-settable'],
    ],
    [
      'more than one range',
      workflow('flow', one, {
        signal_triggers: [
          { definitions: { s: { match_params: { a: { value: 1, operator: '>' }, b: { value: 1, operator: '<' } } } } },
        ],
      }),
      ['range-operators'],
    ],
    ['a tag twice', workflow('flow', one, { tags: ['x', { name: 'x' }] }), ['duplicate-tag']],
    ['an expression that is none', step({ params: { a: computed('1 +') } }), ['bad-expression']],
    ['a condition that is none', workflow('flow', [noop('a', to({ b: 'x >' })), noop('b')]), ['bad-expression']],
    ['a key that there is not', step({ typ: 'x' }), ['unknown-key']],
    ['an id that is none', workflow('maestro_x', one), ['bad-identifier']],
    [
      'everything at once',
      workflow('a b', [noop('a-'), noop('1', { timeout: 'min', ...to({ x: '' }) })]),
      ['bad-identifier', 'bad-identifier', 'bad-duration', 'unknown-step'],
    ],
  ];

  it.each(cases)('%s', (_, source, rules) => {
    expect([...problems(source)].sort()).toEqual([...rules].sort());
  });

  it('is told with the part, the rule, the value and the place', () => {
    const source = workflow('flow', [noop('a', { retry_policy: { error_retry_limit: 100 } })]);
    expect(refusals(source)[0]).toMatchObject({
      code: 'BAD_DEFINITION',
      message: '`error_retry_limit` must be a whole number from 0 to 99, and this is "100".',
      path: ['workflow', 'steps', '0', 'step', 'retry_policy', 'error_retry_limit'],
      place: { line: 1, column: source.indexOf('100') + 1, rule: 'retry-limit' },
    });
  });
});

describe('what is not there yet', () => {
  const cases: readonly (readonly [what: string, source: string])[] = [
    ['Titus', workflow('flow', [{ step: { id: 'a', type: 'Titus' } }])],
    ['an interval', workflow('flow', one, { time_triggers: [{ type: 'INTERVAL' }] })],
  ];

  it.each(cases)('%s', (_, source) => {
    expect(problems(source)).toEqual(['not-yet']);
  });

  it('does not include a limit that can never be reached', () => {
    expect(problems(workflow('flow', many(3), { instance_step_concurrency: 3 }, { step_concurrency: 20 }))).toEqual([]);
  });
});

describe('the export', () => {
  it('refuses definitions of our own', () => {
    expect(toMaestroJson(imported('id: flow\nsteps: [{ id: a, noop: true }]'))).toMatchObject({
      ok: false,
      failure: { code: 'BAD_INPUT' },
    });
  });
});
