import { describe, expect, it } from 'vitest';

import { type Json } from '../../../../src/core/json.ts';
import { given, publish, type Situation, start } from '../../../support/given.ts';
import { computed, type Fields, foreach, long, noop, text, to, workflow } from './documents.ts';

const SECOND = 1000;

/** The parameters that a step was given. */
function stepParams(situation: Situation, run: string, step = 0): Readonly<Record<string, Json>> {
  return Object.fromEntries((situation.run(run).steps[step]?.params ?? []).map(({ name, value }) => [name, value]));
}

function runParams(situation: Situation, run: string): Readonly<Record<string, Json>> {
  return Object.fromEntries(situation.run(run).params.map(({ name, value }) => [name, value]));
}

describe('foreach (§2.11)', () => {
  it('goes over all combinations, the first name fastest, and sees the parameters around', () => {
    const inner = noop('in', { params: { it: text('$i$j-${loop_index}-$out-$all') } });
    const loop = foreach(
      'loop',
      { i: { type: 'LONG_ARRAY', value: [1, 2] }, j: { type: 'STRING_ARRAY', value: ['a', '$x'] } },
      [inner],
      {
        params: { out: computed("x + 'o'", 'STRING') },
      },
    );
    const last = noop('last', {
      params: { all: computed("params.getFromForeach('loop', 'in', 'it')", 'STRING_ARRAY') },
    });
    const situation = given(
      workflow('flow', [{ foreach: { ...(loop as { foreach: Fields }).foreach, ...to({ last: 'true' }) } }, last], {
        params: { x: text('b'), all: text('A') },
      }),
    ).when(start('flow'));
    expect(stepParams(situation.delivered().shows('flow/1', 'SUCCEEDED'), 'flow/1', 1)).toEqual({
      all: ['1a-0-bo-A', '2a-1-bo-A', '1b-2-bo-A', '2b-3-bo-A'],
    });
  });

  it('goes over what an expression gives, of the type that is declared', () => {
    const situation = given(
      workflow('flow', [
        foreach('loop', { d: computed('Util.intsBetween(0, n, 1)', 'DOUBLE_ARRAY') }, [noop('in')], {
          params: { n: long(2) },
        }),
      ]),
    ).when(start('flow'));
    expect(situation.shows('flow/1', 'SUCCEEDED').run('flow/1/loop[1]').params[0]).toEqual({
      name: 'd',
      type: 'double',
      value: 1,
    });
  });

  it('may go over nothing', () => {
    given(workflow('flow', [foreach('loop', { i: { type: 'LONG_ARRAY', value: [] } }, [noop('in')])]))
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'loop: SUCCEEDED');
  });

  it('may stand in another, whose values it may go over', () => {
    const inside = foreach('inner', { k: computed('Util.intsBetween(0, i, 1)', 'LONG_ARRAY') }, [
      noop('in', { params: { it: computed('i * 10 + k') } }),
    ]);
    const situation = given(
      workflow('flow', [foreach('outer', { i: { type: 'LONG_ARRAY', value: [1, 2] } }, [inside])]),
    ).when(start('flow'));
    situation.delivered().shows('flow/1', 'SUCCEEDED');
    expect(stepParams(situation, 'flow/1/outer[1]/inner[1]')).toEqual({ it: 21 });
  });

  it('fails with an iteration that fails', () => {
    given(
      workflow('flow', [
        foreach('loop', { i: { type: 'LONG_ARRAY', value: [1] } }, [noop('in', { params: { t: text('$nothing') } })]),
      ]),
    )
      .when(start('flow'))
      .shows('flow/1', 'FAILED', 'loop: FAILED');
  });
});

describe('foreach with a failure mode', () => {
  it('counts as done with an error where that is to be ignored, and leads on by how it ended', () => {
    const inner = noop('in', { params: { it: computed('10 / i') } });
    const loop = foreach('loop', { i: { type: 'LONG_ARRAY', value: [0, 1] } }, [inner], {
      failure_mode: 'IGNORE_FAILURE',
      concurrency: 1,
      ...to({ b: "params.getFromStep('loop', 'MAESTRO_STEP_STATUS') == 'COMPLETED_WITH_ERROR'" }),
    });
    given(workflow('flow', [loop, noop('b')]))
      .when(start('flow'))
      .delivered()
      .shows('flow/1', 'SUCCEEDED', 'loop: COMPLETED_WITH_ERROR, b: SUCCEEDED');
  });
});

describe('signal dependencies inside a loop', () => {
  it('are matched by the values of the loop', () => {
    const demand = { d: { param: computed('day'), operator: '=' } };
    const inner = noop('in', {
      signal_dependencies: [{ name: 'table of $day', match_params: demand }],
      params: { it: computed("params.getFromSignalDependency(0, 'd')") },
    });
    const situation = given(
      workflow('flow', [foreach('loop', { day: { type: 'LONG_ARRAY', value: [1, 2] } }, [inner])]),
    )
      .when(start('flow'))
      .when(publish('table of 2', { d: 2 }))
      .delivered()
      .when(publish('table of 1', { d: 2 }))
      .delivered()
      .shows('flow/1', 'RUNNING')
      .when(publish('table of 1', { d: 1 }, '2'))
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
    expect(stepParams(situation, 'flow/1/loop[1]')).toEqual({ it: 2 });
  });
});

describe('while (§2.12)', () => {
  it('tells its iterations that the condition was true', () => {
    const loop = {
      while: {
        id: 'loop',
        condition: 'i < 1',
        params: { loop_params: { type: 'MAP', value: { i: long(0) } } },
        steps: [noop('in', { params: { seen: text('${condition}'), i: computed('i + 1') } })],
      },
    };
    const situation = given(workflow('flow', [loop]))
      .when(start('flow'))
      .delivered();
    expect(stepParams(situation, 'flow/1/loop[0]')).toEqual({ seen: 'true', i: 1 });
  });

  it('goes on with what the steps inside make of its values', () => {
    const loop = {
      while: {
        id: 'loop',
        condition: 'i < limit',
        params: { loop_params: { type: 'MAP', value: { i: computed('limit - 3') } }, limit: computed('most + 1') },
        steps: [noop('in', { params: { i: computed('i + 1') } })],
        ...to({ last: 'true' }),
      },
    };
    const last = noop('last', { params: { all: computed("params.getFromForeach('loop', 'in', 'i')", 'LONG_ARRAY') } });
    const situation = given(workflow('flow', [loop, last], { params: { most: long(4) } })).when(start('flow'));
    expect(stepParams(situation.delivered().shows('flow/1', 'SUCCEEDED'), 'flow/1', 1)).toEqual({ all: [3, 4, 5] });
  });

  it('may never begin', () => {
    given(
      workflow('flow', [
        {
          while: {
            id: 'loop',
            condition: 'false',
            params: { loop_params: { type: 'MAP', value: { i: long(0) } } },
            steps: [noop('in')],
          },
        },
      ]),
    )
      .when(start('flow'))
      .shows('flow/1', 'SUCCEEDED', 'loop: SUCCEEDED');
  });
});

describe('subworkflow (§2.10)', () => {
  const sub = (params: Fields = {}, more: Fields = {}): Json => ({
    subworkflow: { id: 'sub', params: { subworkflow_id: text('child'), ...params }, ...more },
  });
  const child = workflow('child', [noop('in', { params: { it: computed('x + 1'), own: computed('y') } })], {
    params: { x: { ...long(1), mode: 'CONSTANT' } },
  });

  it('hands down all parameters of the run and of the step, whatever the modes of the child', () => {
    const situation = given(
      child,
      workflow('flow', [sub({ x: computed('base + 1') })], { params: { base: long(10), y: long(7) } }),
    )
      .when(start('flow'))
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
    expect(stepParams(situation, 'child/1')).toEqual({ it: 12, own: 7 });
    expect(runParams(situation, 'child/1')).toMatchObject({ x: 11, y: 7, base: 10 });
  });

  it('hands down those of the step alone if it says so', () => {
    const situation = given(
      child,
      workflow('flow', [sub({ x: long(5) }, { explicit_params: true })], { params: { y: long(7) } }),
    )
      .when(start('flow'))
      .delivered();
    expect(runParams(situation, 'child/1')).toEqual({ x: 5 });
  });

  it('gives the child the time that the run is for', () => {
    const situation = given(child, workflow('flow', [sub()], { params: { y: long(7) } }))
      .when(start('flow'))
      .after(5 * SECOND)
      .delivered();
    expect(runParams(situation, 'child/1')['RUN_TS']).toBe(situation.run('flow/1').createdAt);
  });

  it('lets steps behind read what the steps of the child were given', () => {
    const reader = noop('last', { params: { it: computed("params.getFromSubworkflow('sub', 'in', 'it')") } });
    const situation = given(child, workflow('flow', [sub({ x: long(5), y: long(1) }, to({ last: 'true' })), reader]))
      .when(start('flow'))
      .delivered();
    expect(stepParams(situation.shows('flow/1', 'SUCCEEDED'), 'flow/1', 1)).toEqual({ it: 6 });
  });

  it('runs a workflow of our own with what it declares', () => {
    const own = 'id: child\nparams: { x: 1 }\nsteps: [{ id: a, noop: true }]';
    const situation = given(own, workflow('flow', [sub({ x: long(5), y: long(1) })]))
      .when(start('flow'))
      .delivered();
    expect(runParams(situation.shows('flow/1', 'SUCCEEDED'), 'child/1')).toMatchObject({ x: 5 });
  });

  it('finds the workflow by a parameter', () => {
    given(
      child,
      workflow('flow', [sub({ subworkflow_id: text('${which}'), subworkflow_version: text('1'), y: long(1) })], {
        params: { which: text('child') },
      }),
    )
      .when(start('flow'))
      .delivered()
      .shows('flow/1', 'SUCCEEDED')
      .shows('child/1', 'SUCCEEDED');
  });

  it('does not wait if it is not in step', () => {
    given(workflow('child', [{ step: { id: 's', type: 'Sleep' } }]), workflow('flow', [sub({}, { sync: false })]))
      .when(start('flow'))
      .delivered()
      .shows('flow/1', 'SUCCEEDED')
      .shows('child/1', 'RUNNING');
  });

  it('fails at once with the child, without another try', () => {
    given(workflow('child', [noop('a', { params: { t: text('$nothing') } })]), workflow('flow', [sub()]))
      .when(start('flow'))
      .delivered()
      .shows('flow/1', 'FAILED', 'sub: FAILED');
  });
});
