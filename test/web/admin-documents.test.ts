// The documents for looking after many runs and workflows are ones that the schema answers; addresses of their pages.

import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as documents from '../../web/src/api/admin-documents.ts';
import { type RunLine } from '../../web/src/api/shapes.ts';
import { isIn } from '../../web/src/model/run-list.ts';
import { addressOf, routeOf } from '../../web/src/routing/route.ts';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

describe('a document of the page', () => {
  it.each(Object.entries(documents))('%s fits the schema', (_name, { text }) => {
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    '/?workflow=penguins&status=FAILED%2CTIMED_OUT&since=7d&text=red',
    '/compare?a=penguins%2F1&b=penguins%2F2',
  ])('%s leads back to itself', (address) => {
    expect(addressOf(routeOf(address))).toBe(address);
  });
});

describe('a run that changed while its list is looked at', () => {
  const run = {
    workflowId: 'penguins',
    createdAt: '2026-11-22T06:00:00Z',
    status: 'RUNNING',
    cause: { text: 'ada started it' },
  };
  const line = run as unknown as RunLine;

  it('joins it if it is of that time and mentions the text', () => {
    expect(isIn(line, { created: { from: '2026-11-22T05:00:00Z' } }, false)).toBe(true);
    expect(isIn(line, { created: { from: '2026-11-22T07:00:00Z' } }, false)).toBe(false);
    expect(isIn(line, { text: 'ADA' }, false)).toBe(true);
    expect(isIn(line, { text: 'red' }, false)).toBe(false);
  });

  it('stays in it where the server found the text in what the page does not have', () => {
    expect(isIn(line, { text: 'red' }, true)).toBe(true);
    expect(isIn(line, { text: 'red', status: ['FAILED'] }, true)).toBe(false);
  });
});
