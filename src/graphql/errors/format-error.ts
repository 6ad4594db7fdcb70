// Every top-level error leaves through here, over HTTP, WebSocket and SSE alike: with a stable code and the request's id,
// never with a stack or an internal name. What nobody foresaw is logged and leaves as INTERNAL.

import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type UnavailableError } from '../../engine/unavailable-error.ts';
import { unavailableOf } from '../../engine/why-unavailable.ts';
import { type Logger } from '../../ports/logger.ts';

/** What is known of the request in which an error arose. */
export interface ErrorScene {
  readonly requestId: string;
  readonly logger: Logger;
}

/** The error as its caller sees it. */
export function formatError(error: unknown, scene: ErrorScene): GraphQLFormattedError {
  const { requestId } = scene;
  const place = placeOf(error);
  const cause = causeOf(error);
  const passing = unavailableOf(cause);
  if (passing !== undefined) {
    return { ...place, message: passing.message, extensions: { ...unavailable(passing), requestId } };
  }
  const coded = codedIn(error);
  if (coded !== undefined) return { ...place, message: messageOf(error), extensions: { ...shown(coded), requestId } };
  if (cause instanceof GraphQLError && cause.path === undefined) {
    return { ...place, message: messageOf(error), extensions: { code: 'BAD_USER_INPUT', requestId } };
  }
  scene.logger.error('A request failed in a way that nobody foresaw', cause, { requestId });
  const message = `Something failed on our side; request id ${requestId}.`;
  return { ...place, message, extensions: { code: 'INTERNAL', requestId } };
}

/** What an `UnavailableError` says beside its message, the same over GraphQL and REST. */
export function unavailable(error: UnavailableError): Record<string, unknown> {
  return {
    code: error.code,
    retryable: error.retryable,
    ...(error.retryable ? { retryAfterMs: error.retryAfterMs } : {}),
    ...(error.ownerAddress === undefined ? {} : { ownerAddress: error.ownerAddress }),
  };
}

/** The error at the bottom of the wrappings that GraphQL puts around it. */
export function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause;
}

/** The innermost of the wrapped errors that carries a code: Apollo's own wrappers overwrite ours. */
function codedIn(error: unknown): GraphQLError | undefined {
  let coded: GraphQLError | undefined;
  let current: unknown = error;
  while (current instanceof GraphQLError) {
    if (typeof current.extensions['code'] === 'string') coded = current;
    current = current.originalError;
  }
  return current === undefined ? coded : undefined;
}

function shown(error: GraphQLError): Record<string, unknown> {
  const { http: _, stacktrace: __, ...rest } = error.extensions;
  return rest;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function placeOf(error: unknown): Pick<GraphQLFormattedError, 'path' | 'locations'> {
  if (!(error instanceof GraphQLError)) return {};
  return {
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
  };
}
