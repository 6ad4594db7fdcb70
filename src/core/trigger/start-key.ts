// The first start of a workflow under one idempotency key of its triggers: every later one under it makes no run.

import { type EntityId } from '../ids.ts';
import { type Instant } from '../time.ts';

/** A key that was used. */
export interface StartKeyState {
  readonly kind: 'startKey';
  readonly workflowId: string;
  readonly key: string;
  /** The trigger that started the run, by its name. */
  readonly trigger: string;
  readonly run: EntityId;
  readonly at: Instant;
}

/** A trigger started a run under a key that nobody had used. */
export interface StartKeyEvent {
  readonly type: 'StartKeyTaken';
  readonly workflowId: string;
  readonly key: string;
  readonly trigger: string;
  readonly run: EntityId;
}

/** How many characters a key may have. */
export const longestStartKey = 200;

/** The state after an event. */
export function evolveStartKey({ type: _, ...taken }: StartKeyEvent, at: Instant): StartKeyState {
  return { kind: 'startKey', ...taken, at };
}
