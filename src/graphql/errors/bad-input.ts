// Arguments of queries and subscriptions that do not fit: a top-level error with a code, since there is no payload to carry it.

import { GraphQLError } from 'graphql';

/** The error for an argument that the caller can mend: what is wrong, and what to write instead. */
export function badInput(message: string, hint?: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', ...(hint === undefined ? {} : { hint }) } });
}

/** The error for an id that names nothing, where the schema leaves no room for null. */
export function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'NOT_FOUND' } });
}
