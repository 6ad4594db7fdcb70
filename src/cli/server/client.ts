// A GraphQL client that repeats what may be repeated: queries always, mutations because each carries an idempotency key, so that
// a repeat finds the first outcome. What another node owns is asked of that node.

import { randomUUID } from 'node:crypto';
import { type CliError, noServer } from '../cli-error.ts';
import { type Endpoint } from './endpoint.ts';
import { type CallOutcome, callOnce } from './http-call.ts';
import { type Operation } from '../operations/operations.ts';
import { type Pace, pause } from '../display/pace.ts';
import { errorOfFault, ownerUrl } from './server-fault.ts';

/** Asks and tells a server. Both throw `CliError`. */
export interface Client {
  /** Where it is, for streams. */
  readonly endpoint: Endpoint;
  /** Reads something. */
  query<Data, Variables extends object>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data>;
  /** Changes something, once, however often it has to be sent. */
  mutate<Data>(
    operation: Operation<Data, { readonly input: Readonly<Record<string, unknown>> }>,
    input: object,
  ): Promise<Data>;
}

/** A client of the server at the endpoint. */
export function createClient(endpoint: Endpoint, pace: Pace): Client {
  const call = async <Data>(text: string, variables: object): Promise<Data> =>
    (await callUntilAnswered(endpoint, { query: text, variables }, pace)) as Data;
  return {
    endpoint,
    query: (operation, variables) => call(operation.text, variables),
    mutate: (operation, input) => call(operation.text, { input: { idempotencyKey: randomUUID(), ...input } }),
  };
}

async function callUntilAnswered(
  endpoint: Endpoint,
  body: { readonly query: string; readonly variables: object },
  pace: Pace,
): Promise<Readonly<Record<string, unknown>>> {
  const deadline = performance.now() + pace.retryFor;
  let at = endpoint;
  for (let failures = 0; ; failures++) {
    const outcome = await callOnce(at, body, pace.requestFor);
    if (outcome.kind === 'data') return outcome.data;
    const isHopeless = performance.now() >= deadline || (outcome.kind === 'unreachable' && failures === 0);
    if (isHopeless || !mayRepeat(outcome)) throw errorOf(outcome, at.url);
    const owner = outcome.kind === 'fault' ? ownerUrl(outcome.fault, at.url) : undefined;
    at = { ...endpoint, url: owner ?? endpoint.url };
    if (owner === undefined || failures > 0) await pauseAsAsked(outcome, failures, pace);
  }
}

type Unanswered = Exclude<CallOutcome, { readonly kind: 'data' }>;

function mayRepeat(outcome: Unanswered): boolean {
  if (outcome.kind === 'fault') return outcome.fault.retryable || outcome.fault.code === 'NOT_OWNER';
  return outcome.kind !== 'stranger';
}

async function pauseAsAsked(outcome: Unanswered, failures: number, pace: Pace): Promise<void> {
  const asked = outcome.kind === 'fault' ? (outcome.fault.retryAfterMs ?? 0) : 0;
  await pause({ ...pace, firstPause: Math.max(asked, pace.firstPause) }, failures);
}

function errorOf(outcome: Unanswered, url: string): CliError {
  switch (outcome.kind) {
    case 'fault':
      return errorOfFault(outcome.fault);
    case 'unreachable':
      return noServer(url, outcome.why, outcome.cause);
    case 'broken':
      return noServer(url, outcome.why, outcome.cause);
    case 'stranger':
      return noServer(url, `what answers there is something else: ${outcome.why}`);
  }
}
