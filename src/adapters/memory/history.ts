// The past of runs, in memory.

import { type EntityId } from '../../core/ids.ts';
import { blockCodec, type StoredBlock } from '../../core/partition/stored/stored-block.ts';
import { type Excerpt, type History } from '../../ports/history.ts';
import { newerFormat } from '../../ports/newer-format-error.ts';
import { copy } from './copy.ts';

/** An excerpt with its events in the versions of their time. */
type Kept = Omit<Excerpt, 'block'> & { readonly block: StoredBlock };

/** Makes an empty history that lives as long as the object does. */
export function createMemoryHistory(): History {
  const runs = new Map<EntityId, Map<number, Kept>>();
  return {
    append: async (excerpts) => {
      for (const excerpt of excerpts) {
        const kept = runs.get(excerpt.run) ?? new Map<number, Kept>();
        if (!kept.has(excerpt.block.n)) kept.set(excerpt.block.n, keep(excerpt));
        runs.set(excerpt.run, kept);
      }
    },
    read: async (run, after, limit) =>
      [...(runs.get(run)?.values() ?? [])]
        .filter(({ block }) => block.n > after)
        .sort((one, other) => one.block.n - other.block.n)
        .slice(0, limit)
        .map(excerptOf),
  };
}

function keep(excerpt: Excerpt): Kept {
  return copy({ ...excerpt, block: blockCodec.encode(excerpt.block) });
}

function excerptOf(kept: Kept): Excerpt {
  const { block, ...more } = copy(kept);
  return { ...more, block: blockCodec.decode(block, newerFormat) };
}
