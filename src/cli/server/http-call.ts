// One GraphQL request over HTTP, and the ways in which it can end.

import { type Endpoint } from './endpoint.ts';
import { faultOf, isRecord, type ServerFault } from './server-fault.ts';

/** How a request ended. */
export type CallOutcome =
  | { readonly kind: 'data'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'fault'; readonly fault: ServerFault }
  /** Nobody took the request: it certainly did nothing. */
  | { readonly kind: 'unreachable'; readonly why: string; readonly cause: unknown }
  /** It broke off: it may or may not have done something. */
  | { readonly kind: 'broken'; readonly why: string; readonly cause: unknown }
  /** Someone answered who is no Downbeat server. */
  | { readonly kind: 'stranger'; readonly why: string };

/** Sends a document once. */
export async function callOnce(
  endpoint: Endpoint,
  body: { readonly query: string; readonly variables: object },
  timeoutMs: number,
): Promise<CallOutcome> {
  try {
    const response = await fetch(`${endpoint.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(endpoint.token === undefined ? {} : { authorization: `Bearer ${endpoint.token.reveal()}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return outcomeOf(response.status, await response.text());
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const code = isRecord(cause) && typeof cause['code'] === 'string' ? cause['code'] : messageOf(cause);
    const why = WORDS.get(code) ?? messageOf(cause);
    return { kind: NEVER_ARRIVED.has(code) ? 'unreachable' : 'broken', why, cause };
  }
}

function outcomeOf(status: number, text: string): CallOutcome {
  const body = parse(text);
  if (!isRecord(body)) return { kind: 'stranger', why: `status ${String(status)}, and no GraphQL` };
  const fault = faultOf(body['errors']);
  if (fault !== undefined) return { kind: 'fault', fault };
  if (isRecord(body['data'])) return { kind: 'data', data: body['data'] };
  return refusedBeforeGraphql(status, body) ?? { kind: 'stranger', why: `status ${String(status)}, and no GraphQL` };
}

/** Routes refuse with `{code, message, hint}` before GraphQL is reached: no token, a foreign host, too much at once. */
function refusedBeforeGraphql(status: number, body: Readonly<Record<string, unknown>>): CallOutcome | undefined {
  const { code, message, hint } = body;
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  const retryable = status === 429 || status === 503;
  const fault = { code, message, retryable, retryAfterMs: undefined, ownerAddress: undefined, requestId: undefined };
  return { kind: 'fault', fault: { ...fault, hint: typeof hint === 'string' ? hint : undefined } };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What `fetch` says, without a code, of ports such as 6000, which belong to other protocols. */
const BLOCKED_PORT = 'bad port';

const NEVER_ARRIVED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  BLOCKED_PORT,
]);

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nothing listens there'],
  ['ENOTFOUND', 'there is no host of that name'],
  ['EAI_AGAIN', 'the host name could not be looked up'],
  ['EHOSTUNREACH', 'the host cannot be reached'],
  ['ENETUNREACH', 'the network cannot be reached'],
  ['ECONNRESET', 'the connection broke'],
  [BLOCKED_PORT, 'web clients call no server on that port; start it on another, such as 4000'],
  ['UND_ERR_SOCKET', 'the connection broke'],
]);
