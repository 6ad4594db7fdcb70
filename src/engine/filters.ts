// Which runs, workflows, signals and lines of the audit a list shows. Every field narrows further.

import { type Entry } from '../core/json.ts';
import { type RunCause, type RunStatus } from '../core/run/state.ts';
import { type Instant } from '../core/time.ts';

/** A stretch of time: from its beginning on, and before its end. */
export interface TimeRange {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** Which runs to list; only the newest attempt of each. */
export interface RunsFilter {
  readonly workflowId?: string;
  /** One of these. */
  readonly workflowIds?: readonly string[];
  readonly status?: readonly RunStatus[];
  readonly cause?: readonly RunCause['kind'][];
  /** All of these. */
  readonly labels?: readonly Entry<string>[];
  readonly created?: TimeRange;
  readonly started?: TimeRange;
  readonly ended?: TimeRange;
  readonly scheduledFor?: TimeRange;
  /** The name of the trigger that started it, also where it was restarted since. */
  readonly trigger?: string;
  /** The name of the signal that started it. */
  readonly signal?: string;
  /** Who started or restarted it. */
  readonly actor?: string;
  readonly backfill?: string;
  /** The name of a signal that a step of it waits for now. */
  readonly awaits?: string;
  /** Who answers for its workflow now. */
  readonly owner?: string;
  /** How its name begins: `penguins/1`. */
  readonly prefix?: string;
  /** What its workflow's id, a label, or what started it contains. Read row by row. */
  readonly text?: string;
  readonly version?: number;
}

/** Which workflows to list. */
export interface WorkflowsFilter {
  readonly prefix?: string;
  readonly owner?: string;
  readonly labels?: readonly Entry<string>[];
  /** How the run ended, or stands, that was made last. */
  readonly lastRun?: readonly RunStatus[];
  /** What its id, name, owner or a label contains. */
  readonly text?: string;
  /** Only those that were deleted; absent: only those that were not. */
  readonly deleted?: boolean;
  /** Whether its triggers are kept from starting runs. */
  readonly paused?: boolean;
}

/** In which order workflows come: by their creation, by id, or by when something last happened to them or to their last run. */
export type WorkflowsOrder = 'CREATED' | 'ID' | 'ACTIVITY';

/** Which published signals to list. */
export interface SignalsFilter {
  readonly name?: string;
  readonly published?: TimeRange;
  /** Parameters with exactly these values. Read row by row: narrow by name as well. */
  readonly params?: readonly Entry<string | number | boolean | null>[];
  readonly publishedBy?: string;
}

/** Which lines of the audit to list. */
export interface AuditFilter {
  readonly actor?: string;
  /** Types of commands, such as `StopRun`. */
  readonly operations?: readonly string[];
  /** The id of what it was about, as it is outside. */
  readonly about?: string;
  readonly at?: TimeRange;
}
