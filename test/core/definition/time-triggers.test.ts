// Triggers at times in a definition: what is read, and what is refused at which place and with which words.

import { describe, expect, test } from 'vitest';

import { canonicalJson } from '../../../src/core/definition/canonical.ts';
import { type TriggerDefinition } from '../../../src/core/definition/model.ts';
import { cronProblem } from '../../../src/core/trigger/schedule.ts';
import { placesOf, readAll, readOne, refusalsOf } from './text.ts';

const options = { checkCron: cronProblem };

function whole(trigger: string): string {
  return `id: flow\ntriggers:\n  - ${trigger}\nsteps: [{ id: a, noop: true }]`;
}

function triggerOf(trigger: string): TriggerDefinition | undefined {
  return readAll(whole(trigger), options)[0]?.definition.triggers[0];
}

describe('a trigger at times', () => {
  test.each([
    ['every: 15m', { kind: 'every', name: 'every-1', every: 900_000, catchUp: 'latest', params: [] }],
    [
      '{ every: 1h 30m, from: "2026-01-01T06:00:00+01:00", name: often, jitter: 5m }',
      { kind: 'every', name: 'often', every: 5_400_000, from: Date.UTC(2026, 0, 1, 5), jitter: 300_000 },
    ],
    ['{ every: 10s, from: 2026-01-01T06:00Z }', { every: 10_000, from: Date.UTC(2026, 0, 1, 6) }],
    [
      '{ at: 2026-12-24T18:00:00, timezone: Europe/Madrid }',
      { kind: 'at', name: 'at-1', at: '2026-12-24T18:00:00', timezone: 'Europe/Madrid', catchUp: 'latest' },
    ],
    ['at: 2026-12-24 18:00', { at: '2026-12-24T18:00:00', timezone: 'UTC' }],
    ['{ cron: "@daily", catchUp: { within: 6h } }', { catchUp: { within: 21_600_000 } }],
    ['{ cron: "@daily", jitter: 10m, params: {} }', { kind: 'cron', jitter: 600_000 }],
  ])('%s', (text, expected) => {
    expect(triggerOf(text)).toMatchObject(expected);
  });

  test('without the new keys has the canonical text that it always had', () => {
    const trigger = triggerOf('cron: "0 6 * * *"');
    expect(trigger).toEqual({
      kind: 'cron',
      name: 'cron-1',
      cron: '0 6 * * *',
      timezone: 'UTC',
      catchUp: 'latest',
      params: [],
    });
    const text = canonicalJson(readOne(whole('cron: "0 6 * * *"')));
    expect(text).toContain(
      '"triggers":[{"catchUp":"latest","cron":"0 6 * * *","kind":"cron","name":"cron-1","params":[],"timezone":"UTC"}]',
    );
  });

  test('written in other ways that mean the same is the same definition', () => {
    expect(triggerOf('every: 90m')).toEqual(triggerOf('{ every: 1h 30m, catchUp: Latest }'));
    expect(triggerOf('at: 2026-12-24 18:00')).toEqual(triggerOf('at: "2026-12-24T18:00:00"'));
  });
});

describe('what is refused', () => {
  test.each([
    ['every: 9s', '3:12 too-often', '`every` must be at least 10s, and this is 9s.'],
    ['every: often', '3:12 bad-duration', '`every` must be a length of time such as 500ms, 10s, 5m, 6h or 2d'],
    ['{ every: 15m, timezone: UTC }', '3:19 unknown-key', '`timezone` is not a key of a trigger with `every`.'],
    ['{ every: 15m, from: 2026-01-01T06:00:00 }', '3:25 bad-time', '`from` must be an instant'],
    ['{ every: 15m, from: noon }', '3:25 bad-time', 'this is "noon"'],
    ['{ every: 15m, jitter: 20m }', '3:27 bad-duration', '`jitter` must not be longer than `every`'],
    ['at: 2026-12-24', '3:9 bad-time', '"2026-12-24" has no time.'],
    ['at: 2026-02-30T06:00', '3:9 bad-time', 'this is "2026-02-30T06:00".'],
    ['at: 2026-12-24T18:00:00Z', '3:9 bad-time', 'names a zone itself.'],
    ['at: 2026-12-24T25:00:00', '3:9 bad-time', 'must be a date and a time'],
    ['{ at: 2026-12-24T18:00, timezone: Mars }', '3:39 bad-time', '"Mars" is no time zone'],
    ['{ cron: "@daily", catchUp: { within: soon } }', '3:42 bad-duration', '`within` must be a length of time'],
    ['{ cron: "@daily", catchUp: {} }', '3:32 missing-key', '`catchUp` as a map needs `within`.'],
    ['{ cron: "@daily", catchUp: { whithin: 6h } }', '3:34 unknown-key', '`whithin` is not a key of `catchUp`.'],
    ['{ cron: "0 0 30 2 *" }', '3:13 bad-cron', '"0 0 30 2 *" names no time: there is no such date.'],
    [
      '{ cron: "@daily", every: 5m }',
      '3:5 two-kinds',
      'one of cron, every, at, signal, absentFor, expect, all, any, atLeast and sequence, and this has both cron and every.',
    ],
  ])('%s', (text, place, message) => {
    const refusals = refusalsOf(whole(text), options);
    const places = placesOf(whole(text), options);
    expect(places).toContain(place);
    expect(refusals.map((refusal) => refusal.message).join(' ')).toContain(message);
  });

  test.each([
    ['every: 9s', { suggestion: '10s' }],
    ['at: 2026-12-24T18:00:00Z', { suggestion: '2026-12-24T18:00:00' }],
    ['{ every: 15m, from: 2026-01-01 06:00 }', { suggestion: '2026-01-01T06:00:00Z' }],
    ['{ cron: "@daily", catchUp: { whithin: 6h } }', { suggestion: 'within' }],
  ])('%s, with what to write instead', (text, remark) => {
    expect(refusalsOf(whole(text), options)).toMatchObject([{ place: remark }]);
  });
});
