// The end of a command that cannot go on: what a person reads, and the exit code.

import { type ExitCode, FAILED, NO_SERVER, WRONG_USE } from './exit-code.ts';

/** Says what happened and what to do next; `code` is stable. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { readonly exitCode?: ExitCode; readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.exitCode = options.exitCode ?? FAILED;
    this.hint = options.hint;
  }
}

/** The command was not understood. */
export function wrongUse(message: string, hint?: string): CliError {
  return new CliError('WRONG_USE', message, { exitCode: WRONG_USE, ...(hint === undefined ? {} : { hint }) });
}

/** Nothing answers at the server's address. */
export function noServer(url: string, why: string, cause?: unknown): CliError {
  return new CliError('NO_SERVER', `No Downbeat server answers at ${url} (${why}).`, {
    exitCode: NO_SERVER,
    hint: 'Start one in another terminal with `downbeat serve`, or say where it is with --url or DOWNBEAT_URL.',
    cause,
  });
}
