// What a run is started on: one signal, or several that came together.

import { type EntityId } from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { type FoldedSignal, type JoinedSignal } from '../../run/state.ts';

/** What a run is started on. */
export interface Occasion {
  /** The signal that came last. */
  readonly last: { readonly signal: EntityId; readonly name: string; readonly params: readonly Entry[] };
  /** For a join: every signal that the run takes. */
  readonly joined?: readonly JoinedSignal[];
  /** Where signals are folded: all that the run takes, the last included, in the order in which they came. */
  readonly folded?: readonly FoldedSignal[];
  /** For a join: the slots that nothing fills, by what the run would call them. */
  readonly unfilled?: readonly string[];
}
