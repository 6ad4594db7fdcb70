// Ways to break deletion and contracts, each of which the simulation must notice. Each is a mistake that someone could make.

import { type Edit } from './break-engine.ts';

const contracts = 'core/partition/signal/contracts.ts';

/** The mistakes, with the snippets that make them. */
export const keepingBreakages: readonly { readonly name: string; readonly edits: readonly Edit[] }[] = [
  {
    name: 'the triggers of a deleted workflow go on listening',
    edits: [{ file: 'core/partition/workflow/delete-workflow.ts', find: '  disarmAll(turn, workflow);\n', put: '' }],
  },
  {
    name: 'what a step publishes is not held against the contract',
    edits: [
      {
        file: contracts,
        find: 'const fitting = signals.filter((signal) => faultsOf(contract, signal).length === 0);',
        put: 'const fitting = signals;',
      },
    ],
  },
  {
    name: 'what was refused is published again whatever it is',
    edits: [
      {
        file: contracts,
        find: 'const published = publishFitting(turn, name, [again], refused.by);',
        put: 'const published = success(publishSignals(turn, name, [again], refused.by));',
      },
    ],
  },
];
