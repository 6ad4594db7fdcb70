// The shape of `http` in a step, key by key.

import { z } from 'zod';

import { HTTP_METHODS } from './http-work.ts';
import { anyValue, scalarText } from './schema-parts.ts';

const request = z.strictObject({
  url: z
    .string()
    .describe('Where to: http:// or https://. ${name} is filled in; behind the host, percent-encoded for its place.'),
  method: z
    .enum(HTTP_METHODS)
    .optional()
    .describe('GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS. Default: GET, or POST where there is a body.'),
  headers: z
    .record(z.string(), scalarText)
    .optional()
    .describe('Headers of the request; ${name} is filled in, here also ${secrets.<name>}.'),
  body: anyValue
    .optional()
    .describe('A text, or a map or list that is sent as JSON. In its texts, ${name} is filled in.'),
  expect: z
    .union([z.string(), z.boolean()])
    .optional()
    .describe(
      'An expression that must be true of the answer; it sees `status`, `body` and the outputs. Default: status 200 to 299.',
    ),
});

/** The shape of `http`. */
export const http = z.union([z.string(), request]);

/** The keys of `http` written as a map. */
export const HTTP_KEYS = Object.keys(request.shape);
