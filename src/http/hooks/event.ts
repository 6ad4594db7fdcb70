// What a delivery says: the signal's name, its parameters, and what keeps the same delivery from counting twice.
// CloudEvents are understood in both modes: `type` names the signal, `source` and `id` are the key, `time` is when it happened.

import { type Hook } from '../../core/hook.ts';
import { type Json, type JsonObject } from '../../core/json.ts';
import { type Result, failed, success } from '../../core/result.ts';
import { type Delivered, type Headers, headerOf } from './signature.ts';

/** A delivery, read. */
export interface HookEvent {
  /** The signal that it means; undefined if the hook does not name one for events of this type. */
  readonly name: string | undefined;
  /** The event's type, if it has one. */
  readonly type: string | undefined;
  readonly params: Json;
  readonly payload?: Json;
  readonly occurredAt?: number;
  readonly key: string;
}

/** Why a delivery cannot be read: an HTTP status, and a sentence with what to do. */
export interface HookFault {
  readonly status: 400 | 415;
  readonly message: string;
  readonly hint: string;
}

interface Facts {
  readonly type: string | undefined;
  readonly key: string | undefined;
  readonly data: Json;
  readonly occurredAt?: number;
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/iu;
const STRUCTURED = /^application\/cloudevents\+json\b/iu;
const BATCH = /^application\/cloudevents-batch\+json\b/iu;

/** Reads a delivery whose signature was right. */
export function readEvent(hook: Hook, delivered: Delivered): Result<HookEvent, HookFault> {
  const media = headerOf(delivered.headers, 'content-type') ?? '';
  if (BATCH.test(media) || !JSON_TYPE.test(media)) return failed(wrongMedia(media));
  const body = parsed(delivered.body);
  if (body === undefined) return failed({ status: 400, message: 'The body is not JSON.', hint: 'Send JSON in UTF-8.' });
  const facts = factsOf(hook, delivered.headers, body, STRUCTURED.test(media));
  if (!facts.ok) return facts;
  return eventOf(hook, facts.value);
}

function eventOf(hook: Hook, { type, key, data, occurredAt }: Facts): Result<HookEvent, HookFault> {
  if (key === undefined) return failed(noKey(hook));
  const name = nameOf(hook, type);
  if (name === undefined && hook.signal === undefined) return failed(noType(hook));
  const params = hook.params === undefined ? data : picked(hook.params, data);
  if (!isObject(params)) return failed(noObject(hook));
  return success({
    name,
    type,
    key,
    params,
    ...(hook.params === undefined ? {} : { payload: data }),
    ...(occurredAt === undefined ? {} : { occurredAt }),
  });
}

function factsOf(hook: Hook, headers: Headers, body: Json, isStructured: boolean): Result<Facts, HookFault> {
  if (isStructured)
    return isObject(body) ? cloudEvent(body, body['data'] ?? {}) : failed(badCloudEvent('is no object'));
  if (headers['ce-specversion'] !== undefined) {
    const attributes = ['specversion', 'id', 'source', 'type', 'time'].flatMap((name) => {
      const value = headerOf(headers, `ce-${name}`);
      return value === undefined ? [] : [[name, percentDecoded(value)] as const];
    });
    return cloudEvent(Object.fromEntries(attributes), body);
  }
  switch (hook.scheme) {
    case 'github':
      return success({
        type: headerOf(headers, 'x-github-event') ?? headerOf(headers, 'x-gitea-event'),
        key: headerOf(headers, 'x-github-delivery') ?? headerOf(headers, 'x-gitea-delivery'),
        data: body,
      });
    case 'stripe':
      return success({ type: textIn(body, 'type'), key: textIn(body, 'id'), data: body });
    case 'standard':
      return success({ type: textIn(body, 'type'), key: headerOf(headers, 'webhook-id'), data: body });
  }
}

function cloudEvent(attributes: JsonObject, data: Json): Result<Facts, HookFault> {
  const { specversion, id, source, type, time } = attributes;
  if (specversion !== '1.0') return failed(badCloudEvent('has not the specversion "1.0"'));
  if (!isText(id)) return failed(badCloudEvent('has no "id"'));
  if (!isText(source)) return failed(badCloudEvent('has no "source"'));
  if (!isText(type)) return failed(badCloudEvent('has no "type"'));
  const occurredAt = time === undefined ? undefined : isText(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(occurredAt)) return failed(badCloudEvent('has a "time" that is none'));
  return success({ type, key: `${source} ${id}`, data, ...(occurredAt === undefined ? {} : { occurredAt }) });
}

function nameOf({ signal }: Hook, type: string | undefined): string | undefined {
  if (signal === undefined) return type;
  return typeof signal === 'string' ? signal : signal.find((named) => named.type === type)?.name;
}

/** Parameters by their paths; what is not there is left out, so that a contract can say that it is missing. */
function picked(paths: NonNullable<Hook['params']>, data: Json): Json {
  return Object.fromEntries(
    paths.flatMap(({ name, path }) => {
      let value: Json | undefined = data;
      for (const segment of path)
        value = value !== undefined && isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function parsed(body: Buffer): Json | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json;
  } catch {
    return undefined;
  }
}

/** CloudEvents escape what is not ASCII in headers. */
function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function textIn(body: Json, name: string): string | undefined {
  const value = isObject(body) && Object.hasOwn(body, name) ? body[name] : undefined;
  return isText(value) ? value : undefined;
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongMedia(media: string): HookFault {
  return {
    status: 415,
    message: `The body must be JSON, and this is ${media === '' ? 'of no type' : JSON.stringify(media.slice(0, 100))}.`,
    hint: 'Let the sender use the content type application/json, or application/cloudevents+json for one event.',
  };
}

function badCloudEvent(why: string): HookFault {
  return { status: 400, message: `The CloudEvent ${why}.`, hint: 'It needs specversion "1.0", id, source and type.' };
}

function noKey({ scheme }: Hook): HookFault {
  const where = {
    github: 'the header X-GitHub-Delivery',
    stripe: '"id" in the body',
    standard: 'the header webhook-id',
  };
  return {
    status: 400,
    message: `The delivery has no id, so that a repeat could not be told from a new one: ${where[scheme]} is missing.`,
    hint: `Let the sender give each delivery an id of its own in ${where[scheme]}.`,
  };
}

function noType({ id }: Hook): HookFault {
  return {
    status: 400,
    message: 'The delivery has no type, and the hook does not say which signal it means.',
    hint: `Name the signal in the settings: hooks.${id}.signal.`,
  };
}

function noObject({ id }: Hook): HookFault {
  return {
    status: 400,
    message: "The event carries no JSON object, and its members would be the signal's parameters.",
    hint: `Send an object, or say in the settings which parameters there are: hooks.${id}.params.`,
  };
}
