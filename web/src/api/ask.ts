// Queries and mutations. An answer is data or a fault; nothing is thrown.

import { Client, type CombinedError, fetchExchange } from 'urql';
import { sayHeard, sayLost } from '../live/connection.ts';
import { codeOf, type Fault } from './fault.ts';
import { type Operation } from './operation.ts';
import { tokenOf } from './token.ts';

/** Data, or why there is none. */
export type Answer<Data> = { readonly data: Data } | { readonly fault: Fault };

const client = new Client({
  url: '/graphql',
  exchanges: [fetchExchange],
  preferGetMethod: false,
  requestPolicy: 'network-only',
  fetchOptions: () => ({ headers: authorisation() }),
});

/** Asks the server. */
export async function ask<Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const isMutation = operation.text.startsWith('mutation');
  const request = isMutation ? client.mutation(operation.text, variables) : client.query(operation.text, variables);
  const { data, error } = (await request.toPromise()) as { readonly data?: Data; readonly error?: CombinedError };
  if (error !== undefined || data === undefined) return { fault: faultOf(error) };
  sayHeard();
  return { data };
}

/** The header that shows who asks, if a token was given. */
export function authorisation(): Record<string, string> {
  const token = tokenOf();
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function faultOf(error: CombinedError | undefined): Fault {
  if (error === undefined) return { code: 'INTERNAL', message: 'The server sent an empty answer.' };
  const status = (error.response as { readonly status?: number } | undefined)?.status;
  const code = error.graphQLErrors.length > 0 ? codeOf(error.graphQLErrors) : undefined;
  const [first] = error.graphQLErrors;
  if (status === 401 || code === 'UNAUTHENTICATED') {
    return { code: 'UNAUTHENTICATED', message: 'This server wants to know who asks.' };
  }
  if (first !== undefined && code !== undefined) return { code, message: first.message };
  if (status === undefined) {
    sayLost();
    return { code: 'UNREACHABLE', message: 'The server cannot be reached.' };
  }
  if (status >= 500) return { code: 'UNAVAILABLE', message: `The server cannot answer just now (${String(status)}).` };
  return { code: `HTTP_${String(status)}`, message: `The server refused the question (${String(status)}).` };
}
