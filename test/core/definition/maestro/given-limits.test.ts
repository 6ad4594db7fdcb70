// Timeouts, tries, pauses and concurrency of imported definitions, as parameters of the workflow give them (§1.6, §5.7).

import { describe, expect, it } from 'vitest';

import { readDefinitions } from '../../../../src/core/definition/read.ts';
import { failed, given, start } from '../../../support/given.ts';
import { computed, foreach, imported, long, noop, problems, text, workflow } from './documents.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 86_400 * SECOND;

describe('a timeout (§1.6)', () => {
  const source = workflow('flow', [{ step: { id: 's', type: 'Sleep', params: { sleep_seconds: long(10_368_000) } } }], {
    timeout: '${limit}',
    params: { limit: text('60') },
  });

  it.each([
    [60, MINUTE],
    ['3600', 60 * MINUTE],
    ['10min 1min', 11 * MINUTE],
    ['1 hour 30 minutes', 90 * MINUTE],
    ['abc 1min', MINUTE],
    ['120 days', 120 * DAY],
    ['1500ms', 1500],
  ])('of %s, given by a parameter, is a limit of that length', (limit, length) => {
    const situation = given(source).when(start('flow', { limit }));
    expect(situation.run('flow/1').timeoutAt).toBe(situation.now + length);
  });

  it.each(['', 'dfsd', '0', '-100', 'min', '121 days', 0, -1])(
    'of %j is none, and the run fails before it begins',
    (limit) => {
      const situation = given(source).when(start('flow', { limit })).shows('flow/1', 'FAILED', 's: NOT_CREATED');
      expect(situation.run('flow/1').failure).toMatchObject({ code: 'BAD_LIMIT', kind: 'USER' });
      expect(situation.run('flow/1').failure?.message).toContain(`limit is ${JSON.stringify(String(limit))}`);
    },
  );

  it('sees parameters of the workflow, computed ones and default ones, and a part of a text', () => {
    const situation = given(
      workflow(
        'flow',
        [
          {
            foreach: {
              id: 'f',
              params: { loop_params: { type: 'MAP', value: { i: { type: 'LONG_ARRAY', value: [1] } } } },
              timeout: '$hours hours',
              steps: [{ step: { id: 's', type: 'Sleep' } }],
            },
          },
        ],
        {
          params: { hours: computed('1 + 1') },
        },
      ),
    ).when(start('flow'));
    expect(situation.run('flow/1').steps[0]?.wakeAt).toBe(situation.now + 120 * MINUTE);
  });

  it('of a name that there is not fails the step, and never hangs', () => {
    const situation = given(workflow('flow', [noop('a', { timeout: '${nothing}' })])).when(start('flow'));
    const { failure } = situation.shows('flow/1', 'FAILED', 'a: FAILED').run('flow/1').steps[0] ?? {};
    expect(failure).toMatchObject({ code: 'BAD_LIMIT' });
    expect(failure?.message).toContain('There is no name nothing here.');
  });

  it("does not see the step's own parameters", () => {
    given(workflow('flow', [noop('a', { timeout: '${own}', params: { own: long(5) } })]))
      .when(start('flow'))
      .shows('flow/1', 'FAILED', 'a: FAILED');
  });
});

describe('retry policies (§5.7)', () => {
  it('may have parameters for every number', () => {
    const [step] = imported(
      workflow('flow', [
        noop('a', {
          retry_policy: {
            error_retry_limit: '${n}',
            timeout_retry_limit: '$n',
            backoff: {
              error_retry_backoff_in_secs: '${pause}',
              error_retry_exponent: '${factor}',
              platform_retry_limit_in_secs: '${most} minutes',
            },
          },
        }),
      ]),
    ).steps;
    expect(step?.limits).toEqual([
      { limit: 'backoff.user.first', text: '${pause}' },
      { limit: 'backoff.user.factor', text: '${factor}' },
      { limit: 'backoff.platform.longest', text: '${most} minutes' },
      { limit: 'retry.user', text: '${n}' },
      { limit: 'retry.timeout', text: '${n}' },
    ]);
  });

  it('are obeyed as the parameters say', () => {
    const policy = {
      error_retry_limit: '${n}',
      backoff: {
        error_retry_backoff_in_secs: '${pause}',
        error_retry_exponent: '${factor}',
        error_retry_limit_in_secs: '1 hour',
      },
    };
    const [step] = imported(workflow('x', [noop('a', { retry_policy: policy })])).steps;
    const native = imported('id: flow\nparams: { n: 0, pause: 1, factor: 1 }\nsteps: [{ id: a, run: "false" }]');
    if (step?.limits === undefined) throw new Error('the step has limits');
    const { retry, limits } = step;
    const situation = given()
      .appliedDefinition({ ...native, steps: native.steps.map((own) => ({ ...own, retry, limits })) })
      .when(start('flow', { n: 3, pause: 10, factor: 3 }));
    const pauses = [1, 2, 3].map(() => {
      situation.reported('flow/1/a', failed());
      const pause = (situation.run('flow/1').steps[0]?.wakeAt ?? 0) - situation.now;
      situation.after(pause);
      return pause / SECOND;
    });
    expect(pauses).toEqual([10, 30, 90]);
    situation.reported('flow/1/a', failed()).shows('flow/1', 'FAILED');
  });

  it('of fixed pauses have one length', () => {
    const backoff = { type: 'FIXED_BACKOFF', error_retry_backoff_in_secs: '$pause' };
    const [step] = imported(workflow('flow', [noop('a', { retry_policy: { backoff } })])).steps;
    expect(step?.limits).toEqual([
      { limit: 'backoff.user.first', text: '${pause}' },
      { limit: 'backoff.user.longest', text: '${pause}' },
    ]);
  });

  it('that nothing can be made of fail the step', () => {
    const broken = noop('a', { retry_policy: { error_retry_limit: '${n}' } });
    const situation = given(workflow('flow', [broken], { params: { n: text('many') } })).when(start('flow'));
    expect(situation.shows('flow/1', 'FAILED').run('flow/1').failure?.message).toContain(
      'from 0 to 99, and n is "many"',
    );
  });
});

describe('the concurrency of a foreach (§2.11)', () => {
  const values = { i: { type: 'LONG_ARRAY', value: [1, 2, 3] } };
  const slow = { step: { id: 's', type: 'Sleep' } };

  it('may be a parameter', () => {
    const situation = given(
      workflow('flow', [foreach('f', values, [slow], { concurrency: '${n}' })], { params: { n: long(2) } }),
    ).when(start('flow'));
    expect(situation.run('flow/1').steps[0]?.loop?.running).toEqual([0, 1]);
  });

  it('is at most 500', () => {
    given(workflow('flow', [foreach('f', values, [slow], { concurrency: '${n}' })], { params: { n: long(501) } }))
      .when(start('flow'))
      .shows('flow/1', 'FAILED', 'f: FAILED');
  });
});

describe('what is still a mistake', () => {
  it('is a number or a text that can be none, whatever parameters there are', () => {
    expect(
      problems(workflow('flow', [noop('a', { timeout: 'soon', retry_policy: { error_retry_limit: 'x' } })])),
    ).toEqual(['bad-duration', 'retry-limit']);
  });

  it('is a parameter in a delay of a trigger: there is no run yet', () => {
    const read = readDefinitions(
      workflow('flow', [noop('a')], { time_triggers: [{ type: 'CRON', cron: '0 6 * * *', fuzzy_max_delay: '${x}' }] }),
    );
    expect(read.ok).toBe(false);
  });
});
