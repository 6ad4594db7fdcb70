// The JSON Schema of native definitions, for completion and checks in editors.

import { z } from 'zod';

import { type Json, type JsonObject } from '../json.ts';
import { isJsonObject } from '../params/infer-type.ts';
import { poolSchema } from './pool/pool-schema.ts';
import { WORK_KEYS, templateSchema, workflowSchema } from './schema.ts';

/** The JSON Schema of a workflow, made of the same keys that the reader knows. */
export function workflowJsonSchema(): Json {
  const schema = z.toJSONSchema(workflowSchema, { target: 'draft-7', io: 'input' }) as unknown as JsonObject;
  const definitions = objectAt(schema, 'definitions');
  const step = {
    ...objectAt(definitions, 'step'),
    oneOf: [...WORK_KEYS, 'uses'].map((key) => ({ required: [key] })),
    allOf: TOGETHER,
  };
  return { title: 'Downbeat workflow', ...schema, definitions: { ...definitions, step } };
}

/** The JSON Schema of every document that a definition file may hold, by its `kind`. */
export function documentJsonSchema(): Json {
  const { definitions, $schema, ...workflow } = workflowJsonSchema() as JsonObject;
  return {
    ...($schema === undefined ? {} : { $schema }),
    title: 'Downbeat definition',
    ...byKind(
      [
        ['template', { title: 'Downbeat template', ...schemaOf(templateSchema) }],
        ['pool', { title: 'Downbeat pool', ...schemaOf(poolSchema) }],
        // Contracts of signals and tests have readers of their own, which say what is wrong with them.
        ['signal', {}],
        ['test', {}],
      ],
      workflow,
    ),
    ...(definitions === undefined ? {} : { definitions }),
  };
}

function schemaOf(schema: z.ZodType): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as unknown as JsonObject;
  return rest;
}

function byKind(kinds: readonly (readonly [string, JsonObject])[], otherwise: JsonObject): JsonObject {
  return kinds.reduceRight<JsonObject>((rest, [kind, then]) => ({ if: isKind(kind), then, else: rest }), otherwise);
}

function isKind(kind: string): Json {
  return { type: 'object', required: ['kind'], properties: { kind: { const: kind } } };
}

/** What goes together in a step, which the shape alone cannot say, as it cannot say that there is one kind of work. */
const TOGETHER: Json = [
  { if: { anyOf: [{ required: ['foreach'] }, { required: ['while'] }] }, then: { required: ['steps'] } },
];

function objectAt(json: JsonObject, key: string): JsonObject {
  const member = json[key];
  return member !== undefined && isJsonObject(member) ? member : {};
}
