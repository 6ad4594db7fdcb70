// What is said of an entity that was set aside.

import { type Instant } from './time.ts';

/** An entity that an error of ours set aside takes part in nothing until it is released; the others go on. */
export interface Quarantinable {
  readonly quarantine?: { readonly reason: string; readonly at: Instant };
}
