// Ways to break permits, each of which the simulation must notice. Each is a mistake that someone could make.

import { type Edit } from './break-engine.ts';

const grants = 'core/pool/grants.ts';
const ledger = 'core/partition/pool/permits.ts';

/** The mistakes, with the snippets that make them. */
export const permitsBreakages: readonly { readonly name: string; readonly edits: readonly Edit[] }[] = [
  {
    name: 'a step that ends keeps its permits',
    edits: [
      { file: ledger, find: 'if (had !== undefined) tell(turn', put: 'if (had !== undefined && step < 0) tell(turn' },
    ],
  },
  {
    name: 'a step begins with some of what it needs',
    edits: [
      {
        file: grants,
        find: 'const isGranted = names.size === 0;',
        put: 'const isGranted = names.size < limited.length;',
      },
    ],
  },
  {
    name: 'small requests pass a large one',
    edits: [{ file: grants, find: 'for (const pool of names) closed.add(pool);', put: '' }],
  },
  {
    name: 'something is set aside for one that waits for a loop',
    edits: [{ file: grants, find: 'if (isGranted || !full.some(({ pool }) => outer.has(pool))) take(', put: 'take(' }],
  },
  {
    name: 'a pool that was made larger lets nobody in',
    edits: [
      {
        file: 'core/partition/pool/pools.ts',
        find: 'grantPermits(turn);\n  }\n  return success({',
        put: '}\n  return success({',
      },
    ],
  },
  {
    name: 'a step that is tried again goes on with what it had',
    edits: [
      {
        file: 'core/run/permits.ts',
        find: 'if (wants.length === 0) return true;',
        put: 'if (wants.length === 0 || (work.run.steps[index]?.asked ?? 0) > 1) return true;',
      },
    ],
  },
];
