// What a step that sends an HTTP request does: the request, and what the answer must be.

import { type Entry, type Json } from '../json.ts';

/** The methods that a request may have. */
export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

/** A method of a request. */
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** Sends a request and takes its answer. */
export interface HttpWork {
  readonly kind: 'http';
  /** Absent: the step's own parameter `http` says it. Imported definitions alone. */
  readonly request?: HttpRequest;
  /** An expression that must be true of the answer, in place of a status of 200 to 299; it sees the step's outputs by name. */
  readonly expect?: string;
  /** An expression that gives what the answer means, as a word of Maestro's. Imported definitions alone. */
  readonly state?: string;
}

/** A request as it is written. */
export interface HttpRequest {
  readonly method: HttpMethod;
  /** A template with `${name}`. */
  readonly url: string;
  /** Templates with `${name}`, here also of secrets. */
  readonly headers: readonly Entry<string>[];
  /** A text, or a value that is sent as JSON; in its texts, `${name}` is filled in. */
  readonly body?: Json;
}

/** What every native step of this kind gives, beside the outputs that it declares. */
export const ANSWER_OUTPUTS = [
  { name: 'status', type: 'long' },
  { name: 'body', type: 'string' },
] as const;

/** The same of steps that were imported. */
export const IMPORTED_ANSWER_OUTPUTS = [
  { name: 'status_code', type: 'long' },
  { name: 'response_body', type: 'string' },
] as const;
