// Turns JSON lines into lines for people: `12:03:04.123 warn  redis is away  url=localhost:6379`.

import { type DestinationStream } from 'pino';

const DIM = '\u001b[2m';
const RED = '\u001b[31m';
const YELLOW = '\u001b[33m';
const PLAIN = '\u001b[0m';

const colours: Readonly<Record<string, string>> = { error: RED, warn: YELLOW };

/** Makes a destination that writes one plain line for each JSON line; only errors take more than one. */
export function createPlainLines(write: (line: string) => void): DestinationStream {
  return {
    write: (line) => {
      write(`${plain(JSON.parse(line) as Readonly<Record<string, unknown>>)}\n`);
    },
  };
}

function plain(record: Readonly<Record<string, unknown>>): string {
  const { level, time, fact, error, ...fields } = record;
  const name = String(level);
  const moment = String(time).slice(11, 23);
  const told = Object.entries(fields).map(([key, value]) => `${DIM}${key}=${PLAIN}${shown(value)}`);
  const parts = [`${DIM}${moment}${PLAIN}`, `${colours[name] ?? DIM}${name.padEnd(5)}${PLAIN}`, String(fact), ...told];
  return parts.join(' ') + cause(error);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return /[\s="]/.test(value) ? JSON.stringify(value) : value;
  return JSON.stringify(value);
}

function cause(error: unknown): string {
  if (error === undefined) return '';
  if (typeof error !== 'object' || error === null) return `: ${shown(error)}`;
  const { message, hint, stack } = error as Readonly<Record<string, unknown>>;
  const advice = typeof hint === 'string' ? `\n  → ${hint}` : '';
  const where = typeof stack === 'string' ? `\n${DIM}${stack.slice(stack.indexOf('\n') + 1)}${PLAIN}` : '';
  return `: ${String(message)}${advice}${where}`;
}
