// How much one document may ask, over HTTP, WebSocket and SSE alike. Each refusal names the number and its limit.

import { GraphQLError } from 'graphql';

/** The bounds of one document. */
export const LIMITS = {
  tokens: 2_000,
  depth: 12,
  aliases: 15,
  rootFields: 10,
  directives: 50,
  cost: 5_000,
} as const;

/** The error for a document that goes beyond a bound. */
export function tooMuch(
  code: 'QUERY_TOO_DEEP' | 'QUERY_TOO_LARGE' | 'QUERY_TOO_COMPLEX',
  message: string,
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

/** A number with its thousands set apart. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
