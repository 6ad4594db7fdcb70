import { describe, expect, test } from 'vitest';
import { breakEngine } from './break-engine.ts';
import { choicesOf } from './choices.ts';
import { controlFlowBreakages } from './control-flow-breakages.ts';
import { controlFlow } from './control-flow.ts';
import { runSeeds, seedsAsked, seedsFrom } from './run-seeds.ts';
import { simulate } from './simulate.ts';

/** So many seeds are tried on an engine that is broken on purpose. */
const mostSeeds = 100;

const file = 'test/sim/control-flow.test.ts';
const asked = seedsAsked();
const blocks = asked === undefined ? [0, 100, 200].map((from) => seedsFrom(1 + from, 100)) : [asked];

test.each(blocks.map((seeds) => ({ seeds, name: `${String(seeds[0])} to ${String(seeds.at(-1))}` })))(
  'whatever goes wrong in seeds $name, loops, children and strategies keep what they promise',
  { timeout: asked === undefined ? 120_000 : 3_600_000 },
  async ({ seeds }) => {
    expect((await runSeeds(seeds, file, controlFlow)).join('\n')).toBe('');
  },
);

describe('control flow that is broken on purpose is found out', () => {
  test.each(controlFlowBreakages)('$name', { timeout: 120_000 }, async ({ edits }) => {
    const broken = await breakEngine(edits);
    let mistake: string | undefined;
    for (let seed = 1; mistake === undefined && seed <= mostSeeds; seed++)
      [mistake] = (await simulate(choicesOf(seed), broken, { workload: controlFlow })).wrong;
    expect(mistake, `${String(mostSeeds)} seeds do not find it`).toBeDefined();
  });
});
