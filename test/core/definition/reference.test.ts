// The reference of definitions names every key that there is, in the words of the schema. After a change of the schema,
// `npx vitest run --project unit test/core/definition/reference.test.ts -u` writes the tables anew.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentJsonSchema, workflowJsonSchema } from '../../../src/core/definition/json-schema.ts';

interface Shape {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly definitions?: Readonly<Record<string, Shape>>;
  readonly then?: Shape;
}

const page = join(import.meta.dirname, '../../../docs/definitions.md');
const workflow = workflowJsonSchema() as Shape;
const shapes: Readonly<Record<string, readonly Shape[]>> = {
  workflow: [workflow],
  step: [workflow.definitions?.['step'] ?? {}],
  triggers: workflow.properties?.['triggers']?.items?.anyOf ?? [],
  template: [(documentJsonSchema() as Shape).then ?? {}],
};

function tableOf(name: string): string {
  const keys = new Map<string, string>();
  for (const shape of shapes[name] ?? []) {
    for (const [key, { description }] of Object.entries(shape.properties ?? {})) {
      if (!keys.has(key)) keys.set(key, description ?? '');
    }
  }
  const rows = [...keys].map(([key, text]) => `| \`${key}\` | ${text.replaceAll('|', '\\|')} |`);
  return ['| key | what it is |', '|---|---|', ...rows].join('\n');
}

test('the reference has a line for every key of the schema', async () => {
  const text = readFileSync(page, 'utf8');
  const whole = text.replace(
    /(<!-{2} keys of (\w+) -{2}>\n)[\s\S]*?(<!-{2} end of keys -{2}>)/gu,
    (_, head: string, name: string, end: string) => `${head}\n${tableOf(name)}\n\n${end}`,
  );
  await expect(whole).toMatchFileSnapshot(page);
});

test.each(Object.keys(shapes))('every key of %s is described in the schema', (name) => {
  expect(tableOf(name)).not.toMatch(/\| +\|$/mu);
});
