import { describe, expect, test } from 'vitest';
import { backfillsBreakages } from './backfills-breakages.ts';
import { backfills } from './backfills.ts';
import { breakEngine } from './break-engine.ts';
import { choicesOf } from './choices.ts';
import { runSeeds, seedsAsked, seedsFrom } from './run-seeds.ts';
import { simulate } from './simulate.ts';

/** So many seeds are tried on an engine that is broken on purpose. */
const mostSeeds = 20;

const file = 'test/sim/backfills.test.ts';
const asked = seedsAsked();
const seeds = asked ?? seedsFrom(1, 25);

test(
  'whatever goes wrong, a backfill makes one run for each line and none before a live one',
  { timeout: asked === undefined ? 120_000 : 3_600_000 },
  async () => {
    expect((await runSeeds(seeds, file, backfills)).join('\n')).toBe('');
  },
);

describe('backfills that are broken on purpose are found out', () => {
  test.each(backfillsBreakages)('$name', { timeout: 120_000 }, async ({ edits }) => {
    const broken = await breakEngine(edits);
    let mistake: string | undefined;
    for (let seed = 1; mistake === undefined && seed <= mostSeeds; seed++)
      [mistake] = (await simulate(choicesOf(seed), broken, { workload: backfills })).wrong;
    expect(mistake, `${String(mostSeeds)} seeds do not find it`).toBeDefined();
  });
});
