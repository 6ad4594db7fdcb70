// A restart, or a fork, that gives parameters of single steps of an imported definition other values.

import { describe, expect, test } from 'vitest';

import { traceParams } from '../../../src/core/params/trace.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { type StepParamsWish } from '../../../src/core/run/restart-from.ts';
import { fork } from '../../support/asking.ts';
import { entries, given, restart, type Situation, start } from '../../support/given.ts';
import { computed, long, noop, text, to, workflow } from '../definition/maestro/documents.ts';

const steps = [
  noop('a', {
    params: { x: long(3), y: computed('x + 1', 'LONG'), fixed: { ...long(1), mode: 'CONSTANT' } },
    ...to({ b: 'true' }),
  }),
  noop('b', { params: { z: computed('a__y * 10', 'LONG'), t: text('hi') } }),
];

function done(): Situation {
  return given(workflow('flow', steps)).when(start('flow')).shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED');
}

function again(stepParams: readonly StepParamsWish[]): CommandBody {
  return { ...restart('flow/1'), stepParams } as CommandBody;
}

function valuesOf(situation: Situation, run: string, step: number): object {
  return Object.fromEntries((situation.run(run).steps[step]?.params ?? []).map(({ name, value }) => [name, value]));
}

describe('parameters of steps that a restart gives', () => {
  test('hold when the step begins, for it and for what comes after', () => {
    const situation = done();
    expect(valuesOf(situation, 'flow/1', 1)).toMatchObject({ z: 40 });
    situation.when(again([{ stepId: 'a', params: entries({ x: 7 }) }]));
    expect(valuesOf(situation, 'flow/1', 0)).toMatchObject({ x: 7, y: 8 });
    expect(valuesOf(situation, 'flow/1', 1)).toMatchObject({ z: 80, t: 'hi' });
  });

  test('show in the trace what they were laid over', () => {
    const situation = done().when(again([{ stepId: 'a', params: entries({ x: 7 }) }]));
    const { definition, steps: states } = situation.run('flow/1');
    const declared = situation.definition(definition).steps[0]?.params ?? [];
    expect(traceParams(declared, states[0]?.params ?? [])).toMatchObject([
      { name: 'x', value: 7, source: 'RESTART', overridden: [{ source: 'DEFINITION', value: 3 }] },
      { name: 'y', value: 8, source: 'DEFINITION' },
      { name: 'fixed', value: 1, source: 'DEFINITION' },
    ]);
  });

  test('hold for further restarts too, until others are given', () => {
    const situation = done()
      .when(again([{ stepId: 'a', params: entries({ x: 7 }) }]))
      .when(restart('flow/1'));
    expect(valuesOf(situation, 'flow/1.3', 0)).toMatchObject({ x: 7 });
    situation.when(again([{ stepId: 'b', params: entries({ t: 'new' }) }]));
    expect(valuesOf(situation, 'flow/1.4', 0)).toMatchObject({ x: 7 });
    expect(valuesOf(situation, 'flow/1.4', 1)).toMatchObject({ t: 'new' });
  });

  test('can be an expression no more than what they replace: a value is a value', () => {
    const situation = done().when(again([{ stepId: 'a', params: entries({ y: 100 }) }]));
    expect(valuesOf(situation, 'flow/1', 1)).toMatchObject({ z: 1000 });
  });

  test('are given to a fork alike', () => {
    const situation = done().when(
      fork('flow/1', { from: 'b', stepParams: [{ stepId: 'b', params: entries({ t: 'x' }) }] }),
    );
    expect(valuesOf(situation, 'flow/2', 1)).toMatchObject({ z: 40, t: 'x' });
  });

  test.each([
    [{ stepId: 'a', params: entries({ q: 1 }) }, ['stepParams', 'a', 'q'], 'has no parameter "q"'],
    [{ stepId: 'a', params: entries({ x: 'many' }) }, ['stepParams', 'a', 'x'], 'cannot have this value'],
    [{ stepId: 'a', params: entries({ fixed: 2 }) }, ['stepParams', 'a', 'fixed'], 'may not change it'],
    [{ stepId: 'nope', params: [] }, ['stepParams', 'nope'], 'has no step "nope"'],
  ])('are refused where they do not fit: %j', (wish, path, message) => {
    const { decision } =
      done()
        .when(again([wish]))
        .taken.at(-1) ?? {};
    expect(decision).toMatchObject({ kind: 'REFUSED', refusals: [{ path }] });
    if (decision?.kind === 'REFUSED') expect(decision.refusals[0]?.message).toContain(message);
  });
});
