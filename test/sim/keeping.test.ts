import { describe, expect, test } from 'vitest';
import { breakEngine } from './break-engine.ts';
import { choicesOf } from './choices.ts';
import { runSeeds, seedsAsked, seedsFrom } from './run-seeds.ts';
import { simulate } from './simulate.ts';
import { keepingBreakages } from './keeping-breakages.ts';
import { keeping } from './keeping.ts';

/** So many seeds are tried on an engine that is broken on purpose. */
const mostSeeds = 20;

const file = 'test/sim/keeping.test.ts';
const asked = seedsAsked();
const seeds = asked ?? seedsFrom(1, 60);

test(
  'whatever goes wrong, what is deleted starts nothing, and what is published meets its contract',
  { timeout: asked === undefined ? 120_000 : 3_600_000 },
  async () => {
    expect((await runSeeds(seeds, file, keeping)).join('\n')).toBe('');
  },
);

describe('deletion and contracts that are broken on purpose are found out', () => {
  test.each(keepingBreakages)('$name', { timeout: 120_000 }, async ({ edits }) => {
    const broken = await breakEngine(edits);
    let mistake: string | undefined;
    for (let seed = 1; mistake === undefined && seed <= mostSeeds; seed++)
      [mistake] = (await simulate(choicesOf(seed), broken, { workload: keeping })).wrong;
    expect(mistake, `${String(mostSeeds)} seeds do not find it`).toBeDefined();
  });
});
