// The JSON Schema of native definitions, for completion and checks in editors.

import { z } from 'zod';

import { type Json, type JsonObject } from '../json.ts';
import { isJsonObject } from '../params/infer-type.ts';
import { WORK_KEYS, workflowSchema } from './schema.ts';

/** The JSON Schema of a workflow, made of the same keys that the reader knows. */
export function workflowJsonSchema(): Json {
  const schema = z.toJSONSchema(workflowSchema, { target: 'draft-7', io: 'input' }) as unknown as JsonObject;
  return { title: 'Downbeat workflow', ...schema, properties: withOneKind(objectAt(schema, 'properties')) };
}

/** A step has exactly one kind of work, which the shape alone cannot say. */
function withOneKind(properties: JsonObject): JsonObject {
  const steps = objectAt(properties, 'steps');
  const oneOf = WORK_KEYS.map((key) => ({ required: [key] }));
  return { ...properties, steps: { ...steps, items: { ...objectAt(steps, 'items'), oneOf } } };
}

function objectAt(json: JsonObject, key: string): JsonObject {
  const member = json[key];
  return member !== undefined && isJsonObject(member) ? member : {};
}
