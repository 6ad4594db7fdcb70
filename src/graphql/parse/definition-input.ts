// A definition with its files, as a caller sends them.

import { type Json } from '../../core/json.ts';
import { type Refusal } from '../../core/refusal.ts';
import { failed, success } from '../../core/result.ts';
import { type DefinitionInput } from '../../engine/definition-input.ts';
import {
  type ApplyTemplateInput,
  type ApplyWorkflowInput,
  type FileInput,
  type WhatIfInput,
} from '../generated/schema.ts';
import { all, both, type Read } from './both.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Reads the definition, which is given as a text or as JSON, and its files. */
export function parseDefinitionInput(
  input: ApplyWorkflowInput | ApplyTemplateInput | WhatIfInput,
): Read<DefinitionInput> {
  const files = 'files' in input ? (input.files ?? []) : [];
  const read = both(parseSource(input), all(files.map(parseFile)));
  return read.ok ? success({ source: read.value[0], files: read.value[1] }) : read;
}

function parseSource(input: ApplyWorkflowInput | ApplyTemplateInput | WhatIfInput): Read<string> {
  const text = input.source ?? undefined;
  const definition = 'definition' in input ? input.definition : undefined;
  const json: Json | undefined = definition ?? undefined;
  if (text !== undefined && json === undefined) return success(text);
  if (text === undefined && json !== undefined) return success(JSON.stringify(json, undefined, 2));
  return bad(['source'], 'Exactly one of source and definition must be given.');
}

function parseFile(file: FileInput, index: number): Read<DefinitionInput['files'][number]> {
  const path = ['files', String(index)];
  const { text, base64 } = file;
  if (typeof text === 'string' && typeof base64 !== 'string') {
    return success({ path: file.path, content: new TextEncoder().encode(text) });
  }
  if (typeof base64 === 'string' && typeof text !== 'string') {
    if (!BASE64.test(base64)) return bad([...path, 'base64'], `The content of ${file.path} is not base64.`);
    return success({ path: file.path, content: Uint8Array.from(Buffer.from(base64, 'base64')) });
  }
  return bad(path, `The file ${file.path} must have exactly one of text and base64.`);
}

function bad(path: readonly string[], message: string): Read<never> {
  const refusal: Refusal = { code: 'BAD_INPUT', message, path };
  return failed([refusal]);
}
