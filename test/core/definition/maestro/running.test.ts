import { describe, expect, it } from 'vitest';

import { type Json } from '../../../../src/core/json.ts';
import { failed, given, publish, restart, type Situation, start } from '../../../support/given.ts';
import { computed, type Fields, imported, long, noop, text, to, workflow } from './documents.ts';

const SECOND = 1000;

/** The parameters that a step was given. */
function stepParams(situation: Situation, run: string, step = 0): Readonly<Record<string, Json>> {
  return Object.fromEntries((situation.run(run).steps[step]?.params ?? []).map(({ name, value }) => [name, value]));
}

function runParams(situation: Situation, run: string): Readonly<Record<string, Json>> {
  return Object.fromEntries(situation.run(run).params.map(({ name, value }) => [name, value]));
}

/** One step with one parameter `it`: what becomes of it. */
function worked(param: Fields, params: Fields = {}): Json | undefined {
  const situation = given(workflow('flow', [noop('a', { params: { it: param } })], { params })).when(start('flow'));
  return stepParams(situation, 'flow/1')['it'];
}

describe('conditions of transitions (§2.3)', () => {
  it('see the parameters of the step that is left, and lead on where they are true', () => {
    given(
      workflow('flow', [
        noop('a', { params: { x: long(3) }, ...to({ b: 'x > 2', c: 'x < 2' }) }),
        noop('b'),
        noop('c', to({ d: 'true' })),
        noop('d'),
      ]),
    )
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED, c: UNSATISFIED, d: UNSATISFIED');
  });

  it('lead on if one of several is true, and only after all that come before are over', () => {
    given(
      workflow('flow', [
        noop('a', to({ j: 'false', b: 'false' })),
        noop('b', to({ j: 'true' })),
        { step: { id: 'c', type: 'Sleep', ...to({ j: 'true' }) } },
        noop('j'),
      ]),
    )
      .when(start('flow'))
      .shows('flow/1', 'RUNNING', 'a: SUCCEEDED, b: UNSATISFIED, c: RUNNING, j: NOT_CREATED')
      .after(3 * SECOND)
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: UNSATISFIED, c: SUCCEEDED, j: SUCCEEDED');
  });

  it('run every step at once where there are none', () => {
    given(workflow('flow', [noop('a'), noop('b')]))
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED');
  });

  it('see the parameters of the run, and those of steps before', () => {
    given(
      workflow(
        'flow',
        [
          noop('a', { params: { x: long(1) }, ...to({ b: 'true' }) }),
          noop('b', to({ c: 'a__x == 1 && limit == 2 && params.getFromStep("a", "x") == 1' })),
          noop('c'),
        ],
        { params: { limit: long(2) } },
      ),
    )
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED, c: SUCCEEDED');
  });

  it('see the parameters that a skipped step would have had', () => {
    const slow = {
      params: { x: computed('y + 1'), y: long(1), sleep_seconds: long(60) },
      ...to({ b: 'x == 2', c: 'x == 3' }),
    };
    given(workflow('flow', [{ step: { id: 'a', type: 'Sleep', ...slow } }, noop('b'), noop('c')]))
      .when(start('flow'))
      .when({ type: 'SkipStep', run: { workflowId: 'flow', number: 1, attempt: 1 }, stepId: 'a' })
      .shows('flow/1', 'SUCCEEDED', 'a: SKIPPED, b: SUCCEEDED, c: UNSATISFIED');
  });

  it('see them too where the step was skipped before it began', () => {
    given(
      workflow('flow', [
        noop('a', { params: { t: text('$nothing') }, ...to({ b: 'true' }) }),
        noop('b', { params: { x: long(2) }, ...to({ c: 'x == 2', d: 'x == 3' }) }),
        noop('c'),
        noop('d'),
      ]),
    )
      .when(start('flow'))
      .when({ type: 'SkipStep', run: { workflowId: 'flow', number: 1, attempt: 1 }, stepId: 'b' })
      .shows('flow/1', 'SUCCEEDED', 'a: NOT_CREATED, b: SKIPPED, c: SUCCEEDED, d: UNSATISFIED');
  });
});

describe('parameters of steps (§3.4, §3.5)', () => {
  const cases: readonly (readonly [what: string, param: Fields, params: Fields, result: Json])[] = [
    ['an expression over those of the run', computed('x + 1'), { x: long(1) }, 2],
    ['a text with names', text('${x}-$x'), { x: long(1) }, '1-1'],
    [
      'the example of escapes',
      text('$$var$var $var1$$var1 $$$var2 $$$$var2'),
      { var: long(0), var1: { type: 'BOOLEAN', value: true }, var2: text('2') },
      '$var0 true$var1 $2 $$var2',
    ],
    ['a name with dots and dashes in braces', text('${a.b-c}'), { 'a.b-c': text('x') }, 'x'],
    ['one pass only', text('$a'), { a: text('$$b'), b: text('no') }, '$b'],
    ['an array as compact JSON', text('$a'), { a: { type: 'LONG_ARRAY', value: [1, 2] } }, '[1,2]'],
    ['a list of texts', { type: 'STRING_ARRAY', value: ['$x', 'y'] }, { x: long(1) }, ['1', 'y']],
    ['keys and values of a STRING_MAP', { type: 'STRING_MAP', value: { $x: '$x' } }, { x: text('k') }, { k: 'k' }],
    [
      'a MAP whose members are parameters',
      { type: 'MAP', value: { a: computed('x + 1'), b: text('$x'), c: { type: 'MAP', value: { d: long(1) } } } },
      { x: long(1) },
      { a: 2, b: '1', c: { d: 1 } },
    ],
    ['a name that nobody declared', computed('nothing == null', 'BOOLEAN'), {}, true],
    ['params.get of a name that there is not', computed("params.get('nothing') == null", 'BOOLEAN'), {}, true],
    ['a number where a STRING is declared', computed('x + 1', 'STRING'), { x: long(1) }, '2'],
    ['the step itself', computed("params.getFromStep('step_id')", 'STRING'), {}, 'a'],
    ['the run', computed("params.getFromInstance('workflow_instance_id')"), {}, 1],
    ['a program', computed('int s = 0; for (int i = 0; i < 4; i += 1) { s += i; } return s;'), {}, 6],
    ['a default parameter', computed('TARGET_RUN_DATE'), {}, 20_260_115],
    ['names that mean something in our own format', computed('steps + run'), { steps: long(1), run: long(2) }, 3],
  ];

  it.each(cases)('%s', (_, param, params, result) => {
    expect(worked(param, params)).toEqual(result);
  });

  it('are worked out in their order: one of the run comes before one that is not worked out yet', () => {
    const own = {
      early: computed('n'),
      n: computed('n + 1'),
      late: computed('n'),
      ahead: computed('behind * 2'),
      behind: long(4),
    };
    const situation = given(workflow('flow', [noop('a', { params: own })], { params: { n: long(5) } })).when(
      start('flow'),
    );
    expect(stepParams(situation, 'flow/1')).toEqual({ early: 5, n: 6, late: 6, ahead: 8, behind: 4 });
  });

  it('are read by steps behind, by the longest id that there is', () => {
    const situation = given(
      workflow('flow', [
        noop('_step1', { params: { _foo: long(1) }, ...to({ b: 'true' }) }),
        noop('_step1_', { params: { foo: long(2), _foo: long(3) }, ...to({ b: 'true' }) }),
        noop('b', { params: { x: computed('_step1___foo'), y: computed('_step1____foo') } }),
      ]),
    ).when(start('flow'));
    expect(stepParams(situation, 'flow/1', 2)).toEqual({ x: 2, y: 3 });
  });

  it('are not read by steps that do not come behind', () => {
    const situation = given(
      workflow('flow', [
        noop('a', { params: { x: long(1) } }),
        noop('b', { params: { y: computed('a__x == null', 'BOOLEAN') } }),
      ]),
    ).when(start('flow'));
    expect(stepParams(situation, 'flow/1', 1)).toEqual({ y: true });
  });

  it('that need one another in a circle fail the step', () => {
    const situation = given(workflow('flow', [noop('a', { params: { x: computed('y'), y: computed('x') } })])).when(
      start('flow'),
    );
    expect(situation.shows('flow/1', 'FAILED').run('flow/1').failure?.message).toContain('x → y → x');
  });

  it('with a text that names nothing fail the step, and its failure mode decides', () => {
    given(
      workflow('flow', [
        noop('a', { failure_mode: 'IGNORE_FAILURE', params: { t: text('$nothing') }, ...to({ b: 'true' }) }),
        noop('b'),
      ]),
    )
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'a: COMPLETED_WITH_ERROR, b: SUCCEEDED');
  });

  it('are kept by a restart for the steps behind', () => {
    const situation = given(
      workflow(
        'flow',
        [
          noop('a', { params: { x: computed('seed * 2') }, ...to({ b: 'true' }) }),
          noop('b', { params: { t: text('$late'), y: computed('a__x') } }),
        ],
        { params: { seed: long(4) } },
      ),
    ).when(start('flow'));
    situation.shows('flow/1', 'FAILED', 'a: SUCCEEDED, b: FAILED');
    situation.when({
      type: 'RestartRun',
      run: { workflowId: 'flow', number: 1, attempt: 1 },
      params: [{ name: 'late', value: 'now' }],
      from: { kind: 'INCOMPLETE' },
    });
    expect(stepParams(situation.shows('flow/1', 'SUCCEEDED'), 'flow/1', 1)).toEqual({ t: 'now', y: 8 });
  });
});

describe('parameters of runs', () => {
  const source = workflow('flow', [noop('a', { params: { it: computed('x') } })], {
    params: { x: long(1), y: computed('x + 1'), m: { type: 'MAP', value: { a: long(1), b: computed('x') } } },
  });

  it('have the definition below, what the start gives above', () => {
    const situation = given(source).when(start('flow', { x: 5, m: { a: 9 } }));
    expect(runParams(situation, 'flow/1')).toEqual({ x: 5, y: 6, m: { a: 9, b: 5 } });
    expect(stepParams(situation, 'flow/1')).toEqual({ it: 5 });
  });

  it('may be given without being declared', () => {
    const situation = given(source).when(start('flow', { more: [1, 2] }));
    expect(runParams(situation, 'flow/1')).toMatchObject({ more: [1, 2] });
  });

  const nested = workflow('flow', [noop('a')], {
    params: {
      m: {
        type: 'MAP',
        value: {
          x: { ...long(1), mode: 'CONSTANT' },
          y: long(2),
          z: { type: 'MAP', mode: 'MUTABLE_ON_START', value: { q: text('a$$') } },
        },
      },
    },
  });

  it('are as strict for a member of a MAP as its own mode, or that of what it is in', () => {
    given(nested)
      .when(start('flow', { m: { x: 5 } }))
      .then({
        refusal: { code: 'BAD_INPUT', message: 'The parameter "m.x" is constant, so a start may not change it.' },
      });
    const situation = given(nested).when(start('flow', { m: { x: 1, y: 3, z: { q: 'b$c' } } }));
    expect(runParams(situation, 'flow/1')).toEqual({ m: { x: 1, y: 3, z: { q: 'b$c' } } });
    situation
      .when(restart('flow/1', { m: { z: { q: 'd' } } }))
      .then({ refusal: { message: 'The parameter "m.z.q" is mutable_on_start, so a restart may not change it.' } })
      .when(restart('flow/1', { m: { x: 1, y: 4, z: { q: 'b$c' } } }));
    expect(runParams(situation, 'flow/1.2')).toEqual({ m: { x: 1, y: 4, z: { q: 'b$c' } } });
  });

  it('that are constant are not given', () => {
    given(workflow('flow', [noop('a')], { params: { x: { ...long(1), mode: 'CONSTANT' } } }))
      .when(start('flow', { x: 2 }))
      .then({ refusal: { code: 'BAD_INPUT' } });
  });
});

describe('Sleep (§2.6)', () => {
  it('takes as long as its parameter says', () => {
    given(
      workflow('flow', [{ step: { id: 's', type: 'Sleep', params: { sleep_seconds: computed('n * 2') } } }], {
        params: { n: long(5) },
      }),
    )
      .when(start('flow'))
      .after(10 * SECOND - 1)
      .shows('flow/1', 'RUNNING')
      .after(1)
      .shows('flow/1', 'SUCCEEDED');
  });

  it('is cut off by its timeout, whatever the policy of retries says', () => {
    const sleeper = (seconds: number, more: Fields): Json => ({
      step: { id: 's', type: 'Sleep', timeout: '${patience} sec', params: { sleep_seconds: long(seconds) }, ...more },
    });
    const flow = (seconds: number, more: Fields = {}): string =>
      workflow('flow', [sleeper(seconds, more)], { params: { patience: long(2) } });
    given(flow(60, { retry_policy: { timeout_retry_limit: 3 } }))
      .when(start('flow'))
      .after(2 * SECOND - 1)
      .shows('flow/1', 'RUNNING', 's: RUNNING')
      .after(1)
      .shows('flow/1', 'TIMED_OUT', 's: TIMED_OUT');
    given(flow(2))
      .when(start('flow'))
      .after(2 * SECOND)
      .shows('flow/1', 'SUCCEEDED');
    given(flow(3, { failure_mode: 'IGNORE_FAILURE' }))
      .when(start('flow'))
      .after(2 * SECOND)
      .shows('flow/1', 'SUCCEEDED', 's: COMPLETED_WITH_ERROR');
  });

  it('takes three seconds if nothing is said', () => {
    given(workflow('flow', [{ step: { id: 's', type: 'sleep' } }]))
      .when(start('flow'))
      .after(3 * SECOND - 1)
      .shows('flow/1', 'RUNNING')
      .after(1)
      .shows('flow/1', 'SUCCEEDED');
  });
});

describe('failure modes (§2.4)', () => {
  const broken = { params: { t: text('$nothing') } };

  it('let the others run to their end, or stop them, or go on', () => {
    const slow = { step: { id: 's', type: 'Sleep' } };
    given(workflow('flow', [slow, noop('a', { ...broken, ...to({ b: 'true' }) }), noop('b')]))
      .when(start('flow'))
      .shows('flow/1', 'RUNNING', 's: RUNNING, a: FAILED, b: NOT_CREATED')
      .after(3 * SECOND)
      .shows('flow/1', 'FAILED', 's: SUCCEEDED, a: FAILED, b: NOT_CREATED');
    given(workflow('flow', [slow, noop('a', { ...broken, failure_mode: 'FAIL_IMMEDIATELY' })]))
      .when(start('flow'))
      .shows('flow/1', 'FAILED', 's: STOPPED, a: FAILED');
  });
});

describe('a signal trigger', () => {
  it('starts a run with what the signal brings', () => {
    const trigger = {
      definitions: { ready: { match_params: { n: { value: 3, operator: '>=' } } } },
      params: { x: { type: 'LONG', expression: "params.getFromSignal('ready', 'n')" }, y: text('$$5') },
    };
    const situation = given(
      workflow('flow', [noop('a', { params: { it: text('$x $y ${ready__n}') } })], { signal_triggers: [trigger] }),
    );
    situation
      .when(publish('ready', { n: 2 }))
      .delivered()
      .when(publish('ready', { n: 4 }, '2'))
      .delivered();
    expect(stepParams(situation.shows('flow/1', 'SUCCEEDED'), 'flow/1')).toEqual({ it: '4 $5 4' });
  });
});

describe('the pause before another try (§5.7)', () => {
  it('grows with the tries after failures of its own kind', () => {
    const [step] = imported(
      workflow('x', [
        noop('a', {
          retry_policy: {
            error_retry_limit: 3,
            backoff: { error_retry_backoff_in_secs: 10, error_retry_exponent: 3, error_retry_limit_in_secs: 60 },
          },
        }),
      ]),
    ).steps;
    if (step === undefined) throw new Error('there is a step');
    const native = imported('id: flow\nsteps: [{ id: a, run: "false" }]');
    const situation = given().appliedDefinition({
      ...native,
      steps: native.steps.map((own) => ({ ...own, retry: step.retry })),
    });
    situation.when(start('flow'));
    const pauses = [failed('PLATFORM'), failed(), failed(), failed()].map((result) => {
      situation.reported('flow/1/a', result);
      const pause = (situation.run('flow/1').steps[0]?.wakeAt ?? 0) - situation.now;
      situation.after(pause);
      return pause / SECOND;
    });
    expect(pauses).toEqual([60, 10, 30, 60]);
  });
});

describe('the strategy (§4.1)', () => {
  it('is that of the properties', () => {
    given(workflow('flow', [{ step: { id: 's', type: 'Sleep' } }], {}, { run_strategy: { rule: 'FIRST_ONLY' } }))
      .when(start('flow'))
      .when(start('flow'))
      .shows('flow/1', 'RUNNING')
      .shows('flow/2', 'STOPPED');
  });
});
