// The JSON Schema of native definitions, for completion and checks in editors.

import { z } from 'zod';

import { type Json, type JsonObject } from '../json.ts';
import { isJsonObject } from '../params/infer-type.ts';
import { WORK_KEYS, workflowSchema } from './schema.ts';

/** The JSON Schema of a workflow, made of the same keys that the reader knows. */
export function workflowJsonSchema(): Json {
  const schema = z.toJSONSchema(workflowSchema, { target: 'draft-7', io: 'input' }) as unknown as JsonObject;
  const definitions = objectAt(schema, 'definitions');
  const step = {
    ...objectAt(definitions, 'step'),
    oneOf: WORK_KEYS.map((key) => ({ required: [key] })),
    allOf: TOGETHER,
  };
  return { title: 'Downbeat workflow', ...schema, definitions: { ...definitions, step } };
}

/** What goes together in a step, which the shape alone cannot say, as it cannot say that there is one kind of work. */
const TOGETHER: Json = [
  { if: { anyOf: [{ required: ['foreach'] }, { required: ['while'] }] }, then: { required: ['steps'] } },
];

function objectAt(json: JsonObject, key: string): JsonObject {
  const member = json[key];
  return member !== undefined && isJsonObject(member) ? member : {};
}
