// Fields of `WhatIf` that take arguments.

import { badInput } from '../../errors/bad-input.ts';
import { type WhatIfResolvers } from '../../generated/resolvers.ts';

const MOST = 1_000;

/** Resolves the runs. */
export const WhatIf: WhatIfResolvers = {
  runs: ({ all }, { first, outcomes }) => {
    if (first < 1 || first > MOST) throw badInput(`\`first\` is a whole number from 1 to ${String(MOST)}.`);
    const wanted = outcomes ?? ['MOVED', 'LOST', 'GAINED'];
    return all.filter(({ outcome }) => wanted.includes(outcome)).slice(0, first);
  },
};
