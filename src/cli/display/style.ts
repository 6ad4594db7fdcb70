// Colours for terminals that have them; the same text without for all others. Never the only carrier of a meaning.

import { type CliOutput } from '../io.ts';

/** The colours in use. */
export type Colour = 'green' | 'red' | 'yellow' | 'blue' | 'dim' | 'bold';

/** Puts a text into a colour, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  green: [32, 39],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** The paint for an output: none where it is no terminal or the user asked for plain text. */
export function paintFor(output: CliOutput, plainText: boolean): Paint {
  return output.isTerminal && !plainText ? colourful : plain;
}

/** Leaves the text as it is. */
export function plain(_colour: Colour, text: string): string {
  return text;
}

function colourful(colour: Colour, text: string): string {
  const [on, off] = CODES[colour];
  return text === '' ? '' : `\u001B[${String(on)}m${text}\u001B[${String(off)}m`;
}
