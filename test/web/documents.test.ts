// Every document that the page sends is one that the schema answers.

import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as documents from '../../web/src/api/documents.ts';
import * as signalDocuments from '../../web/src/api/signal-documents.ts';
import { AGGREGATED, FLATTENED, FLATTENED_SUMMARY, NESTED_STEPS } from '../../web/src/api/view-documents.ts';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

describe('a document of the page', () => {
  it.each(Object.entries({ ...documents, ...signalDocuments, AGGREGATED, FLATTENED, FLATTENED_SUMMARY, NESTED_STEPS }))(
    '%s fits the schema',
    (_name, { text }) => {
      expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
    },
  );
});
