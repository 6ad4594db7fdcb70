// Definitions by their hash: immutable, so a node keeps what it has read. The least recently used go first.

import { type Definition } from '../core/definition/model.ts';
import { decodeUtf8 } from '../core/utf8.ts';
import { type Blobs } from '../ports/blobs.ts';

/** The definitions that a node has at hand. */
export interface Definitions {
  /** One that is in memory, or undefined. Fails for one that is known to be lost, so that only what needs it is set aside. */
  known(hash: string): Definition | undefined;
  /** One definition, read from the blobs if need be; fails if there is none of that hash. */
  load(hash: string): Promise<Definition>;
}

const mostKnown = 2_000;

/** Creates the cache of a node. */
export function createDefinitions(blobs: Blobs): Definitions {
  const known = new Map<string, Definition>();
  const lost = new Set<string>();
  return {
    known: (hash) => {
      if (lost.has(hash)) throw new DefinitionLostError(hash);
      return known.get(hash);
    },
    load: async (hash) => {
      const found = known.get(hash);
      if (found !== undefined) {
        known.delete(hash);
        known.set(hash, found);
        return found;
      }
      const content = await blobs.get(hash);
      if (content === undefined) {
        lost.add(hash);
        throw new DefinitionLostError(hash);
      }
      lost.delete(hash);
      const definition = JSON.parse(decodeUtf8(content)) as Definition;
      known.set(hash, definition);
      const [oldest] = known.keys();
      if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
      return definition;
    },
  };
}

/** The store has no definition of that hash, though a version names it: the database was damaged. */
export class DefinitionLostError extends Error {
  readonly code = 'DEFINITION_LOST';

  constructor(hash: string) {
    super(`The definition ${hash} is not among the blobs.`);
  }
}
