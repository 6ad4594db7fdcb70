import { expect, test } from 'vitest';
import { runSeeds, seedsAsked, seedsFrom } from './run-seeds.ts';

const file = 'test/sim/seeds-2.test.ts';
const asked = seedsAsked();
const blocks = asked === undefined ? [0, 100, 200, 300, 400].map((from) => seedsFrom(501 + from, 100)) : [asked];

test.each(blocks.map((seeds) => ({ seeds, name: `${String(seeds[0])} to ${String(seeds.at(-1))}` })))(
  'whatever goes wrong in seeds $name, nothing is lost, doubled, early, late for ever or out of order',
  { timeout: asked === undefined ? 120_000 : 3_600_000 },
  async ({ seeds }) => {
    expect((await runSeeds(seeds, file)).join('\n')).toBe('');
  },
);
