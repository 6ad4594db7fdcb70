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
  /** Reads several at once; those that are lost are known to be lost then. */
  loadAll(hashes: readonly string[]): Promise<void>;
}

/** As text; in memory they take several times as much. */
const mostBytes = 16_000_000;

/** Creates the cache of a node. */
export function createDefinitions(blobs: Blobs): Definitions {
  const known = new Map<string, { readonly definition: Definition; readonly size: number }>();
  const lost = new Set<string>();
  let bytes = 0;

  function keep(hash: string, content: Uint8Array): Definition {
    lost.delete(hash);
    const definition = JSON.parse(decodeUtf8(content)) as Definition;
    bytes += content.byteLength - (known.get(hash)?.size ?? 0);
    known.delete(hash);
    known.set(hash, { definition, size: content.byteLength });
    for (const [oldest, { size }] of known) {
      if (bytes <= mostBytes || oldest === hash) break;
      known.delete(oldest);
      bytes -= size;
    }
    return definition;
  }

  return {
    known: (hash) => {
      if (lost.has(hash)) throw new DefinitionLostError(hash);
      return known.get(hash)?.definition;
    },
    load: async (hash) => {
      const found = known.get(hash);
      if (found !== undefined) {
        known.delete(hash);
        known.set(hash, found);
        return found.definition;
      }
      const content = await blobs.get(hash);
      if (content !== undefined) return keep(hash, content);
      lost.add(hash);
      throw new DefinitionLostError(hash);
    },
    loadAll: async (hashes) => {
      const contents = await blobs.getAll(hashes);
      for (const hash of hashes) {
        const content = contents.get(hash);
        if (content === undefined) lost.add(hash);
        else keep(hash, content);
      }
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
