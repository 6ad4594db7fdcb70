// Reads a signal that came as text. Says what is wrong with the text rather than guess.

import { type Entry, type Json, type JsonObject } from '../json.ts';
import { type Instant } from '../time.ts';

/** A signal as its publisher wrote it: well-formed, and not yet checked against anything. */
export interface IncomingSignal {
  readonly name: string;
  readonly params: readonly Entry[];
  readonly payload?: Json;
  readonly occurredAt?: Instant;
  readonly idempotencyKey?: string;
}

/** A signal, or why the text is none. */
export type ParsedSignal =
  { readonly ok: true; readonly signal: IncomingSignal } | { readonly ok: false; readonly problem: string };

const MOST_CHARACTERS = 1_000_000;
const fields: ReadonlySet<string> = new Set(['name', 'params', 'payload', 'occurredAt', 'idempotencyKey']);

/** Reads `{"name": …, "params": {…}, "payload": …, "occurredAt": …, "idempotencyKey": …}`; only the name is a must. */
export function parseSignal(text: string): ParsedSignal {
  if (text.length > MOST_CHARACTERS) return problem(`it is longer than ${String(MOST_CHARACTERS)} characters`);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return problem('it is not JSON');
  }
  if (!isObject(value)) return problem('it is not a JSON object');
  const unknown = Object.keys(value).find((key) => !fields.has(key));
  if (unknown !== undefined) return problem(`it has an unknown field "${unknown}"`);
  return signalOf(value);
}

function signalOf({ name, params = {}, payload, occurredAt, idempotencyKey }: JsonObject): ParsedSignal {
  const at = instantOf(occurredAt);
  if (!isText(name)) return problem('its "name" is not a text');
  if (!isObject(params)) return problem('its "params" is not an object');
  if (Number.isNaN(at)) return problem('its "occurredAt" is no time');
  if (idempotencyKey !== undefined && !isText(idempotencyKey)) return problem('its "idempotencyKey" is not a text');
  const signal: IncomingSignal = {
    name,
    params: Object.entries(params).map(([param, value]) => ({ name: param, value })),
    ...(payload === undefined ? {} : { payload }),
    ...(at === undefined ? {} : { occurredAt: at }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
  return { ok: true, signal };
}

/** Undefined if none is given, NaN if it is no time. */
function instantOf(value: Json | undefined): Instant | undefined {
  if (value === undefined || typeof value === 'number') return value;
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

function problem(text: string): ParsedSignal {
  return { ok: false, problem: text };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
