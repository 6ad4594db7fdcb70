import { describe, expect, test } from 'vitest';
import { breakEngine } from './break-engine.ts';
import { choicesOf } from './choices.ts';
import { permitsBreakages } from './permits-breakages.ts';
import { permits } from './permits.ts';
import { runSeeds, seedsAsked, seedsFrom } from './run-seeds.ts';
import { simulate } from './simulate.ts';

/** So many seeds are tried on an engine that is broken on purpose. */
const mostSeeds = 60;

const file = 'test/sim/permits.test.ts';
const asked = seedsAsked();
const seeds = asked ?? seedsFrom(1, 40);

test(
  'whatever goes wrong, what goes on has its permits, no more are held than there are, and none are lost',
  { timeout: asked === undefined ? 120_000 : 3_600_000 },
  async () => {
    expect((await runSeeds(seeds, file, permits)).join('\n')).toBe('');
  },
);

describe('permits that are broken on purpose are found out', () => {
  test.each(permitsBreakages)('$name', { timeout: 120_000 }, async ({ edits }) => {
    const broken = await breakEngine(edits);
    let mistake: string | undefined;
    for (let seed = 1; mistake === undefined && seed <= mostSeeds; seed++)
      [mistake] = (await simulate(choicesOf(seed), broken, { workload: permits })).wrong;
    expect(mistake, `${String(mostSeeds)} seeds do not find it`).toBeDefined();
  });
});
