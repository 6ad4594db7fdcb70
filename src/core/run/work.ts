// What the rules of a run work with: its state as it changes, and what the command brought along.

import { type Definition } from '../definition/model.ts';
import { type Entry } from '../json.ts';
import { type Random } from '../random.ts';
import { type Instant } from '../time.ts';
import { type RunEvent } from './events.ts';
import { type RunState } from './state.ts';

/** One run within one turn of its partition. */
export interface RunWork {
  /** The state after all that was emitted so far. */
  readonly run: RunState;
  readonly definition: Definition;
  readonly now: Instant;
  readonly host: string;
  readonly random: Random;
  /** Records an event, and moves `run` on. */
  emit(event: RunEvent): void;
  /** Announces a signal, in the same commit. */
  publish(name: string, params: readonly Entry[], step: string): void;
  /** Whether the commit is long enough: what is left goes on in the next. */
  isFull(): boolean;
}
