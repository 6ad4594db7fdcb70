// Ways to break what is made of answers, each of which the simulation must notice. Each is a mistake that someone could make.

import { type Edit } from './break-engine.ts';

/** The mistakes, with the snippets that make them. */
export const requestsBreakages: readonly { readonly name: string; readonly edits: readonly Edit[] }[] = [
  {
    name: 'an answer counts whatever the step expects',
    edits: [
      {
        file: 'core/run/http-answer.ts',
        find: 'if (holds.value === true) return undefined;',
        put: 'if (holds.value !== null) return undefined;',
      },
    ],
  },
  {
    name: 'whoever asks to be left alone is not heard',
    edits: [{ file: 'core/run/settle.ts', find: 'Math.max(pause, Math.min(wait, LONGEST_WAIT))', put: 'pause' }],
  },
];
