// `/graphql/stream`: any operation as server-sent events, in the distinct-connections mode of the graphql-sse protocol.
// Results are taken from their source only as fast as the client reads them, so that a slow client costs no memory.

import { type ServerResponse } from 'node:http';
import { execute, type ExecutionResult, getOperationAST, OperationTypeNode, subscribe } from 'graphql';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Context, createContext, type Surroundings } from '../graphql/context.ts';
import { formatError } from '../graphql/errors/format-error.ts';
import { type OperationRequest, prepareOperation, type Published } from '../graphql/limits/prepare-operation.ts';
import { GRAPHQL_BODY_LIMIT } from './graphql-route.ts';
import { type Problem, sendProblem } from './problem.ts';

const PING_MS = 12_000;
const PATIENCE_MS = 30_000;

/** The open streams, so that a server that stops can end them. */
export interface OpenStreams {
  endAll(): void;
}

/** Adds the route. */
export function serveStream(app: FastifyInstance, published: Published, surroundings: Surroundings): OpenStreams {
  const open = new Set<ServerResponse>();
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql/stream',
    bodyLimit: GRAPHQL_BODY_LIMIT,
    handler: async (request, reply) => {
      const asked = askedFor(request);
      if ('status' in asked) return sendProblem(request, reply, asked);
      const prepared = prepareOperation(published, asked);
      const context = createContext(surroundings, request.actor, request.id);
      if ('errors' in prepared) {
        return reply.code(400).send({ errors: prepared.errors.map((error) => formatError(error, context)) });
      }
      const { args } = prepared;
      const kind = getOperationAST(args.document, args.operationName)?.operation;
      if (kind === OperationTypeNode.MUTATION && request.method === 'GET')
        return sendProblem(request, reply.header('allow', 'POST'), noGet);
      const run = kind === OperationTypeNode.SUBSCRIPTION ? subscribe : execute;
      const result = await run({ ...args, contextValue: context });
      open.add(reply.raw);
      await streamResults(reply, result, context).finally(() => open.delete(reply.raw));
      return reply;
    },
  });
  return {
    endAll: () => {
      for (const response of open) response.destroy();
    },
  };
}

const noGet: Problem = {
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
  message: 'A mutation changes something, and a GET must not.',
  hint: 'Send it with POST.',
};

function askedFor(request: FastifyRequest): OperationRequest | Problem {
  const accept = request.headers.accept ?? '*/*';
  if (accept !== '*/*' && !accept.includes('text/event-stream')) {
    return {
      status: 406,
      code: 'NOT_ACCEPTABLE',
      message: 'This address answers with events.',
      hint: 'Send Accept: text/event-stream.',
    };
  }
  const fields = request.method === 'GET' ? fieldsOfQuery(request.query) : fieldsOf(request.body);
  if (fields !== undefined && typeof fields['query'] === 'string') {
    const { query, operationName, variables } = fields;
    return {
      query,
      operationName: typeof operationName === 'string' ? operationName : undefined,
      variables: fieldsOf(variables),
    };
  }
  const message = 'The request has no `query`, or is not JSON.';
  return {
    status: 400,
    code: 'BAD_REQUEST',
    message,
    hint: 'Send {"query": "…", "variables": {…}} as application/json.',
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function fieldsOfQuery(query: unknown): Readonly<Record<string, unknown>> | undefined {
  const fields = fieldsOf(query);
  const variables = fields?.['variables'];
  if (typeof variables !== 'string') return fields;
  try {
    return { ...fields, variables: JSON.parse(variables) as unknown };
  } catch {
    return undefined;
  }
}

type Results = AsyncIterable<ExecutionResult> | ExecutionResult;

/** Writes every result as an event and then `complete`; what goes wrong between is an event too. */
async function streamResults(reply: FastifyReply, results: Results, context: Context): Promise<void> {
  const response = reply.raw;
  reply.hijack();
  response.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  const ping = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n');
  }, PING_MS);
  response.write(':\n\n');
  try {
    for await (const result of stoppable(results, response)) {
      if (!(await written(response, eventOf('next', shown(result, context))))) break;
    }
  } catch (error) {
    await written(response, eventOf('next', { errors: [formatError(error, context)] }));
  } finally {
    clearInterval(ping);
  }
  await written(response, 'event: complete\ndata:\n\n');
  response.end();
}

/** Ends with the response: the source is told at once that nobody listens any more. */
function stoppable(
  results: Results,
  response: ServerResponse,
): AsyncIterable<ExecutionResult> | Iterable<ExecutionResult> {
  if (!(Symbol.asyncIterator in results)) return [results];
  const iterator = results[Symbol.asyncIterator]();
  response.once('close', () => {
    iterator.return?.().catch(() => undefined);
  });
  return { [Symbol.asyncIterator]: () => iterator };
}

function shown(result: ExecutionResult, context: Context): unknown {
  if (result.errors === undefined) return result;
  return { ...result, errors: result.errors.map((error) => formatError(error, context)) };
}

function eventOf(event: string, payload: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(payload)}\n\n`;
}

/** Whether the text could be written; waits until the client has read enough of it, and gives up on one that does not read. */
async function written(response: ServerResponse, text: string): Promise<boolean> {
  if (response.destroyed || response.writableEnded) return false;
  if (response.write(text)) return true;
  return new Promise((resolve) => {
    const settle = (isWritten: boolean) => (): void => {
      clearTimeout(timer);
      response.off('drain', onDrain).off('close', onClose);
      if (!isWritten) response.destroy();
      resolve(isWritten);
    };
    const onDrain = settle(true);
    const onClose = settle(false);
    const timer = setTimeout(onClose, PATIENCE_MS);
    response.once('drain', onDrain).once('close', onClose);
  });
}
