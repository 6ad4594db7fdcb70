// Every document of the command line is valid against the schema.

import { parse, validate } from 'graphql/index.js';
import { describe, expect, it } from 'vitest';
import * as definitionOperations from '../../src/cli/operations/definition-operations.ts';
import * as operations from '../../src/cli/operations/operations.ts';
import * as signalOperations from '../../src/cli/operations/signal-operations.ts';
import * as viewOperations from '../../src/cli/operations/view-operations.ts';
import { schema } from './fake-server.ts';

describe('the documents that the command line sends', () => {
  it.each(Object.entries({ ...operations, ...definitionOperations, ...signalOperations, ...viewOperations }))(
    '%s asks only for what the schema has',
    (_name, { text }) => {
      expect(validate(schema, parse(text)).map((error) => error.message)).toEqual([]);
    },
  );
});
