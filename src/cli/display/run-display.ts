// How a watched run is shown, whatever the output.

import { type RunChangeView } from '../operations/operations.ts';
import { type RunProgress } from './run-progress.ts';

/** Shows changes as they come. */
export interface RunDisplay {
  show(before: RunProgress, change: RunChangeView): void;
  readonly connection: (event: 'lost' | 'resumed') => void;
  /** Ends the drawing, and lets go of what draws it. */
  close(): void;
}

/** What is said when a stream breaks and when it goes on. */
export const CONNECTION_WORDS = { lost: 'Connection lost, resuming…', resumed: 'Connected again.' } as const;
