import { describe, expect, test } from 'vitest';
import { breakEngine } from './break-engine.ts';
import { choicesOf } from './choices.ts';
import { joinsBreakages } from './joins-breakages.ts';
import { joins } from './joins.ts';
import { runSeeds, seedsAsked, seedsFrom } from './run-seeds.ts';
import { simulate } from './simulate.ts';

/** So many seeds are tried on an engine that is broken on purpose. */
const mostSeeds = 30;

const file = 'test/sim/joins.test.ts';
const asked = seedsAsked();
const seeds = asked ?? seedsFrom(1, 40);

test(
  'whatever goes wrong, joins match what an oracle matches, and account for every signal',
  { timeout: asked === undefined ? 120_000 : 3_600_000 },
  async () => {
    expect((await runSeeds(seeds, file, joins)).join('\n')).toBe('');
  },
);

describe('joins that are broken on purpose are found out', () => {
  test.each(joinsBreakages)('$name', { timeout: 120_000 }, async ({ edits }) => {
    const broken = await breakEngine(edits);
    let mistake: string | undefined;
    for (let seed = 1; mistake === undefined && seed <= mostSeeds; seed++)
      [mistake] = (await simulate(choicesOf(seed), broken, { workload: joins })).wrong;
    expect(mistake, `${String(mostSeeds)} seeds do not find it`).toBeDefined();
  });
});
