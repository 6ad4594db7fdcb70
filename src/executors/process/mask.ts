// Hides the secrets of an attempt in everything it says.
// M1 Each form of a secret (`secret-forms.ts`) is hidden in each reading of a line (`readings.ts`), overlapping ones whole.
// M2 What a line break or a cut tore apart is hidden too, in pieces of at least 8 characters of a secret of at least 16.
// M3 Without secrets it costs nothing.

import { createFormIndex, type Finding, type Span } from './form-index.ts';
import { readingsOf } from './readings.ts';
import { formsOf } from './secret-forms.ts';

/** Knows the secrets of an attempt. */
export interface Mask {
  /** Hides this value from now on; false if it is too short for that. */
  learn(name: string, value: string): boolean;
  /** The first `limit` characters of the line, with dots for secrets. One that begins within the limit is hidden whole. */
  hide(line: string, limit?: number): string;
  /** The name of a secret that stands in the text. */
  find(text: string): string | undefined;
  /** How many characters beyond a limit must be known to tell a secret that begins before it. */
  reach(): number;
}

const DOTS = '•••';
/** How many characters an escape takes at most for one: percent-encoding, for three bytes. */
const LONGEST_ESCAPE = 9;
/** Farther on, what is torn by the limit is found as a piece. */
const FARTHEST_REACH = 64 * 1024;
const OF_BASE64 = /[A-Za-z0-9+/_-]/u;

/** Makes a mask that knows no secret yet. */
export function createMask(): Mask {
  const index = createFormIndex();
  let longest = 0;
  return {
    learn: (name, value) => {
      const forms = formsOf(value);
      for (const form of forms) {
        if (!index.has(form.text)) index.add({ ...form, name });
        longest = Math.max(longest, form.text.length + form.before + form.after);
      }
      return forms.length > 0;
    },
    hide: (line, limit = line.length) => {
      if (index.size() === 0) return line.slice(0, limit);
      const torn = { from: line.length - line.trimStart().length, to: line.trimEnd().length };
      const spans = readingsOf(line).flatMap(({ text, placeOf }, nth) =>
        index.findings(text, nth === 0 ? torn : undefined).map((finding) => {
          const { from, to } = withEdges(text, finding);
          return { from: placeOf(from), to: placeOf(to) };
        }),
      );
      return withDots(line, spans, limit);
    },
    find: (text) => {
      if (index.size() === 0) return undefined;
      return readingsOf(text).flatMap((reading) => index.findings(reading.text))[0]?.form.name;
    },
    reach: () => Math.min(longest * LONGEST_ESCAPE, FARTHEST_REACH),
  };
}

/** With the characters before and behind that hold a part of the secret too. */
function withEdges(text: string, finding: Finding): Span {
  const { before, after } = finding.form;
  let { from, to } = finding;
  while (from > Math.max(0, finding.from - before) && OF_BASE64.test(text.charAt(from - 1))) from -= 1;
  while (to < Math.min(text.length, finding.to + after) && OF_BASE64.test(text.charAt(to))) to += 1;
  return { from, to };
}

function withDots(line: string, spans: readonly Span[], limit: number): string {
  let shown = '';
  let done = 0;
  for (const { from, to } of [...spans].sort((one, other) => one.from - other.from)) {
    if (from >= limit) break;
    // One that overlaps with the one before, or touches it, only makes that longer.
    if (from > done || shown === '') shown += `${line.slice(done, from)}${DOTS}`;
    done = Math.max(done, to);
  }
  return done < limit ? shown + line.slice(done, limit) : shown;
}
