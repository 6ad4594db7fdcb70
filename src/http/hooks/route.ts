// `POST /hooks/{id}`: other services say that something has happened, and prove who they are by a signature over the body.
// No token is asked for; host, size and pace are limited as everywhere. A repeat of a delivery answers the first receipt.

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Hook } from '../../core/hook.ts';
import { type Engine } from '../../engine/engine.ts';
import { both } from '../../graphql/parse/both.ts';
import { parseCaller } from '../../graphql/parse/caller.ts';
import { parseSignal } from '../../graphql/parse/signal-input.ts';
import { type Logger } from '../../ports/logger.ts';
import { type Secrets } from '../../ports/secrets.ts';
import { type Problem, sendProblem } from '../problem.ts';
import { receiptBody, refuse } from '../signals.ts';
import { type HookEvent, readEvent } from './event.ts';
import { createPace } from './pace.ts';
import { type Checked, checkSignature, type Delivered } from './signature.ts';

const BODY_LIMIT = 256 * 1024;

/** What hooks need. */
export interface HookOptions {
  readonly engine: Pick<Engine, 'publishSignals'>;
  readonly logger: Logger;
  /** Where the values of their secrets are, which are asked for at each delivery and kept nowhere. */
  readonly secrets: Secrets;
  readonly hooks: readonly Hook[];
  /** In milliseconds. */
  readonly now: () => number;
}

/** Adds the route, in a scope of its own: a signature is over the bytes, so nothing may be read of the body before. */
export async function receiveHooks(app: FastifyInstance, options: HookOptions): Promise<void> {
  const isInPace = createPace(options.now);
  await app.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    scope.post<{ Params: { id: string } }>('/hooks/:id', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const hook = options.hooks.find(({ id }) => id === request.params.id);
      if (hook === undefined) return sendProblem(request, reply, unknownHook(request.params.id));
      if (!isInPace(`${hook.id} ${request.ip}`)) return sendProblem(request, reply, tooOften);
      return deliver(request, reply, { hook, options });
    });
    done();
  });
}

async function deliver(
  request: FastifyRequest,
  reply: FastifyReply,
  { hook, options }: { readonly hook: Hook; readonly options: HookOptions },
): Promise<FastifyReply> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const delivered: Delivered = { headers: request.headers, body };
  const unproven = await doubt(hook, delivered, options);
  if (unproven !== undefined) return sendProblem(request, reply, unproven);
  const event = readEvent(hook, delivered);
  if (!event.ok) {
    const { status, message, hint } = event.failure;
    return sendProblem(request, reply, {
      status,
      code: status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : 'BAD_INPUT',
      message,
      hint,
    });
  }
  const { name } = event.value;
  if (name === undefined) return reply.send({ signal: null, ignored: ignoredText(hook, event.value) });
  const { params, payload, occurredAt, key } = event.value;
  const read = both(
    parseSignal({ name, params, payload, occurredAt }),
    parseCaller(`hook:${hook.id}`, { idempotencyKey: key }),
  );
  if (!read.ok) return refuse(request, reply, read.failure);
  const [signal, caller] = read.value;
  const answer = await options.engine.publishSignals([signal], caller);
  return answer.ok ? reply.send(receiptBody(answer)) : refuse(request, reply, answer.refusals);
}

/** Why a delivery is not believed; undefined if it is. */
async function doubt(
  hook: Hook,
  delivered: Delivered,
  { secrets, logger, now }: HookOptions,
): Promise<Problem | undefined> {
  const values = await secrets.read(hook.secrets);
  if (!values.ok) {
    const { why, hint } = values.failure;
    logger.error('A webhook cannot be checked', new Error(why), { hook: hook.id, hint });
    return unreadableSecret;
  }
  const checked = checkSignature(hook.scheme, delivered, [...values.value.values()]);
  if (!checked.ok) {
    logger.warn('A webhook was refused', { hook: hook.id, fault: checked.fault, header: checked.header });
    return unsigned(checked);
  }
  const isStale = checked.signedAt !== undefined && Math.abs(now() / 1_000 - checked.signedAt) > hook.tolerance;
  return isStale ? stale(hook) : undefined;
}

function ignoredText({ id }: Hook, { type }: HookEvent): string {
  return `Events of the type ${JSON.stringify(type ?? null)} mean no signal: hooks.${id}.signal does not name them.`;
}

const tooOften: Problem = {
  status: 429,
  code: 'OVERLOADED',
  message: 'Too many deliveries come from there at once.',
  hint: 'Deliver again in a moment, more slowly.',
  retryAfterMs: 1_000,
};

const unreadableSecret: Problem = {
  status: 503,
  code: 'UNAVAILABLE',
  message: "The hook's secret cannot be read, so nothing can be checked.",
  hint: "The server's log says why. Deliver again when it is there.",
  retryAfterMs: 30_000,
};

function unknownHook(id: string): Problem {
  return {
    status: 404,
    code: 'NOT_FOUND',
    message: `There is no hook ${JSON.stringify(id.slice(0, 64))}.`,
    hint: 'Name it under "hooks" in downbeat.config.yaml and start the server again.',
  };
}

function unsigned({ fault, header }: Extract<Checked, { ok: false }>): Problem {
  const what = {
    MISSING: `The header ${header} is missing: only signed deliveries are taken.`,
    MALFORMED: `The header ${header} is not what this hook's scheme has.`,
    WRONG: 'The signature does not fit body and secret.',
  };
  const hint = 'Give the sender the same secret, and the scheme that the settings of the hook name.';
  return { status: 401, code: 'UNAUTHENTICATED', message: what[fault], hint };
}

function stale({ tolerance }: Hook): Problem {
  return {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: `The delivery was signed more than ${String(tolerance)} seconds ago, or in the future: it may be a replay.`,
    hint: 'Deliver again with a new signature, and let the clocks on both sides be set.',
  };
}
