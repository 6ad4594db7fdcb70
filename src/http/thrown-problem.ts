// What was thrown while a request was handled, as the problem that its sender sees.

import { type FastifyRequest } from 'fastify';
import { type UnavailableError } from '../engine/unavailable-error.ts';
import { unavailableOf } from '../engine/why-unavailable.ts';
import { type Logger } from '../ports/logger.ts';
import { type Problem } from './problem.ts';
import { unsupportedType } from './signals.ts';

/** The problem for an error; one that nobody foresaw is logged and says only the request's id. */
export function problemOf(error: unknown, request: FastifyRequest, logger: Logger): Problem {
  const passing = unavailableOf(error);
  if (passing !== undefined) return unavailableProblem(passing);
  const { code, statusCode } = error as { readonly code?: unknown; readonly statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const limit = request.routeOptions.bodyLimit;
    const message = `The body is too large; ${String(limit)} bytes are allowed here.`;
    return {
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
      message,
      hint: 'Put what is large into a file and send its address.',
    };
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return unsupportedType;
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    const message = error instanceof Error ? error.message : 'The request cannot be read.';
    return { status: statusCode, code: 'BAD_REQUEST', message, hint: 'Mend the request and send it again.' };
  }
  logger.error('A request failed in a way that nobody foresaw', error, { requestId: request.id, url: request.url });
  const message = `Something failed on our side; request id ${request.id}.`;
  return { status: 500, code: 'INTERNAL', message, hint: "Look for the request id in the server's log." };
}

function unavailableProblem({ code, message, retryable, retryAfterMs, ownerAddress }: UnavailableError): Problem {
  const elsewhere = ownerAddress === undefined ? 'Try again in a moment.' : `Ask ${ownerAddress}.`;
  return {
    status: code === 'OVERLOADED' ? 429 : 503,
    code,
    message,
    hint: elsewhere,
    ...(retryable ? { retryAfterMs } : {}),
  };
}
