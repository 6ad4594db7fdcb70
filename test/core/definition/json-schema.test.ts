// The published JSON Schema knows the same keys as the reader, and says what each is for.

import { describe, expect, test } from 'vitest';

import { workflowJsonSchema } from '../../../src/core/definition/json-schema.ts';
import { workflowSchema } from '../../../src/core/definition/schema.ts';

type Node = Readonly<Record<string, unknown>>;

/** Every `properties` entry of the schema with its path, but not what stands under names of the user's choice. */
function described(node: unknown, path: string): readonly (readonly [string, Node])[] {
  if (typeof node !== 'object' || node === null) return [];
  const properties = (node as Node)['properties'] ?? {};
  const own = Object.entries(properties as Node).map(([key, value]) => [`${path}.${key}`, value as Node] as const);
  const inside = Object.entries(node).flatMap(([key, value]) =>
    described(value, key === 'properties' ? path : `${path}.${key}`),
  );
  return [...own, ...inside];
}

describe('the JSON Schema of a workflow', () => {
  const schema = workflowJsonSchema() as Node;

  test('describes every key', () => {
    const keys = described(schema, '');
    const bare = keys.filter(([, value]) => value['description'] === undefined).map(([path]) => path);
    expect(keys.length).toBeGreaterThan(40);
    expect(bare).toEqual([]);
  });

  test('allows no other keys, and exactly one kind of work', () => {
    expect(schema['additionalProperties']).toBe(false);
    const step = (schema['definitions'] as Node)['step'] as Node;
    expect(step['additionalProperties']).toBe(false);
    expect(step['oneOf']).toEqual(
      [
        ...['noop', 'sleep', 'wait', 'publish', 'run', 'python', 'node', 'notebook', 'http', 'kubernetes'],
        ...['foreach', 'while', 'workflow', 'uses'],
      ].map((kind) => ({ required: [kind] })),
    );
  });

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });

  test('accepts a definition that the reader accepts, and refuses an unknown key', () => {
    const workflow = {
      id: 'penguins',
      params: { island: 'Biscoe', cutoff: { type: 'long', value: 40 } },
      runStrategy: { parallel: 5 },
      triggers: [
        { cron: '0 6 * * mon-fri', timezone: 'Europe/Madrid', catchUp: 'latest' },
        { signal: 's', where: { rows: '>= 100' }, params: { island: '${signal.island}' } },
      ],
      steps: [
        { id: 'download', run: 'ls', env: { URL: 'x', PORT: 80 }, retry: 3, timeout: '10m', artifacts: ['a.csv'] },
        { id: 'each', needs: { download: 'run.number > 1' }, noop: null, when: true },
        { id: 'announce', needs: 'each', publish: { signal: 'model.ready', params: { n: 1 } } },
        { id: 'wait', needs: ['each'], sleep: 5 },
        {
          id: 'loop',
          foreach: { a: [1, 2], b: 'days' },
          concurrency: 5,
          strictOrdering: true,
          onFailure: 'ignore',
          steps: [{ id: 'again', while: 'i < 3', values: { i: 0 }, steps: [{ id: 'call', workflow: 'other' }] }],
        },
      ],
      finally: [{ id: 'tidy', workflow: { id: 'other', version: 1, params: { p: 1 }, async: true } }],
    };
    expect(workflowSchema.safeParse(workflow).success).toBe(true);
    expect(workflowSchema.safeParse({ ...workflow, need: 'x' }).success).toBe(false);
    const nested = { id: 'loop', foreach: { a: [1] }, steps: [{ id: 'x', run: 'ls', need: 'y' }] };
    expect(workflowSchema.safeParse({ ...workflow, steps: [nested] }).success).toBe(false);
  });
});
