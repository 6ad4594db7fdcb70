// Who may change a parameter: the table of the modes, and what a start and a restart make of them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  PARAM_MODES,
  type ParamMode,
  type ParamSource,
  type ParamWriter,
  isLooser,
  mayChange,
} from '../../../src/core/params/mode.ts';
import { type Declared } from '../../../src/core/params/resolve-params.ts';
import { FACTS, again, refusals, resolve, valuesOf } from './occasion.ts';

const STARTS: readonly ParamWriter[] = ['DEFINITION', 'LAUNCH', 'TIME_TRIGGER', 'SIGNAL'];

/** Which writers may change what, as Maestro documents it; a workflow above may always. */
const TABLE: Readonly<Record<ParamMode, readonly ParamWriter[]>> = {
  mutable: [...STARTS, 'SUBWORKFLOW', 'RESTART', 'OUTPUT_PARAMETER'],
  mutable_on_start_restart: [...STARTS, 'SUBWORKFLOW', 'RESTART'],
  mutable_on_start: [...STARTS, 'SUBWORKFLOW'],
  immutable: ['SUBWORKFLOW'],
  constant: ['SUBWORKFLOW'],
};
const WRITERS: readonly ParamWriter[] = [...STARTS, 'SUBWORKFLOW', 'RESTART', 'OUTPUT_PARAMETER'];

const cutoff = (mode: ParamMode): Declared => ({ name: 'cutoff', type: 'long', value: 40, mode });

describe('the modes', () => {
  test.each(PARAM_MODES)('%s may be changed by exactly its writers', (mode) => {
    expect(WRITERS.filter((writer) => mayChange(mode, writer))).toEqual(
      WRITERS.filter((writer) => TABLE[mode].includes(writer)),
    );
  });

  test('a stricter mode never has more writers', () => {
    for (const mode of PARAM_MODES) {
      for (const stricter of PARAM_MODES.filter((other) => isLooser(mode, other))) {
        expect(WRITERS.filter((writer) => mayChange(stricter, writer) && !mayChange(mode, writer))).toEqual([]);
      }
    }
  });
});

describe('what a mode forbids', () => {
  test.each(['immutable', 'constant'] as const)('a start cannot set what is %s', (mode) => {
    expect(refusals([cutoff(mode)], [{ name: 'cutoff', value: 7 }])).toEqual([
      {
        code: 'BAD_INPUT',
        message: `The parameter "cutoff" is ${mode}, so a start may not change it.`,
        path: ['params', 'cutoff'],
        hint: 'Only the definition sets it: change it there and apply, or declare another mode.',
      },
    ]);
  });

  test('a restart cannot set what is mutable_on_start, and is told what to do', () => {
    const before = resolve([cutoff('mutable_on_start')], [{ name: 'cutoff', value: 7 }]);
    expect(refusals([cutoff('mutable_on_start')], [{ name: 'cutoff', value: 8 }], again(before))).toMatchObject([
      {
        message: 'The parameter "cutoff" is mutable_on_start, so a restart may not change it.',
        hint: 'A start or a trigger may set it; start a new run to give it another value.',
      },
    ]);
  });

  test('the same value is always accepted', () => {
    expect(resolve([cutoff('constant')], [{ name: 'cutoff', value: '40' }])).toEqual([
      { name: 'cutoff', type: 'long', value: 40 },
    ]);
  });

  test('the same map is accepted whatever the order of its keys, and so is a part of it', () => {
    const model: Declared = { name: 'model', type: 'map', value: { a: 1, b: { c: 2 } }, mode: 'constant' };
    expect(refusals([model], [{ name: 'model', value: { b: { c: 2 }, a: 1 } }])).toEqual([]);
    expect(refusals([model], [{ name: 'model', value: { b: { c: 2 } } }])).toEqual([]);
    expect(refusals([model], [{ name: 'model', value: { b: { c: 3 } } }])).toHaveLength(1);
  });

  test('a workflow above sets even what is constant', () => {
    const resolved = resolve([cutoff('constant')], [{ name: 'cutoff', value: 7 }], {
      source: 'SUBWORKFLOW',
      facts: FACTS,
    });
    expect(resolved).toEqual([{ name: 'cutoff', type: 'long', value: 7, source: 'SUBWORKFLOW' }]);
  });

  test('a mode can be tightened at a start, and that lasts', () => {
    const strict = resolve([cutoff('mutable')], [{ name: 'cutoff', value: 7, mode: 'constant' }]);
    expect(strict).toEqual([{ name: 'cutoff', type: 'long', value: 7, source: 'LAUNCH', mode: 'constant' }]);
    expect(refusals([cutoff('mutable')], [{ name: 'cutoff', value: 8 }], again(strict))).toMatchObject([
      { message: 'The parameter "cutoff" is constant, so a restart may not change it.' },
    ]);
  });

  test('a mode is never loosened', () => {
    expect(refusals([cutoff('mutable_on_start')], [{ name: 'cutoff', value: 7, mode: 'mutable' }])).toMatchObject([
      {
        message: 'The parameter "cutoff" is mutable_on_start, and its mode cannot be loosened to mutable.',
        hint: 'Leave the mode out, or give one that is at least as strict as mutable_on_start.',
      },
    ]);
  });
});

describe('laws of the modes', () => {
  const modes = fc.constantFrom(...PARAM_MODES);
  const sources = fc.constantFrom<ParamSource>('LAUNCH', 'TIME_TRIGGER', 'SIGNAL', 'SUBWORKFLOW', 'RESTART');

  test('whoever may change a parameter gets the value; whoever may not changes nothing', () => {
    fc.assert(
      fc.property(modes, sources, fc.integer(), (mode, source, value) => {
        const resolved = { declared: [cutoff(mode)], given: [{ name: 'cutoff', value }] };
        const occasion = { source, facts: FACTS };
        const isAccepted = mayChange(mode, source) || value === 40;
        const refused = refusals(resolved.declared, resolved.given, occasion);
        expect(refused).toHaveLength(isAccepted ? 0 : 1);
        if (isAccepted)
          expect(valuesOf(resolve(resolved.declared, resolved.given, occasion))).toEqual({ cutoff: value });
      }),
    );
  });
});
