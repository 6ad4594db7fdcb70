// Loads what a turn needs into a partition's memory. The store's failures are waited out; what is lost for good is not.

import { type Needs } from '../core/partition/gathering.ts';
import { type Milliseconds } from '../core/time.ts';
import { type Definitions } from './definitions.ts';
import { type Outside } from './outside.ts';
import { type PartitionMemory } from './partition-memory.ts';
import { pause } from './periodic.ts';

const longestPause: Milliseconds = 1_000;

/** Loads, and tries again until it has or nobody wants it any more. */
export async function loadNeeds(
  parts: {
    readonly outside: Outside;
    readonly definitions: Definitions;
    readonly memory: PartitionMemory;
    readonly isWanted: () => boolean;
  },
  needs: Needs,
): Promise<void> {
  const { outside, memory } = parts;
  for (let tries = 0; parts.isWanted(); tries++) {
    try {
      const [found] = await Promise.all([
        needs.entities.length === 0 ? [] : outside.entities.load(needs.entities),
        // A definition that is lost is no reason to wait: deciding without it sets aside what needs it.
        needs.definitions.length === 0 ? undefined : parts.definitions.loadAll(needs.definitions),
      ]);
      memory.loaded(needs.entities, found);
      return;
    } catch (error) {
      if (tries === 0) outside.logger.error('entities could not be loaded', error, { entities: needs.entities.length });
      await pause(outside, Math.min(longestPause, 20 * 2 ** tries));
    }
  }
}
