// Definitions as a team would bring them from Maestro, written from its documentation alone: nested and mixed, applied to the
// engine as they are and run to the outcome that the documentation tells.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Json } from '../../src/core/json.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';
import {
  computed,
  type Fields,
  leadsTo,
  long,
  map,
  noop,
  outcome,
  paramsOf,
  run,
  text,
  workflow,
} from '../support/maestro-team.ts';

const caller = { actor: 'ada' };

let lab: TestEngine;

beforeEach(async () => {
  lab = await createTestEngine();
});

afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

describe('nested work', () => {
  it('runs a foreach in a subworkflow in a while, and hands results back at every level', async () => {
    const child = workflow(
      'tally',
      [
        {
          foreach: {
            id: 'each',
            concurrency: '${lanes}',
            params: { loop_params: map({ n: computed('Util.intsBetween(0, round + 2, 1)', 'LONG_ARRAY') }) },
            steps: [noop('square', { it: computed('n * n + base') })],
            ...leadsTo('sum'),
          },
        },
        noop('sum', {
          all: computed("params.getFromForeach('each', 'square', 'it')", 'LONG_ARRAY'),
          it: computed('long s = 0; for (int i = 0; i < all.length; i += 1) { s += all[i]; } return s;'),
        }),
      ],
      { params: { lanes: long(2) } },
    );
    const parent = workflow(
      'rounds',
      [
        {
          while: {
            id: 'loop',
            condition: 'round < rounds && total < 1000',
            params: { loop_params: map({ round: long(0), total: long(0) }) },
            steps: [
              { subworkflow: { id: 'call', params: { subworkflow_id: text('tally') }, ...leadsTo('next') } },
              noop('next', {
                total: computed("total + params.getFromSubworkflow('call', 'sum', 'it')"),
                round: computed('round + 1'),
              }),
            ],
            ...leadsTo('last'),
          },
        },
        noop('last', { totals: computed("params.getFromForeach('loop', 'next', 'total')", 'LONG_ARRAY') }),
      ],
      { params: { rounds: long(3), base: long(10) } },
    );
    const view = await run(lab, [child, parent], 'rounds');
    expect(outcome(view)).toBe('SUCCEEDED, loop SUCCEEDED, last SUCCEEDED');
    // Rounds of 2, 3 and 4 squares, each on top of the base: 21, 35 and 54.
    expect(paramsOf(view, 'last')).toEqual({ totals: [21, 56, 110] });
  });

  it('goes over the values of the loop around, and gathers what inner loops gathered', async () => {
    const inner = {
      foreach: {
        id: 'inner',
        params: { loop_params: map({ k: computed('Util.intsBetween(0, i, 1)', 'LONG_ARRAY') }) },
        steps: [noop('leaf', { it: text('${word}${i}.${k}') })],
        ...leadsTo('gather'),
      },
    };
    const outer = {
      foreach: {
        id: 'outer',
        strict_ordering: true,
        concurrency: 1,
        params: {
          loop_params: map({
            i: { type: 'LONG_ARRAY', value: [1, 2] },
            word: { type: 'STRING_ARRAY', value: ['a', 'b'] },
          }),
        },
        steps: [
          inner,
          noop('gather', { it: computed("String.join(',', params.getFromForeach('inner', 'leaf', 'it'))", 'STRING') }),
        ],
        ...leadsTo('last'),
      },
    };
    const view = await run(
      lab,
      [
        workflow('flow', [
          outer,
          noop('last', { all: computed("params.getFromForeach('outer', 'gather', 'it')", 'STRING_ARRAY') }),
        ]),
      ],
      'flow',
    );
    expect(paramsOf(view, 'last')).toEqual({ all: ['a1.0', 'a2.0,a2.1', 'b1.0', 'b2.0,b2.1'] });
  });

  it('hands parameters down with their types, and only those of the step where they are explicit', async () => {
    const child = workflow('child', [
      noop('in', {
        half: computed('rate / 2', 'DOUBLE'),
        words: text('$names'),
        seen: computed("params.get('word') == null ? 'nothing' : word", 'STRING'),
      }),
    ]);
    const sub = (id: string, params: Fields, more: Fields): Json => ({
      subworkflow: { id, params: { subworkflow_id: text('child'), ...params }, ...more },
    });
    const own = { rate: { type: 'DOUBLE', value: 3 }, names: { type: 'STRING_ARRAY', value: [] } };
    const parent = workflow(
      'parent',
      [
        sub('all', {}, leadsTo('some')),
        sub('some', own, { explicit_params: true, ...leadsTo('last') }),
        noop('last', {
          first: computed("params.getFromSubworkflow('all', 'in', 'half')", 'DOUBLE'),
          words: computed("params.getFromSubworkflow('all', 'in', 'words')", 'STRING'),
          seen: computed(
            "params.getFromSubworkflow('all', 'in', 'seen') + params.getFromSubworkflow('some', 'in', 'seen')",
            'STRING',
          ),
        }),
      ],
      { params: { ...own, word: text('w') } },
    );
    const view = await run(lab, [child, parent], 'parent');
    expect(outcome(view)).toBe('SUCCEEDED, all SUCCEEDED, some SUCCEEDED, last SUCCEEDED');
    expect(paramsOf(view, 'last')).toEqual({ first: 1.5, words: '[]', seen: 'wnothing' });
  });

  it('starts a subworkflow that nobody waits for, of the version that a parameter names', async () => {
    await lab.apply(workflow('child', [noop('one')]));
    await lab.apply(workflow('child', [noop('two')]));
    const sub = {
      subworkflow: {
        id: 'call',
        sync: false,
        params: {
          subworkflow_id: computed("'ch' + rest", 'STRING'),
          subworkflow_version: text('${v}'),
          rest: text('ild'),
        },
      },
    };
    const view = await run(lab, [workflow('parent', [sub], { params: { v: text('1') } })], 'parent');
    expect(outcome(view)).toBe('SUCCEEDED, call SUCCEEDED');
    expect((await lab.ended('child/1')).definition.steps.map(({ id }) => id)).toEqual(['one']);
  });

  it('ends a foreach over nothing, and one over truths and fractions', async () => {
    const each = (id: string, loop: Fields, more: Fields): Json => ({
      foreach: {
        id,
        params: { loop_params: map(loop) },
        steps: [noop(`${id}-in`, { it: text('${b}/${d}') })],
        ...more,
      },
    });
    const view = await run(
      lab,
      [
        workflow('flow', [
          each(
            'none',
            { b: { type: 'BOOLEAN_ARRAY', value: [] }, d: { type: 'DOUBLE_ARRAY', value: [1] } },
            leadsTo('some'),
          ),
          each(
            'some',
            { b: { type: 'BOOLEAN_ARRAY', value: [true, false] }, d: { type: 'DOUBLE_ARRAY', value: [1, 0.5] } },
            leadsTo('last'),
          ),
          noop('last', { all: computed("params.getFromForeach('some', 'some-in', 'it')", 'STRING_ARRAY') }),
        ]),
      ],
      'flow',
    );
    expect(paramsOf(view, 'last')).toEqual({ all: ['true/1.0', 'false/1.0', 'true/0.5', 'false/0.5'] });
  });
});

describe('the graph', () => {
  it('waits for all that come before, goes on where one leads on, and tells how each ended', async () => {
    const view = await run(
      lab,
      [
        workflow('flow', [
          noop(
            'job.1',
            { x: long(4) },
            { transition: { predecessors: [], successors: { 'job-2': 'x > 3', other: 'x > 9' } } },
          ),
          noop(
            'job-2',
            { y: computed("params.getFromStep('job.1', 'x') * 2"), z: text('${job.1__x}!') },
            {
              transition: { predecessors: ['job.1'], successors: { join: 'y == 9' } },
            },
          ),
          noop('other', {}, leadsTo('join')),
          noop('third', { t: text('$missing') }, { failure_mode: 'ignore_failure', ...leadsTo('join') }),
          noop(
            'join',
            {
              how: computed(
                "params.getFromStep('third', 'MAESTRO_STEP_STATUS') + ' ' + params.getFromStep('other', 'MAESTRO_STEP_STATUS')",
                'STRING',
              ),
              z: computed("params.getFromStep('job-2', 'z')", 'STRING'),
            },
            { transition: { predecessors: ['job-2', 'other', 'third'] } },
          ),
        ]),
      ],
      'flow',
    );
    expect(outcome(view)).toBe(
      'SUCCEEDED, job.1 SUCCEEDED, job-2 SUCCEEDED, other UNSATISFIED, third COMPLETED_WITH_ERROR, join SUCCEEDED',
    );
    expect(paramsOf(view, 'join')).toEqual({ how: 'COMPLETED_WITH_ERROR UNSATISFIED', z: '4!' });
  });

  it('stops what goes on where a failure is to end the run', async () => {
    const view = await run(
      lab,
      [
        workflow('flow', [
          { step: { id: 'slow', type: 'Sleep', params: { sleep_seconds: long(600) }, timeout: '1 hour' } },
          noop('bad', { t: text('$missing') }, { failure_mode: 'FAIL_IMMEDIATELY', ...leadsTo('never') }),
          noop('never'),
        ]),
      ],
      'flow',
    );
    expect(view.state.steps.map(({ status }) => status)).toEqual(['STOPPED', 'FAILED', 'NOT_CREATED']);
    expect(view.state.status).toBe('FAILED');
  });
});

describe('parameters', () => {
  it('have every type and mode, and obey them at a start and at a restart', async () => {
    const params: Fields = {
      s: { type: 'STRING', value: 'a $l', mode: 'MUTABLE', tags: ['x'], validator: '@notEmpty', name: 's' },
      l: { type: 'LONG', value: '9007199254740993', mode: 'MUTABLE_ON_START' },
      d: { type: 'DOUBLE', value: 2 },
      b: { type: 'boolean', value: true, mode: 'mutable_on_start_restart' },
      sm: { type: 'STRING_MAP', value: { $s: '${b}' } },
      sa: { type: 'STRING_ARRAY', value: ['$d', '$$d'] },
      la: { type: 'LONG_ARRAY', value: [1, 2], mode: 'IMMUTABLE' },
      da: { type: 'DOUBLE_ARRAY', expression: 'new double[]{1, 2.5}' },
      ba: { type: 'BOOLEAN_ARRAY', value: [true] },
      m: map({ x: computed('la[1]'), y: map({ z: text('$s') }) }),
      once: { ...computed('UUID.randomUUID().toString()', 'STRING'), mode: 'CONSTANT' },
      anew: { ...computed('UUID.randomUUID().toString()', 'STRING'), mode: 'IMMUTABLE' },
      untold: { value: 'text' },
    };
    const view = await run(lab, [workflow('flow', [noop('a', { it: text('${m}') })], { params })], 'flow', {
      d: '3.5',
      m: { y: { z: 'new' } },
    });
    const values = Object.fromEntries(view.state.params.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({
      s: 'a 9007199254740993',
      l: '9007199254740993',
      d: 3.5,
      sm: { 'a 9007199254740993': 'true' },
      sa: ['3.5', '$d'],
      da: [1, 2.5],
      m: { x: 2, y: { z: 'new' } },
      untold: 'text',
    });
    const again = (given: Fields) =>
      lab.engine.restartRun(
        {
          run: { workflowId: 'flow', number: 1, attempt: 1 },
          params: Object.entries(given).map(([name, value]) => ({ name, value })),
        },
        caller,
      );
    expect(await again({ l: 1 })).toMatchObject({ ok: false });
    expect(await again({ once: 'x' })).toMatchObject({ ok: false });
    expect(await again({ b: false, s: 'other' })).toMatchObject({ ok: true });
    const second = await lab.ended('flow/1');
    expect(second.state.attempt).toBe(2);
    const after = Object.fromEntries(second.state.params.map(({ name, value }) => [name, value]));
    expect(after).toMatchObject({ b: false, s: 'other', d: 3.5, once: values['once'] });
    expect(after['anew']).not.toBe(values['anew']);
  });

  it('count the days of the run from what the start sets', async () => {
    const params = {
      DSL_DEFAULT_TZ: text('US/Pacific'),
      from: computed('Util.incrementDateInt(TARGET_RUN_DATE, -2)'),
      days: computed('Util.dateIntsBetween(from, TARGET_RUN_DATE, 1)', 'LONG_ARRAY'),
      shown: computed(
        "DateTimeFormat.forPattern('yyyy-MM-dd').withZone(DateTimeZone.UTC).print(Util.dateIntToTs(from))",
        'STRING',
      ),
      week: computed("new DateTime(2026, 3, 1, 0, 0, 0, 0, DateTimeZone.forID('UTC')).plusDays(7).getMonthOfYear()"),
    };
    const view = await run(lab, [workflow('flow', [noop('a')], { params })], 'flow', { TARGET_RUN_DATE: 20_260_301 });
    expect(Object.fromEntries(view.state.params.map(({ name, value }) => [name, value]))).toMatchObject({
      from: 20_260_227,
      days: [20_260_227, 20_260_228],
      shown: '2026-02-27',
      week: 3,
    });
  });
});

describe('documents with everything that only describes', () => {
  it('run as if it were not there, and give it back', async () => {
    const source = JSON.stringify({
      properties: {
        owner: { name: 'ada', team: 'birds' },
        run_strategy: { rule: 'parallel', workflow_concurrency: 2 },
        step_concurrency: 3,
        access_control: { anything: [1, 2] },
        alerting: {
          emails: ['a@example.org'],
          tct: { completed_by_hour: 6, tz: 'UTC' },
          type_configs: { STEP_FAILURE: { actions: ['email'], granularity: 'step' } },
        },
        alerting_disabled: false,
        description: 'd',
        tags: [{ name: 'platform', namespace: 'PLATFORM', attributes: { creator: 'x', created_at_milli: 1 } }],
      },
      workflow: {
        id: 'flow',
        name: null,
        description: 'All of it',
        criticality: 'low',
        tags: [],
        timeout: null,
        time_triggers: null,
        signal_triggers: [],
        instance_step_concurrency: 5,
        params: null,
        steps: [
          {
            step: {
              id: 'a',
              type: 'NoOp',
              name: null,
              description: 'x',
              transition: {},
              tags: null,
              params: null,
              retry_policy: null,
              signal_outputs: [],
              failure_mode: null,
            },
          },
        ],
      },
      is_active: true,
      git_info: { origin: 'o', branch: 'b', sha: '1', uncommitted_changes: false },
      dsl_lang: 'python',
      step_ordinals: { a: 1 },
    });
    expect(outcome(await run(lab, [source], 'flow'))).toBe('SUCCEEDED, a SUCCEEDED');
  });
});
