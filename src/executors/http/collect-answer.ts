// What an answer becomes: the outputs of the step. The status, the body as text, and of a JSON object the fields that the step
// declares. A body that is large or no text is kept as an artifact instead.

import { type FileReference, type OutputDeclaration } from '../../core/definition/model.ts';
import { type Failure } from '../../core/failure.ts';
import { type Entry, type Json } from '../../core/json.ts';
import { isJsonArray, isJsonObject } from '../../core/params/infer-type.ts';
import { fromJson, toJson } from '../../core/params/value.ts';
import { failed, success, type Result } from '../../core/result.ts';
import { type HttpExchange } from '../../core/run/http-exchange.ts';
import { type Blobs } from '../../ports/blobs.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { authorFailure, stepFailure } from '../process/failures.ts';
import { type AttemptLimits } from '../process/limits.ts';
import { type Mask } from '../process/mask.ts';
import { type Answer } from './send.ts';

/** The path of the artifact that a body becomes. */
const BODY = 'body';

/** What collecting takes. */
export interface Collecting {
  readonly spec: AttemptSpec;
  readonly work: HttpExchange;
  readonly blobs: Blobs;
  readonly limits: AttemptLimits;
  readonly mask: Mask;
  readonly say: (text: string) => void;
}

/** The outputs and artifacts of a step. */
export interface Collected {
  readonly outputs: readonly Entry[];
  readonly artifacts: readonly FileReference[];
}

/** The body as text without the secrets of the step; undefined if it is no text. */
export function textOfAnswer({ body, headers }: Answer, mask: Mask): string | undefined {
  const charset = /charset="?([\w.-]+)/iu.exec(headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
  try {
    return mask.hide(new TextDecoder(charset, { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** Makes outputs of an answer. Where the core judges it, what is missing is left out: the core says so. */
export async function collectAnswer(collecting: Collecting, answer: Answer): Promise<Result<Collected, Failure>> {
  const { work, spec, mask, limits, say } = collecting;
  const text = textOfAnswer(answer, mask);
  const secret = text === undefined ? mask.find(answer.body.toString('latin1')) : undefined;
  if (secret !== undefined) return exposed(spec.stepId, secret);
  const outputs: Entry[] = [{ name: work.names.status, value: answer.status }];
  const isKept = text !== undefined && Buffer.byteLength(text) <= limits.outputBytes;
  if (isKept) outputs.push({ name: work.names.body, value: text });
  const always = new Set(outputs.map(({ name }) => name).concat(work.names.body));
  const declared = spec.outputs.filter(({ name }) => !always.has(name));
  const fields = fieldsOf(text, declared.length > 0);
  for (const output of declared) {
    const value = fields.ok ? fieldOf(fields.value, output, limits.outputBytes) : fields;
    if (value.ok) outputs.push({ name: output.name, value: value.value });
    else if (!work.isJudgedLater) return notGiven(spec.stepId, output, value.failure);
    else say(`The output "${output.name}" is missing: ${value.failure}.`);
  }
  return success({ outputs, artifacts: isKept ? [] : [await kept(collecting, answer, text)] });
}

async function kept({ blobs, say }: Collecting, { body }: Answer, text: string | undefined): Promise<FileReference> {
  const content = text === undefined ? body : Buffer.from(text);
  say(
    `The body is ${text === undefined ? 'no text' : 'too large for an output'}: it is kept as the artifact "${BODY}".`,
  );
  return { path: BODY, hash: await blobs.put(content), size: content.byteLength };
}

type Fields = ReadonlyMap<string, Json>;

function fieldsOf(text: string | undefined, isWanted: boolean): Result<Fields, string> {
  if (!isWanted) return success(new Map());
  try {
    const json = JSON.parse(text ?? '') as Json;
    if (isJsonObject(json)) return success(new Map(Object.entries(json)));
    return failed('the answer is JSON, and no object');
  } catch {
    return failed('the answer is no JSON object');
  }
}

function fieldOf(fields: Fields, { name, type }: OutputDeclaration, most: number): Result<Json, string> {
  const json = fields.get(name);
  if (json === undefined || json === null) return failed(`the answer has no field "${name}"`);
  const size = Buffer.byteLength(JSON.stringify(json));
  if (size > most) return failed(`it has ${String(size)} bytes, and an output may have ${String(most)}`);
  if (!type.startsWith('double') && isInexact(json)) {
    return failed(
      'it holds a whole number beyond ±2^53, where a JSON number is not exact; the sender has to put it in quotes',
    );
  }
  const value = fromJson(type, json);
  return value.ok ? success(toJson(type, value.value)) : failed(value.failure);
}

function isInexact(json: Json): boolean {
  if (typeof json === 'number') return Number.isInteger(json) && !Number.isSafeInteger(json);
  if (isJsonArray(json)) return json.some(isInexact);
  return isJsonObject(json) && Object.values(json).some(isInexact);
}

function notGiven(stepId: string, { name, type }: OutputDeclaration, why: string): Result<never, Failure> {
  return stepFailure(
    'BAD_OUTPUT',
    `Step "${stepId}" declares the output "${name}" (${type}), and ${why}.`,
    'Such outputs are fields of a JSON object in the answer. `status` and `body` are always there, without being declared.',
  );
}

function exposed(stepId: string, secret: string): Result<never, Failure> {
  return authorFailure(
    'SECRET_EXPOSED',
    `The answer to step "${stepId}" holds the secret "${secret}" in what is no text, so it cannot be kept.`,
    'Ask for an answer that does not repeat the request, or that is text.',
  );
}
