// Facts as JSON lines by pino, one a fact; for a person at a terminal, as one plain line each. To stderr unless told otherwise.

import { pino, type DestinationStream } from 'pino';
import { type Json } from '../../core/json.ts';
import { type Logger } from '../../ports/logger.ts';
import { createPlainLines } from './plain-lines.ts';

/** How facts are said. */
export interface LoggerOptions {
  /** What is left out: everything below this. */
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** JSON for machines, plain for people; by default plain where stderr is a terminal. */
  readonly form?: 'json' | 'plain';
  /** Takes each line, in place of stderr. */
  readonly write?: (line: string) => void;
}

/** Makes a logger. Each line is written before the call returns, so that a crash loses none. */
export function createPinoLogger(options: LoggerOptions): Logger {
  const write =
    options.write ??
    ((line: string): void => {
      process.stderr.write(line);
    });
  const isPlain =
    options.form === undefined ? options.write === undefined && process.stderr.isTTY : options.form === 'plain';
  const destination: DestinationStream = isPlain ? createPlainLines(write) : { write };
  const log = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'fact',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    info: (fact, fields = {}) => {
      log.info(fields, fact);
    },
    warn: (fact, fields = {}) => {
      log.warn(fields, fact);
    },
    error: (fact, error, fields = {}) => {
      log.error({ ...fields, error: errorFields(error) }, fact);
    },
  };
}

/** What is known of a thrown value: its name, code, message, hint and stack, and those of its causes. */
function errorFields(error: unknown, depth = 0): Json {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : String(error);
  const { code, hint } = error as { readonly code?: unknown; readonly hint?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || depth >= 3 ? {} : { cause: errorFields(error.cause, depth + 1) }),
  };
}
