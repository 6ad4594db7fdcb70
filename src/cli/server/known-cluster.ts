// The cluster of `kubernetes` steps, as `doctor` looks at it.

import { type Result } from '../../core/result.ts';

/** A cluster that the settings name. */
export interface KnownCluster {
  /** Asks it for pods, with the rights that steps will have: where they run, or why they cannot. */
  look(): Promise<Result<string, string>>;
}
