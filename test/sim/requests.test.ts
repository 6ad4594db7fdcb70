import { describe, expect, test } from 'vitest';
import { breakEngine } from './break-engine.ts';
import { choicesOf } from './choices.ts';
import { requestsBreakages } from './requests-breakages.ts';
import { requests } from './requests.ts';
import { runSeeds, seedsAsked, seedsFrom } from './run-seeds.ts';
import { simulate } from './simulate.ts';

/** So many seeds are tried on an engine that is broken on purpose. */
const mostSeeds = 20;

const file = 'test/sim/requests.test.ts';
const asked = seedsAsked();
const seeds = asked ?? seedsFrom(1, 20);

test(
  'whatever goes wrong, an answer is judged as the step says and nobody is asked too early',
  { timeout: asked === undefined ? 120_000 : 3_600_000 },
  async () => {
    expect((await runSeeds(seeds, file, requests)).join('\n')).toBe('');
  },
);

describe('judging that is broken on purpose is found out', () => {
  test.each(requestsBreakages)('$name', { timeout: 120_000 }, async ({ edits }) => {
    const broken = await breakEngine(edits);
    let mistake: string | undefined;
    for (let seed = 1; mistake === undefined && seed <= mostSeeds; seed++)
      [mistake] = (await simulate(choicesOf(seed), broken, { workload: requests })).wrong;
    expect(mistake, `${String(mostSeeds)} seeds do not find it`).toBeDefined();
  });
});
