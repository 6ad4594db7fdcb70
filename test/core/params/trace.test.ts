// Which layer set a value, and what it overrode.

import { expect, test } from 'vitest';

import { type Declared } from '../../../src/core/params/resolve-params.ts';
import { traceParams } from '../../../src/core/params/trace.ts';
import { again, resolve } from './occasion.ts';

const FLOW: readonly Declared[] = [
  { name: 'day', type: 'long', value: 3, mode: 'mutable_on_start_restart' },
  { name: 'next', type: 'long', expression: 'day + 1' },
  { name: 'path', type: 'string', value: 'data/${day}' },
  { name: 'island', type: 'string' },
];

const GIVEN = [
  { name: 'day', value: 5 },
  { name: 'island', value: 'Dream' },
];

test('the definition shows its expression or its text; a start shows what it overrode', () => {
  const params = resolve(FLOW, GIVEN);
  expect(traceParams(FLOW, params)).toEqual([
    {
      name: 'day',
      type: 'long',
      mode: 'mutable_on_start_restart',
      value: 5,
      source: 'LAUNCH',
      overridden: [{ source: 'DEFINITION', value: 3 }],
    },
    {
      name: 'next',
      type: 'long',
      mode: 'mutable',
      value: 6,
      source: 'DEFINITION',
      expression: 'day + 1',
      overridden: [],
    },
    {
      name: 'path',
      type: 'string',
      mode: 'mutable',
      value: 'data/5',
      source: 'DEFINITION',
      template: 'data/${day}',
      overridden: [],
    },
    { name: 'island', type: 'string', mode: 'mutable', value: 'Dream', source: 'LAUNCH', overridden: [] },
  ]);
});

test('a restart shows every layer below it, oldest first, with what an expression had given', () => {
  const first = resolve(FLOW, GIVEN);
  const second = resolve(
    FLOW,
    [
      { name: 'day', value: 8 },
      { name: 'next', value: 1 },
      { name: 'path', expression: '"x" + day' },
    ],
    again(first),
  );
  const traces = traceParams(FLOW, second);
  expect(traces.map(({ name, value, source }) => [name, value, source])).toEqual([
    ['day', 8, 'RESTART'],
    ['next', 1, 'RESTART'],
    ['path', 'x8', 'RESTART'],
    ['island', 'Dream', 'LAUNCH'],
  ]);
  expect(traces.map(({ overridden }) => overridden)).toEqual([
    [
      { source: 'DEFINITION', value: 3 },
      { source: 'LAUNCH', value: 5 },
    ],
    [{ source: 'DEFINITION', value: 6, expression: 'day + 1' }],
    [{ source: 'DEFINITION', value: 'data/5' }],
    [],
  ]);
  expect(traces[2]?.expression).toBe('"x" + day');
});

test('an expression that a start overrode was never evaluated', () => {
  const params = resolve(FLOW, [...GIVEN, { name: 'next', value: 0 }]);
  expect(traceParams(FLOW, params)[1]?.overridden).toEqual([{ source: 'DEFINITION', expression: 'day + 1' }]);
});

test('a default parameter that was given is there, under its mode', () => {
  const params = resolve(FLOW, [...GIVEN, { name: 'TARGET_RUN_HOUR', value: 7 }]);
  expect(traceParams(FLOW, params).at(-1)).toEqual({
    name: 'TARGET_RUN_HOUR',
    type: 'long',
    mode: 'mutable_on_start',
    value: 7,
    source: 'LAUNCH',
    overridden: [],
  });
});
