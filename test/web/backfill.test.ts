// What the page says about backfills, and asks: every document is one that the schema answers.

import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as documents from '../../web/src/api/backfill-documents.ts';
import { addressOf, addressOfId, routeOf } from '../../web/src/routing/route.ts';
import { backfillBar, keyText, progressText, verdictText } from '../../web/src/words/backfill-words.ts';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

describe('a document about backfills', () => {
  it.each(Object.entries(documents))('%s fits the schema', (_name, { text }) => {
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });
});

describe('the address of a backfill', () => {
  it('is below its workflow, both ways', () => {
    const route = { page: 'backfill', workflow: 'penguins', number: '3' } as const;
    expect(addressOf(route)).toBe('/workflows/penguins/backfills/3');
    expect(routeOf('/workflows/penguins/backfills/3')).toEqual(route);
    expect(addressOfId('backfill:penguins/3')).toBe('/workflows/penguins/backfills/3');
    expect(routeOf('/workflows/penguins/backfills/x').page).toBe('unknown');
  });
});

describe('the words for a backfill', () => {
  const counts = [
    { status: 'WAITING', count: 17 },
    { status: 'RUNNING', count: 0 },
    { status: 'SUCCEEDED', count: 12 },
    { status: 'FAILED', count: 1 },
    { status: 'TIMED_OUT', count: 1 },
  ];

  it('say how far it is', () => {
    expect(progressText({ counts })).toBe('17 to come, 12 succeeded, 1 failed, 1 took too long');
    expect(progressText({ counts: [] })).toBe('No run to start');
  });

  it('and so does its bar', () => {
    expect(backfillBar({ counts })).toEqual([
      { phase: 'SUCCEEDED', count: 12 },
      { phase: 'FAILED', count: 2 },
      { phase: 'WAITING', count: 17 },
    ]);
  });

  it('say what a plan comes to, and what a line stands for', () => {
    expect(
      verdictText({
        verdicts: [
          { verdict: 'NEW', count: 5 },
          { verdict: 'SKIP', count: 2 },
        ],
      }),
    ).toBe('5 new, 2 left out: done already');
    expect(keyText({ scheduledFor: '2026-11-01T06:00:00.000Z', params: null })).toBe('2026-11-01 06:00 UTC');
    expect(keyText({ scheduledFor: null, params: { island: 'Dream', year: 2007 } })).toBe(
      'island = Dream, year = 2007',
    );
  });
});
