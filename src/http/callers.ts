// Who may call: the server's own name only, so that no page of a stranger can run steps on a laptop (DNS rebinding, CSRF), and
// the bearer of a token where tokens are asked for. The same for requests and for WebSockets.

import { type VerifyToken } from './options.ts';
import { type Problem } from './problem.ts';

/** The headers that tell where a request came from. */
export interface CallingHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Why a request of these headers is refused; undefined if it is not. */
export function refuseCaller({ host, origin }: CallingHeaders, allowedHosts: readonly string[]): Problem | undefined {
  const called = host === undefined ? undefined : authorityOf(`http://${host}`);
  if (called === undefined || !(LOOPBACK.includes(called.name) || isAllowed(called, allowedHosts))) {
    return {
      status: 403,
      code: 'FORBIDDEN_HOST',
      message: `The server does not answer to the name ${shown(host)}.`,
      hint: 'Call it at localhost, or name the host in DOWNBEAT_ALLOWED_HOSTS.',
    };
  }
  if (origin === undefined) return undefined;
  const from = authorityOf(origin);
  if (from !== undefined && (from.full === called.full || isAllowed(from, allowedHosts))) return undefined;
  return {
    status: 403,
    code: 'FORBIDDEN_ORIGIN',
    message: `A page of ${shown(origin)} must not call this server.`,
    hint: "Open the server's own page, or name the page's host in DOWNBEAT_ALLOWED_HOSTS.",
  };
}

/** Whose request this is, or why it is refused. */
export async function authenticate(
  authorization: unknown,
  verifyToken: VerifyToken | undefined,
  localActor: string,
): Promise<{ readonly actor: string } | Problem> {
  if (verifyToken === undefined) return { actor: localActor };
  const token =
    typeof authorization === 'string' ? /^Bearer +(\S{1,4096})$/i.exec(authorization.trim())?.[1] : undefined;
  const caller = token === undefined ? undefined : await verifyToken(token);
  return (
    caller ?? {
      status: 401,
      code: 'UNAUTHENTICATED',
      message: 'This needs a valid token.',
      hint: 'Send the header Authorization: Bearer <token>; "downbeat token create" makes one.',
    }
  );
}

interface Authority {
  /** The host's name without its port, in lower case. */
  readonly name: string;
  /** With its port, unless that is the scheme's own. */
  readonly full: string;
}

function authorityOf(url: string): Authority | undefined {
  // What is more than scheme, name and port is no origin and no host: "http://localhost@example.org", "null".
  if (!/^https?:\/\/[^/@?#\\\s]+$/i.test(url) || !URL.canParse(url)) return undefined;
  const { hostname, host } = new URL(url);
  return { name: hostname, full: host };
}

function isAllowed({ name, full }: Authority, allowedHosts: readonly string[]): boolean {
  return allowedHosts.some((allowed) => allowed.toLowerCase() === name || allowed.toLowerCase() === full);
}

function shown(header: string | undefined): string {
  return header === undefined ? '(none)' : JSON.stringify(header.slice(0, 100));
}
