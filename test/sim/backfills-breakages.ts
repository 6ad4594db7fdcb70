// Ways to break backfills, each of which the simulation must notice. Each is a mistake that someone could make.

import { type Edit } from './break-engine.ts';

/** The mistakes, with the snippets that make them. */
export const backfillsBreakages: readonly { readonly name: string; readonly edits: readonly Edit[] }[] = [
  {
    name: 'a backfill does not look at how many of its runs go on',
    edits: [
      {
        file: 'core/partition/backfill/advance-backfill.ts',
        find: 'backfill.going.length >= backfill.plan.concurrency || ',
        put: '',
      },
    ],
  },
  {
    name: 'a run that came after a plan was made is not looked for when it is applied',
    edits: [
      {
        file: 'engine/use-cases/backfills.ts',
        find: 'if (plan.hash !== hash) {',
        put: 'if (plan.hash !== hash && hash.length > 99) {',
      },
      {
        file: 'engine/use-cases/backfills.ts',
        find: 'const whole = { plan, lines: now };',
        put: 'const whole = { plan: state.plan, lines };',
      },
    ],
  },
  {
    name: 'a run of a backfill waits in line with all others',
    edits: [
      {
        file: 'core/partition/run/start-run.ts',
        find: "return cause.kind === 'BACKFILL' ? { behind: true } : {};",
        put: "return cause.kind === 'LOOP' ? { behind: true } : {};",
      },
    ],
  },
];
