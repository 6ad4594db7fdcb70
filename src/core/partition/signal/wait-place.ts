// Which signal of which step waits, and what is known of the search for it: what messages about waits carry.

import { type EntityId } from '../../ids.ts';
import { type Clause } from '../../definition/model.ts';
import { type Instant } from '../../time.ts';

/** One signal of one step that waits. */
export interface WaitPlace {
  readonly run: EntityId;
  readonly step: number;
  /** Its place in the list of the step. */
  readonly place: number;
  /** How often the step has asked. */
  readonly round: number;
}

/** A search for a signal that was published before. */
export interface LookingBack {
  readonly name: string;
  readonly wait: WaitPlace;
  readonly where: readonly Clause[];
  /** Only what was published then or later counts. Absent: whenever it was. */
  readonly from?: Instant;
  /** Only signals with a smaller number are still to be looked at. */
  readonly before: number;
}
