// Ways to break waits, each of which the simulation must notice. Each is a mistake that someone could make.

import { type Edit } from './break-engine.ts';

const lookBack = 'core/partition/signal/look-back.ts';

/** The mistakes, with the snippets that make them. */
export const waitsBreakages: readonly { readonly name: string; readonly edits: readonly Edit[] }[] = [
  {
    name: 'a name answers a step and does not put down who asks',
    edits: [
      {
        file: lookBack,
        find: 'if (known?.interest.includes(from) !== true) turn.emit(',
        put: 'if (known?.interest.includes(from) !== true && from < 0) turn.emit(',
      },
    ],
  },
  {
    name: 'looking back leaves out the last signal',
    edits: [{ file: lookBack, find: 'before: since + 1', put: 'before: since' }],
  },
  {
    name: 'a step that waits misses the first signal after its answer',
    edits: [{ file: 'core/run/wait.ts', find: 'sequence > signal.listening', put: 'sequence > signal.listening + 1' }],
  },
];
