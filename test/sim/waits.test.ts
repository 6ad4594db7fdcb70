import { describe, expect, test } from 'vitest';
import { breakEngine } from './break-engine.ts';
import { choicesOf } from './choices.ts';
import { runSeeds, seedsAsked, seedsFrom } from './run-seeds.ts';
import { simulate } from './simulate.ts';
import { waitsBreakages } from './waits-breakages.ts';
import { waits } from './waits.ts';

/** So many seeds are tried on an engine that is broken on purpose. */
const mostSeeds = 20;

const file = 'test/sim/waits.test.ts';
const asked = seedsAsked();
const seeds = asked ?? seedsFrom(1, 60);

test(
  'whatever goes wrong, no step that waits misses a signal or takes one twice',
  { timeout: asked === undefined ? 120_000 : 3_600_000 },
  async () => {
    expect((await runSeeds(seeds, file, waits)).join('\n')).toBe('');
  },
);

describe('waits that are broken on purpose are found out', () => {
  test.each(waitsBreakages)('$name', { timeout: 120_000 }, async ({ edits }) => {
    const broken = await breakEngine(edits);
    let mistake: string | undefined;
    for (let seed = 1; mistake === undefined && seed <= mostSeeds; seed++)
      [mistake] = (await simulate(choicesOf(seed), broken, { workload: waits })).wrong;
    expect(mistake, `${String(mostSeeds)} seeds do not find it`).toBeDefined();
  });
});
