// Text from elsewhere, made safe to show: a step's output or a parameter must not move the cursor, retitle the window or
// hide other lines.

const COLOUR = /\u001B\[[\d;]*m/gu;
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** Drops colours and spells out all other control characters, as `\x1b`; line breaks and tabs stay. */
export function printable(text: string): string {
  return text.replace(COLOUR, '').replace(/\r\n/gu, '\n').replace(CONTROL, spelled);
}

/** The same, on one line. */
export function printableLine(text: string): string {
  return printable(text)
    .replace(/\s*\n\s*/gu, ' ')
    .replaceAll('\t', '    ');
}

/** Cuts a text to a width, with `…` where something is missing. */
export function fit(text: string, width: number): string {
  const letters = Array.from(text);
  return letters.length <= width ? text : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

function spelled(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
}
