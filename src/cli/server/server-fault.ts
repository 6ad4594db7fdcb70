// Top-level errors of a GraphQL answer: what they ask of the caller.

import { CliError } from '../cli-error.ts';
import { FAILED, WRONG_USE } from '../exit-code.ts';

/** The first error of an answer, as far as a client acts on it. */
export interface ServerFault {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** For NOT_OWNER: the node that can do it. */
  readonly ownerAddress: string | undefined;
  readonly requestId: string | undefined;
  readonly hint: string | undefined;
}

/** Reads the errors of an answer; undefined if there are none. */
export function faultOf(errors: unknown): ServerFault | undefined {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (!isRecord(first)) return undefined;
  const extensions = isRecord(first['extensions']) ? first['extensions'] : {};
  return {
    code: textOf(extensions['code']) ?? 'UNKNOWN',
    message: textOf(first['message']) ?? 'The server refused without saying why.',
    retryable: extensions['retryable'] === true,
    retryAfterMs: typeof extensions['retryAfterMs'] === 'number' ? extensions['retryAfterMs'] : undefined,
    ownerAddress: textOf(extensions['ownerAddress']),
    requestId: textOf(extensions['requestId']),
    hint: textOf(extensions['hint']),
  };
}

/** The end of a command that met the fault. */
export function errorOfFault(fault: ServerFault): CliError {
  // What the server says is for whoever speaks HTTP; where we know the words of the command line for it, they go first,
  // and nobody has to look for the request in the server's log.
  const ours = HINTS.get(fault.code);
  const hint = ours ?? fault.hint;
  const request = fault.requestId === undefined || ours !== undefined ? '' : ` (request ${fault.requestId})`;
  return new CliError(fault.code, `${fault.message}${request}`, {
    exitCode: ASKED_WRONGLY.has(fault.code) ? WRONG_USE : FAILED,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The address of the owner, with the scheme of the server that named it. */
export function ownerUrl(fault: ServerFault, url: string): string | undefined {
  if (fault.code !== 'NOT_OWNER' || fault.ownerAddress === undefined) return undefined;
  const address = fault.ownerAddress.includes('://')
    ? fault.ownerAddress
    : `${new URL(url).protocol}//${fault.ownerAddress}`;
  return URL.canParse(address) && /^https?:/u.test(address) ? address.replace(/\/+$/u, '') : undefined;
}

/** Whether a value is an object with keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ASKED_WRONGLY: ReadonlySet<string> = new Set(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

const HINTS: ReadonlyMap<string, string> = new Map([
  [
    'UNAUTHENTICATED',
    'Give one in DOWNBEAT_TOKEN (or --token). Where the server runs, `downbeat token create` makes one.',
  ],
  ['FORBIDDEN', 'Ask whoever runs the server for a token that may do this.'],
  [
    'GRAPHQL_VALIDATION_FAILED',
    'The server is older or newer than this command: compare `downbeat --version` with `downbeat doctor`.',
  ],
]);

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
