// GraphQL operations on the real engine with memory adapters, as every transport executes them.

import { readFile } from 'node:fs/promises';
import { execute, type ExecutionResult, subscribe } from 'graphql';
import { createContext } from '../../src/graphql/context.ts';
import { formatError } from '../../src/graphql/errors/format-error.ts';
import { prepareOperation } from '../../src/graphql/limits/prepare-operation.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

/** A result whose data a test may look into. */
export interface Result {
  readonly data: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

/** An engine, and operations on it. */
export interface Operations extends TestEngine {
  /** Executes a query or a mutation. */
  ask(text: string, variables?: Record<string, unknown>): Promise<Result>;
  /** Executes a subscription. */
  watch(text: string, variables?: Record<string, unknown>): AsyncIterableIterator<Result>;
}

/** What lies in a result under a path such as `run.steps.nodes.0`; undefined if nothing does. */
export function at(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((value, key) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[key], data);
}

/** The text under a path. */
export function textAt(data: unknown, path: string): string {
  const text = at(data, path);
  if (typeof text !== 'string') throw new Error(`no text at ${path} of ${JSON.stringify(data)}`);
  return text;
}

/** The list under a path, or of the texts under a path in each of its items. */
export function listAt(data: unknown, path: string): readonly unknown[] {
  const list = at(data, path);
  if (!Array.isArray(list)) throw new Error(`no list at ${path} of ${JSON.stringify(data)}`);
  return list as readonly unknown[];
}

const schemaText = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');

/** A workflow of two steps, the second after the first. */
export const twoSteps = `
id: penguins
name: Which penguin is it?
description: Tells penguins apart.
owner: ada
params:
  island: Biscoe
triggers:
  - signal: measurements.ready
    where: { rows: ">= 100" }
    params: { island: "\${signal.island}" }
  - cron: "0 6 * * mon-fri"
    timezone: Europe/Madrid
steps:
  - id: clean
    run: echo cleaned; echo rows=342 >> "$DOWNBEAT_OUTPUTS"
    outputs: { rows: long }
  - id: train
    needs: clean
    noop: {}
`;

/** A workflow that waits until it is stopped. */
export const sleeper = `
id: sleeper
steps:
  - id: rest
    sleep: 1h
`;

/** Starts an engine. */
export async function startOperations(): Promise<Operations> {
  const test = await createTestEngine();
  const schema = createSchema(schemaText);
  const { logger } = test.outside;
  const surroundings = { engine: test.engine, logger, version: '0.1.0', now: () => Date.now() };
  const prepared = (text: string, variables: Record<string, unknown>) => {
    const operation = prepareOperation({ schema, introspection: true }, { query: text, variables });
    if ('errors' in operation) throw new Error(operation.errors.map((error) => error.message).join('\n'));
    return { ...operation.args, contextValue: createContext(surroundings, 'ada', 'request-1') };
  };
  const shown = ({ data, errors }: ExecutionResult): Result => ({
    data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
    ...(errors === undefined
      ? {}
      : {
          errors: errors.map((error) => formatError(error, { requestId: 'request-1', logger })) as Result['errors'] &
            object,
        }),
  });
  return {
    ...test,
    ask: async (text, variables = {}) => shown(await execute(prepared(text, variables))),
    watch: async function* (text, variables = {}) {
      const results = await subscribe(prepared(text, variables));
      if (!(Symbol.asyncIterator in results)) {
        yield shown(results);
        return;
      }
      for await (const result of results) yield shown(result);
    },
  };
}
