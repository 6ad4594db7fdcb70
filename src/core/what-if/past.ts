// What happened to one trigger, in the order in which it happened: what a replay is fed with, and what it comes to.

import { type Definition, type TriggerDefinition } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type FirstCause } from '../run/state.ts';
import { type TriggerVerdict } from '../signal/signal.ts';
import { type Instant } from '../time.ts';

/** A signal that was published. */
export interface PastSignal {
  readonly id: EntityId;
  readonly name: string;
  readonly sequence: number;
  readonly params: readonly Entry[];
  readonly occurredAt: Instant;
  readonly publishedAt: Instant;
  /** What the trigger really made of it. Absent: it did not hear it. */
  readonly verdict?: TriggerVerdict;
}

/** Something that happened to a trigger. */
export type Happening =
  /** A version with it came into force; of the names in `awaited` it hears only from a later `LISTENING` on. */
  | {
      readonly kind: 'ARMED';
      readonly at: Instant;
      readonly definition: Definition;
      readonly trigger: TriggerDefinition;
      readonly awaited: readonly string[];
    }
  /** It hears the signals of a name with numbers above `since`. */
  | { readonly kind: 'LISTENING'; readonly at: Instant; readonly name: string; readonly since: number }
  /** A version without it came into force, or the workflow was deleted. */
  | { readonly kind: 'DISARMED'; readonly at: Instant }
  | { readonly kind: 'PAUSED'; readonly at: Instant }
  | { readonly kind: 'RESUMED'; readonly at: Instant }
  /** Someone dropped what waited. */
  | { readonly kind: 'RESET'; readonly at: Instant }
  | { readonly kind: 'SIGNAL'; readonly at: Instant; readonly signal: PastSignal };

/** A time in which nobody looked at what was due: no server ran. */
export interface Sleep {
  readonly from: Instant;
  readonly to: Instant;
}

/** A run that a trigger made, or would have made. */
export interface TriggerStart {
  readonly at: Instant;
  readonly cause: FirstCause;
  readonly scheduledFor?: Instant;
}

/** A run that there really is. */
export interface RealStart extends TriggerStart {
  readonly number: number;
}

/**
 * The ULIDs of the signals that made a run, in the order of the trigger's items; none for times and absences. Of signals that were
 * folded into one run it is the last: the others are not on record everywhere.
 */
export function signalsOfStart({ cause }: TriggerStart): readonly string[] {
  if (cause.kind !== 'SIGNAL') return [];
  return cause.signals?.map(({ signal }) => signal) ?? [cause.signal];
}

/** The time that a run is told by: the one it is for, or when it was made. */
export function timeOf({ at, scheduledFor }: TriggerStart): Instant {
  return scheduledFor ?? at;
}

/** How many signals were folded into a run; 0 where none were. */
export function foldedIn({ cause }: TriggerStart): number {
  return cause.kind === 'SIGNAL' ? (cause.folded?.count ?? 0) : 0;
}
