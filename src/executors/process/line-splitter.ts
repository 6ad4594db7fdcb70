// Bytes in, lines out, live. Safe over chunk borders inside a character; never holds more than one line of bounded length.

import { StringDecoder } from 'node:string_decoder';

/** Takes the bytes of one stream. */
export interface LineSplitter {
  readonly write: (chunk: Buffer) => void;
  /** Gives out what is left without a line break. Call once, at the stream's end. */
  readonly end: () => void;
}

/** Hides what nobody may see in the first `limit` characters of a line. */
export interface Hiding {
  hide(line: string, limit: number): string;
  /** How many characters beyond the limit it has to see for that. */
  reach(): number;
}

const NOTHING_TO_HIDE: Hiding = { hide: (line, limit) => line.slice(0, limit), reach: () => 0 };

/**
 * Splits a stream of UTF-8 into lines without their breaks. What is not UTF-8 becomes U+FFFD. A line longer than `limit`
 * characters is given out once, cut and marked, and the rest of it is skipped.
 */
export function createLineSplitter(
  limit: number,
  emit: (line: string) => void,
  hiding: Hiding = NOTHING_TO_HIDE,
): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let pending = '';
  let skipping = false;
  const finish = (part: string): void => {
    if (!skipping) emitWhole(pending + part);
    pending = '';
    skipping = false;
  };
  const emitWhole = (line: string): void => {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    emit(text.length > limit ? cut(text, limit, hiding) : hiding.hide(text, limit));
  };
  const hold = (part: string): void => {
    if (skipping) return;
    pending += part;
    // One more than the limit may be held: it could be the `\r` of a line break.
    if (pending.length <= limit + hiding.reach() + 1) return;
    emit(cut(pending, limit, hiding));
    pending = '';
    skipping = true;
  };
  const take = (text: string): void => {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      finish(text.slice(start, end));
      start = end + 1;
    }
    if (start < text.length) hold(text.slice(start));
  };
  return {
    write: (chunk) => {
      take(decoder.write(chunk));
    },
    end: () => {
      take(decoder.end());
      if (pending !== '') finish('');
    },
  };
}

function cut(text: string, limit: number, hiding: Hiding): string {
  const last = text.charCodeAt(limit - 1);
  const halved = last >= 0xd800 && last <= 0xdbff;
  return `${hiding.hide(text, halved ? limit - 1 : limit)} … [cut: the line is longer than ${String(limit)} characters]`;
}
