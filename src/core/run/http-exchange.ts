// A request of a step as an executor is handed it: everything is filled in but the secrets of its headers.

import { secretNamed } from '../definition/secret.ts';
import { type HttpRequest, type HttpWork } from '../definition/http-work.ts';
import { type ExpressionFault } from '../expression/fault.ts';
import { parseTemplate, renderParts, renderValue } from '../expression/template.ts';
import { type Failure } from '../failure.ts';
import { attemptId } from '../ids.ts';
import { type Entry, type Json } from '../json.ts';
import { bareJson } from '../params/bare.ts';
import { isJsonArray, isJsonObject } from '../params/infer-type.ts';
import { type Result, failed, success } from '../result.ts';
import { type Milliseconds } from '../time.ts';
import { type EnvironmentText } from './environment-text.ts';
import { renderEnvironment } from './evaluation.ts';
import { type FilledRequest, importedRequest } from './imported-request.ts';
import { type Level, follow, scopeOf } from './scope.ts';
import { type AttemptState } from './state.ts';

/** A request, and under which names its answer is given. */
export interface HttpExchange extends FilledRequest {
  readonly kind: 'http';
  /** The same for every attempt that may be one and the same request to whoever receives it. */
  readonly key: string;
  /** The outputs that the status and the body become. */
  readonly names: { readonly status: string; readonly body: string };
  /** Whether the core judges the answer, whatever its status. */
  readonly isJudgedLater: boolean;
  /** How long the answer may take. Absent: the timeout of the step ends it. */
  readonly patience?: Milliseconds;
}

/** How long an answer may take of a step that says nothing about it. */
const PATIENCE: Milliseconds = 30_000;

/** Fills in the request of the newest attempt of a step. */
export function httpExchange(
  level: Level,
  { index, id, work }: { readonly index: number; readonly id: string; readonly work: HttpWork },
): Result<HttpExchange, Failure> {
  const state = level.run.steps[index];
  const request =
    work.request === undefined ? importedRequest(state?.params ?? [], id) : filled(level, work.request, id);
  if (!request.ok) return request;
  const isImported = work.request === undefined;
  const first = firstOfSame(state?.attempts ?? []);
  return success({
    kind: 'http',
    ...request.value,
    key: attemptId(level.run, id, first),
    names: isImported ? { status: 'status_code', body: 'response_body' } : { status: 'status', body: 'body' },
    isJudgedLater: isImported || work.expect !== undefined,
    ...(state?.wakeAt === undefined ? { patience: PATIENCE } : {}),
  });
}

/** Failures after which nobody knows whether the request has arrived: a further attempt is the same request again. */
const UNANSWERED: ReadonlySet<string> = new Set(['HTTP_NO_ANSWER', 'STEP_TIMEOUT', 'HOST_STOPPED', 'EXECUTOR_FAILED']);

/** The number of the first attempt that sent what the newest sends again. */
function firstOfSame(attempts: readonly AttemptState[]): number {
  const before = attempts.slice(0, -1);
  const answered = before.findLast(({ failure }) => failure !== undefined && !UNANSWERED.has(failure.code));
  return (answered?.number ?? (attempts[0]?.number ?? 1) - 1) + 1;
}

function filled(level: Level, request: HttpRequest, id: string): Result<FilledRequest, Failure> {
  const url = filledUrl(level, request.url);
  if (!url.ok) return notFilled(id, 'address', url.failure);
  const headers: Entry<EnvironmentText>[] = [];
  for (const { name, value } of request.headers) {
    const text = renderEnvironment(level, value);
    if (!text.ok) return notFilled(id, `header ${name}`, text.failure);
    headers.push({ name, value: text.value });
  }
  const { body, method } = request;
  if (body === undefined) return success({ method, url: url.value, headers });
  const content = filledJson(level, body);
  if (!content.ok) return notFilled(id, 'body', content.failure);
  const { text, isJson } = written(content.value, typeof body === 'string');
  const hasType = headers.some(({ name }) => name.toLowerCase() === 'content-type');
  const type = isJson && !hasType ? [{ name: 'content-type', value: 'application/json' }] : [];
  return success({ method, url: url.value, headers: [...headers, ...type], body: text });
}

/** A text is sent as it is, also where it stands for one that is filled in whole; all else as JSON. */
function written(content: Json, isText: boolean): { readonly text: string; readonly isJson: boolean } {
  if (isText && typeof content === 'string') return { text: content, isJson: false };
  return { text: JSON.stringify(content), isJson: true };
}

/** Behind the host, a value is one part of the path or one value of the query, whatever it holds. */
function filledUrl(level: Level, source: string): Result<string, ExpressionFault> {
  const template = parseTemplate(source);
  if (!template.ok) return template;
  const scope = scopeOf(
    level,
    template.value.names.map(({ path }) => path),
  );
  const parts = renderParts<never>(
    template.value,
    (path) => (secretNamed(path) === undefined ? follow(scope, path) : undefined),
    () => undefined,
  );
  if (!parts.ok) return parts;
  let url = '';
  for (const [index, part] of parts.value.entries()) {
    const isFixed = typeof template.value.segments[index] === 'string';
    url += isFixed || !BEHIND_HOST.test(url) ? part : encoded(part);
  }
  return success(url);
}

const BEHIND_HOST = /^https?:\/\/[^/?#]+[/?#]/iu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

function encoded(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, '\uFFFD'));
}

/** A value with the `${name}` of all its texts filled in; a text that is one `${name}` keeps the type of what it names. */
function filledJson(level: Level, json: Json): Result<Json, ExpressionFault> {
  if (typeof json === 'string') return filledText(level, json);
  if (isJsonArray(json)) {
    const items: Json[] = [];
    for (const item of json) {
      const one = filledJson(level, item);
      if (!one.ok) return one;
      items.push(one.value);
    }
    return success(items);
  }
  if (!isJsonObject(json)) return success(json);
  const members: [string, Json][] = [];
  for (const [key, member] of Object.entries(json)) {
    const one = filledJson(level, member);
    if (!one.ok) return one;
    members.push([key, one.value]);
  }
  return success(Object.fromEntries(members));
}

function filledText(level: Level, source: string): Result<Json, ExpressionFault> {
  const template = parseTemplate(source);
  if (!template.ok) return template;
  const scope = scopeOf(
    level,
    template.value.names.map(({ path }) => path),
  );
  const value = renderValue(template.value, (path) => follow(scope, path));
  return value.ok ? success(bareJson(value.value)) : value;
}

function notFilled(id: string, what: string, fault: ExpressionFault): Result<never, Failure> {
  return failed({
    kind: 'USER',
    code: fault.code,
    message: `The ${what} of the request of step "${id}" could not be made: ${fault.message}`,
    hint: 'Check that what it mentions was given by a step before it.',
    retryable: false,
  });
}
