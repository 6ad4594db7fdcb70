// Requests of imported definitions (maestro-behaviour §2.7): the step's own parameter `http`, a MAP that was worked out when the
// step began.

import { HTTP_METHODS } from '../definition/http-work.ts';
import { type Failure } from '../failure.ts';
import { type Entry, type Json } from '../json.ts';
import { isJsonObject } from '../params/infer-type.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type Result, failed, success } from '../result.ts';
import { type EnvironmentText } from './environment-text.ts';

/** What is sent. */
export interface FilledRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Entry<EnvironmentText>[];
  /** As it is. */
  readonly body?: string;
}

/** The parameter that holds the request. */
const PARAM = 'http';
const JSON_HEADERS: Readonly<Record<string, Json>> = { 'content-type': 'application/json', accept: 'application/json' };

/** Reads the request out of the parameters of the step. */
export function importedRequest(params: readonly ResolvedParam[], id: string): Result<FilledRequest, Failure> {
  const request = params.find(({ name }) => name === PARAM)?.value;
  if (request === undefined || !isJsonObject(request)) return wrong(id, 'there is no MAP `http`');
  const { url, method = 'GET', headers = JSON_HEADERS, body = null } = request as Readonly<Record<string, Json>>;
  if (typeof url !== 'string' || url === '') return wrong(id, '`http.url` is no text');
  const word = methodOf(method);
  if (word === undefined) {
    return wrong(id, `\`http.method\` is ${JSON.stringify(method)}, and it is one of ${HTTP_METHODS.join(', ')}`);
  }
  if (!isJsonObject(headers)) return wrong(id, '`http.headers` is no map of texts');
  return success({
    method: word,
    url,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value: textOf(value) })),
    ...(body === null ? {} : { body: textOf(body) }),
  });
}

function methodOf(json: Json): string | undefined {
  const word = typeof json === 'string' ? json.toUpperCase() : '';
  return HTTP_METHODS.find((known) => known === word);
}

function textOf(json: Json): string {
  return typeof json === 'string' ? json : JSON.stringify(json);
}

function wrong(id: string, why: string): Result<never, Failure> {
  return failed({
    kind: 'USER',
    code: 'STEP_PARAMS',
    message: `Step "${id}" cannot send its request: ${why}.`,
    hint: 'Correct the step and apply the workflow again, then start a new run: a restart keeps the version.',
    retryable: false,
  });
}
