// The place on a terminal that is drawn over again and again.

import { type CliOutput } from '../io.ts';

/** Draws lines over the lines that it drew before. */
export interface Screen {
  draw(lines: readonly string[]): void;
  /** Leaves the last drawing where it is and gives the cursor back. */
  leave(): void;
}

const CURSOR_OFF = '\u001B[?25l';
const CURSOR_ON = '\u001B[?25h';
const BELOW = '\u001B[J';

/** A screen on an output that is a terminal. Lines must not be wider than it. */
export function createScreen(output: CliOutput): Screen {
  let drawn: readonly string[] = [];
  const back = (): string => (drawn.length === 0 ? '' : `\r\u001B[${String(drawn.length)}A`);
  return {
    draw: (lines) => {
      if (lines.length > 0 && lines.join('\n') === drawn.join('\n')) return;
      output.write(`${CURSOR_OFF}${back()}${BELOW}${lines.map((line) => `${line}\n`).join('')}`);
      drawn = lines;
    },
    leave: () => {
      output.write(CURSOR_ON);
      drawn = [];
    },
  };
}
