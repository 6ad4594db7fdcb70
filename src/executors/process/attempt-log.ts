// What an attempt says: lines of both streams as they come, at most so many and so much, then silence.
// The step itself is never slowed down or stopped by it. Secrets are hidden in all of it.

import { type Instant } from '../../core/time.ts';
import { type AttemptListener, type LogLine } from '../../ports/executor.ts';
import { type AttemptLimits } from './limits.ts';
import { type Mask } from './mask.ts';
import { createLineSplitter, type LineSplitter } from './line-splitter.ts';

/** The log of one attempt. */
export interface AttemptLog {
  readonly out: LineSplitter;
  readonly err: LineSplitter;
  /** Says something about the attempt in our own name; not counted. */
  readonly system: (text: string) => void;
  /** The last line on stderr that is not blank, also if it was dropped. */
  lastError(): string | undefined;
}

/** What the log of an attempt is made of. */
export interface AttemptLogOptions {
  readonly listener: AttemptListener;
  readonly now: () => Instant;
  readonly limits: AttemptLimits;
  readonly mask: Mask;
  /** Lines on stdout that begin with this are ours. Absent: none. */
  readonly ownLines?: string | undefined;
}

/** Makes the log of one attempt. */
export function createAttemptLog({ listener, now, limits, mask, ownLines }: AttemptLogOptions): AttemptLog {
  let lines = 0;
  let bytes = 0;
  let full = false;
  let lastError: string | undefined;
  const system = (text: string): void => {
    listener.log({ at: now(), stream: 'system', text: mask.hide(text) });
  };
  const say = (stream: LogLine['stream'], text: string): void => {
    if (full) return;
    lines += 1;
    bytes += Buffer.byteLength(text) + 1;
    full = lines > limits.logLines || bytes > limits.logBytes;
    if (full) system(dropped(limits));
    else listener.log({ at: now(), stream, text });
  };
  const sayOut = (text: string): void => {
    if (ownLines !== undefined && text.startsWith(ownLines)) say('system', text.slice(ownLines.length));
    else say('out', text);
  };
  const sayError = (text: string): void => {
    if (text.trim() !== '') lastError = text;
    say('err', text);
  };
  const out = createLineSplitter(limits.lineLength, sayOut, mask);
  const err = createLineSplitter(limits.lineLength, sayError, mask);
  return {
    // Once full, stdout is not even decoded: a step that floods costs the server as little as can be.
    out: {
      write: (chunk) => {
        if (!full) out.write(chunk);
      },
      end: out.end,
    },
    err,
    system,
    lastError: () => lastError,
  };
}

function dropped(limits: AttemptLimits): string {
  const most = `${String(limits.logLines)} lines or ${String(limits.logBytes)} bytes`;
  return `The log of an attempt holds at most ${most}: the rest of the output is dropped, and the step goes on.`;
}
