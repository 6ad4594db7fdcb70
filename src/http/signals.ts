// `POST /signals/{name}`: a signal from anything that can send JSON. The body is the parameters; a repeat with the same
// Idempotency-Key answers the first receipt.

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Json } from '../core/json.ts';
import { encodeCursor } from '../core/partition/cursor.ts';
import { type Refusal } from '../core/refusal.ts';
import { type SignalState } from '../core/signal/signal.ts';
import { type Engine } from '../engine/engine.ts';
import { type Answer } from '../engine/answer.ts';
import { both } from '../graphql/parse/both.ts';
import { parseCaller } from '../graphql/parse/caller.ts';
import { parseSignal } from '../graphql/parse/signal-input.ts';
import { publicationOf } from '../graphql/present/publication.ts';
import { type Problem, sendProblem } from './problem.ts';

const BODY_LIMIT = 256 * 1024;

/** Adds the route. */
export function receiveSignals(app: FastifyInstance, engine: Engine): void {
  app.post<{ Params: { name: string } }>('/signals/:name', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const body = request.body;
    const problem = bodyProblem(request, body);
    if (problem !== undefined) return sendProblem(request, reply, problem);
    const key = request.headers['idempotency-key'];
    const input = typeof key === 'string' ? { idempotencyKey: key } : {};
    const read = both(
      parseSignal({ name: request.params.name, params: body as Json }),
      parseCaller(request.actor, input),
    );
    if (!read.ok) return refuse(request, reply, read.failure);
    const [signal, caller] = read.value;
    const answer = await engine.publishSignals([signal], caller);
    if (!answer.ok) return refuse(request, reply, answer.refusals);
    return reply.send(receiptBody(answer));
  });
}

/** The receipt of a publication as JSON. */
export function receiptBody(answer: Extract<Answer<readonly SignalState[]>, { ok: true }>): unknown {
  const { signal: published, duplicate, matches, settled } = publicationOf(answer);
  return { signal: withTimes(published), duplicate, matches, settled, cursor: encodeCursor(answer.cursor) };
}

function bodyProblem(request: FastifyRequest, body: unknown): Problem | undefined {
  if (body !== undefined && !/^application\/(?:[\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
    return unsupportedType;
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return undefined;
  return {
    status: 400,
    code: 'BAD_INPUT',
    message: "The body must be one JSON object: the signal's parameters.",
    hint: 'Send {} for a signal without parameters, with the header Content-Type: application/json.',
  };
}

/** The answer to a body that is no JSON. */
export const unsupportedType: Problem = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'The body must be JSON.',
  hint: 'Send the header Content-Type: application/json.',
};

/** Answers 422 with everything that is wrong with a publication. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refusals: readonly Refusal[]): FastifyReply {
  const [first] = refusals;
  return sendProblem(request, reply, {
    status: 422,
    code: first?.code ?? 'BAD_INPUT',
    message: refusals.map((refusal) => refusal.message).join(' '),
    hint: first?.hint ?? 'Mend the request and send it again.',
  });
}

function withTimes(signal: ReturnType<typeof publicationOf>['signal']): unknown {
  if (signal === null) return null;
  const { __typename: _, matches: __, settled: ___, ...fields } = signal;
  return {
    ...fields,
    occurredAt: new Date(signal.occurredAt).toISOString(),
    publishedAt: new Date(signal.publishedAt).toISOString(),
  };
}
