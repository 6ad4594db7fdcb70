// A line as it stands and as it reads when escapes are resolved: percent-encoding, with and without `+` for a blank, and the
// backslashes of JSON and shells. Every character of a reading knows the place in the line that it comes from.

/** One way to read a line. */
export interface Reading {
  readonly text: string;
  /** Where the character at this place, or the end, begins in the line. */
  readonly placeOf: (index: number) => number;
}

/** All readings of a line that differ from one another, the line itself first. */
export function readingsOf(line: string): readonly Reading[] {
  const readings: Reading[] = [{ text: line, placeOf: (index) => index }];
  if (line.includes('\\')) {
    const unescaped = resolved(line, BACKSLASH, backslashAt);
    readings.push(unescaped);
    if (unescaped.text.includes('\\'))
      readings.push(within(unescaped, resolved(unescaped.text, BACKSLASH, backslashAt)));
  }
  if (line.includes('%')) readings.push(resolved(line, PERCENT, percentAt));
  if (line.includes('+')) readings.push(resolved(line, PERCENT_OR_PLUS, percentOrPlusAt));
  return readings;
}

const BACKSLASH = /\\/gu;
const PERCENT = /%/gu;
const PERCENT_OR_PLUS = /[%+]/gu;

/** What an escape stands for, and how long it is in the line. */
interface Escape {
  readonly text: string;
  readonly length: number;
}

/** Where a reading goes on behind an escape, and where the line does. */
interface Turn {
  readonly index: number;
  readonly place: number;
}

function resolved(line: string, signs: RegExp, escapeAt: (line: string, at: number) => Escape | undefined): Reading {
  const turns: Turn[] = [];
  let text = '';
  let done = 0;
  for (const { index: at } of line.matchAll(signs)) {
    const escape = at < done ? undefined : escapeAt(line, at);
    if (escape === undefined) continue;
    text += line.slice(done, at) + escape.text;
    done = at + escape.length;
    turns.push({ index: text.length, place: done });
  }
  return { text: text + line.slice(done), placeOf: (index) => placeIn(turns, index) };
}

/** An escape begins where the character does that it stands for, and ends where the next one begins. */
function placeIn(turns: readonly Turn[], index: number): number {
  const before = turns.findLast((turn) => turn.index <= index) ?? { index: 0, place: 0 };
  return before.place + index - before.index;
}

/** A reading of a reading, with places in the line itself. */
function within(outer: Reading, inner: Reading): Reading {
  return { text: inner.text, placeOf: (index) => outer.placeOf(inner.placeOf(index)) };
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);

function backslashAt(line: string, at: number): Escape | undefined {
  if (line[at] !== '\\' || at + 1 === line.length) return undefined;
  const next = line.charAt(at + 1);
  const hex = next === 'u' ? /^[0-9a-f]{4}/iu.exec(line.slice(at + 2, at + 6))?.[0] : undefined;
  if (hex !== undefined) return { text: String.fromCharCode(Number.parseInt(hex, 16)), length: 6 };
  const text = LETTERS.get(next);
  if (text !== undefined) return { text, length: 2 };
  return /[A-Za-z0-9]/u.test(next) ? undefined : { text: next, length: 2 };
}

function percentOrPlusAt(line: string, at: number): Escape | undefined {
  return line[at] === '+' ? { text: ' ', length: 1 } : percentAt(line, at);
}

/** One character, of as many bytes as its first says; what is no UTF-8 is a byte of its own. */
function percentAt(line: string, at: number): Escape | undefined {
  const first = byteAt(line, at);
  if (first === undefined) return undefined;
  const size = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const bytes = Array.from({ length: size }, (_, index) => byteAt(line, at + 3 * index));
  const known = bytes.filter((byte) => byte !== undefined);
  if (known.length < size) return { text: '\ufffd', length: 3 };
  return { text: Buffer.from(known).toString('utf8'), length: 3 * size };
}

function byteAt(line: string, at: number): number | undefined {
  if (line[at] !== '%') return undefined;
  const hex = /^[0-9a-f]{2}/iu.exec(line.slice(at + 1, at + 3))?.[0];
  return hex === undefined ? undefined : Number.parseInt(hex, 16);
}
