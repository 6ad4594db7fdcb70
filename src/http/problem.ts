// What REST routes and refused requests answer: `{code, message, hint}`, and for /graphql the same as a GraphQL error.

import { type FastifyReply, type FastifyRequest } from 'fastify';

/** A refusal of a request. */
export interface Problem {
  readonly status: number;
  /** A stable, upper-case code. */
  readonly code: string;
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
  /** When another try is worth it. */
  readonly retryAfterMs?: number;
}

/** Answers a request with a problem. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, code, message, hint, retryAfterMs } = problem;
  void reply.code(status);
  if (retryAfterMs !== undefined) void reply.header('retry-after', String(Math.ceil(retryAfterMs / 1_000)));
  if (!isGraphql(request.url)) return reply.send({ code, message, hint });
  return reply.send({ errors: [{ message, extensions: { code, hint, requestId: request.id } }] });
}

function isGraphql(url: string): boolean {
  return /^\/graphql(?:$|[/?])/.test(url);
}
