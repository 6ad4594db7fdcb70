// `debounce` and `throttle` as they are written, and everything that can be wrong with them.

import { describe, expect, test } from 'vitest';

import { canonicalJson } from '../../../src/core/definition/canonical.ts';
import { compareDefinitions } from '../../../src/core/definition/compare.ts';
import { outlineOf } from '../../../src/core/definition/drawing.ts';
import { signalTriggerJson } from '../../../src/core/definition/maestro/export/triggers.ts';
import { type Definition } from '../../../src/core/definition/model.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { isFolding } from '../../../src/core/definition/signal-fold.ts';
import { foldText } from '../../../src/core/trigger/describe-fold.ts';
import { keepsPlace } from '../../../src/core/trigger/keeps-place.ts';

const minute = 60_000;

function whole(trigger: string): string {
  return `id: flow\ntriggers:\n  - { ${trigger} }\nsteps: [{ id: a, noop: true }]`;
}

function readOne(text: string): Definition {
  const read = readDefinitions(text);
  if (!read.ok) throw new Error(read.failure.map(({ message }) => message).join('\n'));
  const [first] = read.value;
  if (first === undefined) throw new Error('nothing was read');
  return first.definition;
}

function problems(trigger: string): readonly (readonly [rule: string | undefined, message: string])[] {
  const read = readDefinitions(whole(trigger));
  return read.ok ? [] : read.failure.map((refusal) => [refusal.place?.rule, refusal.message]);
}

describe('what is written', () => {
  test.each([
    ['debounce: 5m', { kind: 'debounce', quiet: 5 * minute, atMost: 50 * minute, by: [] }],
    ['debounce: { quiet: 5m }', { kind: 'debounce', quiet: 5 * minute, atMost: 50 * minute, by: [] }],
    [
      'debounce: { quiet: 5m, atMost: 1h, by: island }',
      { kind: 'debounce', quiet: 5 * minute, atMost: 60 * minute, by: ['island'] },
    ],
    ['throttle: 10m', { kind: 'throttle', every: 10 * minute, by: [] }],
    ['throttle: { every: 10m, by: [island, year] }', { kind: 'throttle', every: 10 * minute, by: ['island', 'year'] }],
  ])('%s', (text, fold) => {
    expect(readOne(whole(`signal: s, ${text}`)).triggers[0]).toMatchObject({ kind: 'signal', name: 'signal-1', fold });
  });

  test('is said in words, and drawn', () => {
    const text = (trigger: string): string => {
      const [first] = readOne(whole(trigger)).triggers;
      return first === undefined || !isFolding(first) ? '' : foldText(first);
    };
    expect(text('signal: s, debounce: { quiet: 5m, by: island }')).toBe(
      'once s has come and then no other for 5m, or 50m after the first, each island by itself',
    );
    expect(text('signal: s, where: { rows: ">= 1" }, throttle: 10m')).toBe(
      'when s with rows >= 1 arrives, once every 10m at most',
    );
    expect(outlineOf(readOne(whole('signal: s, throttle: 10m')))[1]).toBe('  starts on s (throttle 10m)');
  });

  test('what means the same is the same version, and a trigger that does not fold is what it always was', () => {
    const text = (trigger: string): string => canonicalJson(readOne(whole(trigger)));
    expect(text('signal: s, debounce: 5m')).toBe(text('debounce: { quiet: 300s, atMost: 50m }, signal: s'));
    expect(text('signal: s')).not.toContain('fold');
  });

  test('a comparison names what has changed, and whether what waits goes on waiting', () => {
    const before = readOne(whole('signal: s, debounce: { quiet: 5m, by: k }'));
    const changed = (trigger: string): unknown =>
      compareDefinitions(before, readOne(whole(trigger)), { keepsPlace }).filter(
        ({ subject }) => subject === 'trigger',
      );
    expect(changed('signal: s, debounce: { quiet: 6m, by: k }')).toMatchObject([
      { keepsPlace: true, details: ['debounce: 5m → 6m', 'at most: 50m → 1h'] },
    ]);
    expect(changed('signal: s, debounce: 5m')).toMatchObject([{ keepsPlace: false }]);
    expect(changed('signal: s, throttle: { every: 5m, by: k }')).toMatchObject([{ keepsPlace: false }]);
    expect(changed('signal: s')).toMatchObject([{ keepsPlace: false }]);
  });

  test('Maestro has no word for it, so that it is not exported as something else', () => {
    const [trigger] = readOne(whole('signal: s, debounce: 5m')).triggers;
    expect(trigger?.kind === 'signal' && signalTriggerJson(trigger)).toBeUndefined();
  });
});

describe('what is wrong is told with what to write', () => {
  test.each([
    [
      'signal: s, debounce: 5m, throttle: 5m',
      'two-folds',
      'A trigger has `debounce` or `throttle`, and this has both.',
    ],
    ['signal: s, debounce: { by: k }', 'missing-key', '`debounce` needs `quiet` with a length of time.'],
    ['signal: s, throttle: {}', 'missing-key', '`throttle` needs `every` with a length of time.'],
    ['signal: s, throttle: { every: 5m, quiet: 5m }', 'unknown-key', '`quiet` is not a key of `throttle`.'],
    [
      'signal: s, debounce: { quiet: 5m, atMost: 1m }',
      'fold-length',
      '`atMost` is shorter than `quiet`: the run would never wait for quiet.',
    ],
    ['signal: s, debounce: soon', 'bad-duration', '`debounce` must be a length of time such as'],
    ['signal: s, debounce: 0', 'bad-duration', '`debounce` must be longer than nothing.'],
    ['signal: s, debounce: { quiet: 5m, by: "a b" }', 'bad-identifier', ''],
  ])('%s', (trigger, rule, message) => {
    const [first] = problems(trigger);
    expect(first?.[0]).toBe(rule);
    expect(first?.[1]).toContain(message);
  });

  test.each([
    ['cron: "@daily"', 'write rarer times'],
    ['every: 1h', 'write a longer one'],
    ['at: 2026-12-24T18:00:00', 'It starts one run'],
    ['absentFor: 1h, signal: s', 'longer `absentFor`'],
    ['expect: s, by: "0 7 * * *"', 'rarer times'],
    ['all: [{ signal: a }, { signal: b }]', 'publish: together'],
    ['any: [{ signal: a }, { signal: b }]', 'publish: together'],
    ['atLeast: 1, of: [{ signal: a }, { signal: b }]', 'publish: together'],
    ['sequence: [{ signal: a }, { signal: b }]', 'publish: together'],
  ])('%s does not fold', (trigger, hint) => {
    for (const word of ['debounce: 5m', 'throttle: 5m']) {
      const read = readDefinitions(whole(`${trigger}, ${word}`));
      expect(read).toMatchObject({
        ok: false,
        failure: [{ place: { rule: 'fold-place' }, hint: expect.stringContaining(hint) as string }],
      });
    }
  });
});
