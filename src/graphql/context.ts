// What every resolver is given: the use cases, who asks, and what this request has read already.

import { type Engine } from '../engine/engine.ts';
import { type Logger } from '../ports/logger.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What lasts as long as the server. */
export interface Surroundings {
  readonly engine: Engine;
  readonly logger: Logger;
  /** The version of this server. */
  readonly version: string;
  /** The time for what is not a commit, such as a SNAPSHOT. */
  readonly now: () => number;
}

/** The context of one request, or of one subscription. */
export interface Context extends Surroundings {
  /** Who asks, for the audit. */
  readonly actor: string;
  readonly requestId: string;
  readonly loaders: Loaders;
}

/** Makes the context of one request. */
export function createContext(surroundings: Surroundings, actor: string, requestId: string): Context {
  return { ...surroundings, actor, requestId, loaders: createLoaders(surroundings.engine) };
}
