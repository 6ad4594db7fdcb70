// What every verb works with: settings, the server, and the ways to speak.

import { type Client } from './server/client.ts';
import { CliError } from './cli-error.ts';
import { FAILED } from './exit-code.ts';
import { type CliIo } from './io.ts';
import { type KnownCluster } from './server/known-cluster.ts';
import { type KnownSecrets } from './server/known-secrets.ts';
import { type Payload } from './operations/operations.ts';
import { type Pace } from './display/pace.ts';
import { printable } from './display/printable.ts';
import { type Paint } from './display/style.ts';
import { type Tokens } from './server/tokens.ts';

/** Settings as the command line needs them; the real ones have more. */
export interface CliConfig {
  readonly server: { readonly dataDir: string; readonly httpHosts: readonly string[] };
  readonly store: { readonly mongodbUri?: unknown; readonly mongod?: string | undefined };
  readonly client: { readonly url: string; readonly token?: { reveal(): string } | undefined };
  readonly surroundings: { readonly noColour: boolean; readonly dumbTerminal: boolean; readonly cacheDir: string };
  readonly settings: readonly { readonly name: string; readonly shown: string; readonly source: string }[];
}

/** Says what is wrong with a cron text or its time zone; undefined if nothing is. */
export type CheckCron = (cron: string, timezone: string) => string | undefined;

/** One use of the command line. */
export interface Session {
  readonly io: CliIo;
  readonly config: CliConfig;
  readonly client: Client;
  readonly pace: Pace;
  /** The tokens of the settings' tokens file. */
  readonly tokens: Tokens;
  /** The secrets that the settings lead to, by name. */
  readonly secrets: KnownSecrets;
  /** The cluster of `kubernetes` steps. Absent: the settings name none. */
  readonly cluster: KnownCluster | undefined;
  /** When a cron text fires, which the command line does not know by itself. */
  readonly checkCron: CheckCron;
  /** Whether stdout carries JSON and nothing else. */
  readonly json: boolean;
  /** For stdout and stderr each, since only one may be a terminal. */
  readonly paint: Paint;
  readonly paintTalk: Paint;
  /** Aborted at Ctrl-C. */
  readonly signal: AbortSignal;
  /** What to say when Ctrl-C ends the command; the verb changes it as it goes. */
  interruptNote: string;
}

/** Writes a result: one line or several. */
export function print(session: Session, ...lines: readonly string[]): void {
  for (const line of lines) session.io.stdout.write(`${line}\n`);
}

/** Writes a result as one line of JSON. */
export function printJson(session: Session, value: unknown): void {
  session.io.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Says something beside the result. */
export function say(session: Session, ...lines: readonly string[]): void {
  for (const line of lines) session.io.stderr.write(`${line}\n`);
}

/** The payload, or the end of the command if the server refused. With `--json` the payload is printed all the same. */
export function accepted<T extends Payload>(session: Session, payload: T): T {
  if (payload.errors.length === 0) return payload;
  if (session.json) printJson(session, payload);
  const [first, ...others] = payload.errors.map((error) => ({ ...error, message: printable(error.message) }));
  const rest = others.map(
    (error) => `\n       ${error.message}${error.hint === null ? '' : ` (${printable(error.hint)})`}`,
  );
  throw new CliError(first?.code ?? 'REFUSED', `${first?.message ?? ''}${rest.join('')}`, {
    exitCode: FAILED,
    ...(typeof first?.hint === 'string' ? { hint: printable(first.hint) } : {}),
  });
}
