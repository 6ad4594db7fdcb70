// What the page says: lengths and points of time, statuses, values, and lines of a log.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { countText, sizeText } from '../../web/src/words/count-words.ts';
import { durationText, lengthBetween } from '../../web/src/words/duration.ts';
import { logText } from '../../web/src/words/log-text.ts';
import { clockText, momentText, untilText } from '../../web/src/words/moment.ts';
import { listText, runWords, stepWords, waitingText } from '../../web/src/words/status-words.ts';
import { traceText } from '../../web/src/words/trace-text.ts';
import { fieldText, typedValue, valueText } from '../../web/src/words/value-text.ts';

describe('a length of time', () => {
  it.each([
    [-5, '<0.1 s'],
    [99, '<0.1 s'],
    [449, '0.4 s'],
    [9_999, '9.9 s'],
    [12_300, '12 s'],
    [184_000, '3 min 04 s'],
    [7_800_000, '2 h 10 min'],
    [442_800_000, '5 d 3 h'],
  ])('of %d ms is %s', (length, text) => {
    expect(durationText(length)).toBe(text);
  });

  it('is counted up to now while it has not ended, and is not there before it has begun', () => {
    const start = '2026-11-22T06:00:00.000Z';
    expect(lengthBetween(start, null, Date.parse(start) + 1_500)).toBe(1_500);
    expect(lengthBetween(start, '2026-11-22T06:00:01.000Z', 0)).toBe(1_000);
    expect(lengthBetween(null, null, 5)).toBeUndefined();
  });
});

describe('a point in time', () => {
  const now = Date.parse('2026-11-22T14:30:00.000Z');
  const said = (at: string): string => momentText(at, now, 'UTC');

  it.each([
    ['2026-11-22T14:29:45.000Z', 'just now'],
    ['2026-11-22T14:18:00.000Z', '12 min ago'],
    ['2026-11-22T06:02:00.000Z', '06:02'],
    ['2026-11-21T23:59:00.000Z', 'yesterday 23:59'],
    ['2026-11-23T06:00:00.000Z', 'tomorrow 06:00'],
    ['2026-11-03T14:02:00.000Z', '3 Nov 14:02'],
    ['2025-11-03T14:02:00.000Z', '3 Nov 2025 14:02'],
  ])('%s is %s', (at, text) => {
    expect(said(at)).toBe(text);
  });

  it('that is to come says how long from now', () => {
    expect(untilText('2026-11-22T16:40:00.000Z', now)).toBe('in 2 h 10 min');
    expect(untilText('2026-11-22T14:29:00.000Z', now)).toBe('now');
  });

  it('of a log has milliseconds', () => {
    expect(clockText('2026-11-22T14:02:11.042Z', 'UTC')).toBe('14:02:11.042');
  });
});

describe('a status', () => {
  it('is said in plain words, with the word of the API beside it', () => {
    expect(runWords('QUEUED')).toEqual({ phase: 'QUEUED', text: 'Waiting its turn', status: 'QUEUED' });
    expect(stepWords('UNSATISFIED')).toEqual({ phase: 'SKIPPED', text: 'Left out', status: 'UNSATISFIED' });
  });

  it('of a failure that was ignored is not taken for success', () => {
    expect(stepWords('COMPLETED_WITH_ERROR', 'SUCCEEDED')).toMatchObject({ phase: 'IGNORED', text: 'Failed, ignored' });
    expect(runWords('PAUSED')).toMatchObject({ phase: 'PAUSED', text: 'Paused' });
  });

  it('that is newer than the page is shown by its phase and its own name', () => {
    expect(stepWords('WAITING_FOR_APPROVAL', 'WAITING')).toMatchObject({
      phase: 'WAITING',
      text: 'Waiting for approval',
    });
    expect(stepWords('DANCING', 'NO_PHASE')).toMatchObject({ phase: 'WAITING', text: 'Dancing' });
  });

  it('of a waiting step names what it waits for', () => {
    const unfinished = new Set(['clean', 'plot']);
    expect(waitingText(['clean'], unfinished)).toBe('Waiting for clean to finish');
    expect(waitingText(['check', 'clean', 'plot'], unfinished)).toBe('Waiting for clean and plot to finish');
    expect(waitingText(['check'], unfinished)).toBeUndefined();
    expect(waitingText(['a', 'b', 'c', 'd'], new Set(['a', 'b', 'c', 'd']))).toBe('Waiting for 4 steps to finish');
    expect(listText(['a', 'b', 'c'])).toBe('a, b and c');
  });
});

describe('a form field', () => {
  it.each([
    ['344', 'long', 344],
    ['0.9', 'double', 0.9],
    ['true', 'boolean', true],
    ['["a"]', 'string_array', ['a']],
    ['{"a": 1}', 'map', { a: 1 }],
    ['', 'string', ''],
    ['344', 'string', '344'],
  ])('with %s is read as %s', (text, type, value) => {
    expect(typedValue(text, type)).toEqual({ kind: 'value', value });
  });

  it.each([
    ['1.5', 'long'],
    ['many', 'double'],
    ['yes', 'boolean'],
    ['a, b', 'string_array'],
    ['[]', 'map'],
    ['99999999999999999999', 'long'],
  ])('with %s is no %s, and says what would be one', (text, type) => {
    expect(typedValue(text, type)).toMatchObject({ kind: 'wrong', message: expect.stringContaining(text) as string });
  });

  it('that is left empty says nothing, except as text', () => {
    expect(typedValue(' ', 'long')).toEqual({ kind: 'empty' });
  });

  it('gives back every value that it was filled with', () => {
    const values = fc.oneof(
      fc.record({ type: fc.constant('string'), value: fc.string() }),
      fc.record({ type: fc.constant('long'), value: fc.integer() }),
      fc.record({ type: fc.constant('string_array'), value: fc.array(fc.string()) }),
    );
    fc.assert(
      fc.property(values, ({ type, value }) => {
        expect(typedValue(fieldText(value), type)).toEqual({ kind: 'value', value });
      }),
    );
  });
});

describe('where a parameter came from', () => {
  const layer = (source: string, value: unknown, expression: string | null = null) => ({ source, value, expression });

  it('is said, with what was replaced, the newest first', () => {
    expect(traceText({ source: 'DEFINITION', overridden: [] })).toBe('From the definition');
    expect(traceText({ source: 'LAUNCH', overridden: [layer('DEFINITION', 40)] })).toBe(
      'Set at the start, over 40 from the definition',
    );
    expect(
      traceText({ source: 'RESTART', overridden: [layer('DEFINITION', null, 'cutoff * 2'), layer('LAUNCH', 'all')] }),
    ).toBe('Set when it was run again, over all set at the start, over cutoff * 2 from the definition');
  });

  it('is said by its own name where the page does not know it', () => {
    expect(traceText({ source: 'TEMPLATE', overridden: [] })).toBe('template');
  });
});

describe('small words', () => {
  it('count things', () => {
    expect([0, 1, 1_234].map((count) => countText(count, 'run'))).toEqual(['no runs', '1 run', '1,234 runs']);
  });

  it('say sizes', () => {
    expect([812, 12_650, 1_300_000, 250_000_000, 4_000_000_000].map(sizeText)).toEqual([
      '812 B',
      '12.7 KB',
      '1.3 MB',
      '250 MB',
      '4.0 GB',
    ]);
  });

  it('show values', () => {
    expect(['all', '', 3, ['a'], undefined].map(valueText)).toEqual(['all', '(empty)', '3', '["a"]', '(none)']);
  });

  it('show a line of a log as a terminal would, without its colours', () => {
    expect(logText('\u001B[33mwarning\u001B[0m: two rows')).toBe('warning: two rows');
    expect(logText('10 %\r50 %\r100 %')).toBe('100 %');
    expect(logText('done\r')).toBe('done');
    expect(logText('\u001B]0;title\u0007text')).toBe('text');
  });
});
