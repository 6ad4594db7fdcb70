// Takes the time off each line of a container's log: `2026-01-01T00:00:00.000000001Z text`. What was seen before a connection broke
// is passed over when the log is asked for again.

import { StringDecoder } from 'node:string_decoder';

/** Takes the bytes of a log, connection after connection. */
export interface TimedLines {
  write(chunk: Buffer): void;
  /** A connection ended: what comes next begins with a line. */
  reconnect(): void;
  /** The time of the newest line, as the cluster wrote it. */
  newest(): string | undefined;
}

/** No time is longer. */
const LONGEST_TIME = 40;

/** Gives out the text of the lines as it comes, line breaks included. */
export function createTimedLines(emit: (text: string) => void): TimedLines {
  let decoder = new StringDecoder('utf8');
  let newest: string | undefined;
  /** What was the newest when the connection began: up to it, lines have been seen. */
  let seen: string | undefined;
  let time = '';
  let place: 'TIME' | 'TEXT' | 'SKIPPED' = 'TIME';

  function begin(text: string, from: number): number {
    const end = text.indexOf(' ', from);
    const taken = text.slice(from, end < 0 ? undefined : end);
    time += taken;
    if (end < 0 && time.length <= LONGEST_TIME) return text.length;
    place = seen !== undefined && !isLater(time, seen) ? 'SKIPPED' : 'TEXT';
    if (place === 'TEXT') newest = time;
    time = '';
    return end < 0 ? text.length : end + 1;
  }

  return {
    write: (chunk) => {
      const text = decoder.write(chunk);
      for (let at = 0; at < text.length;) {
        if (place === 'TIME') {
          at = begin(text, at);
          continue;
        }
        const end = text.indexOf('\n', at);
        const next = end < 0 ? text.length : end + 1;
        if (place === 'TEXT') emit(text.slice(at, next));
        if (end >= 0) place = 'TIME';
        at = next;
      }
    },
    reconnect: () => {
      decoder = new StringDecoder('utf8');
      if (place === 'TEXT') emit('\n');
      seen = newest;
      time = '';
      place = 'TIME';
    },
    newest: () => newest,
  };
}

/** Fractions have as many digits as they need. */
function isLater(one: string, other: string): boolean {
  return padded(one) > padded(other);
}

function padded(time: string): string {
  const [, whole = time, fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z?$/u.exec(time) ?? [];
  return `${whole}.${fraction.padEnd(9, '0')}`;
}
