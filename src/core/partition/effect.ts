// What an event makes the engine do outside, once it is durable. Timers are no effects: they follow from the directory.

import { type EntityId } from '../ids.ts';
import { type EntityEvent } from './entity.ts';

/** Something to be done outside, with the newest attempt of a step as it stands after the commit. */
export type Effect =
  /** Hand it to an executor; `again` if it was out before. */
  | { readonly type: 'StartAttempt'; readonly run: EntityId; readonly step: number; readonly again: boolean }
  /** Tell it to end. */
  | { readonly type: 'CancelAttempt'; readonly run: EntityId; readonly step: number };

/** The effect of an event, if it has one. */
export function effectOf(entity: EntityId, event: EntityEvent): Effect | undefined {
  if (event.type === 'AttemptStarted' || event.type === 'AttemptRedispatched') {
    return { type: 'StartAttempt', run: entity, step: event.step, again: event.type === 'AttemptRedispatched' };
  }
  return event.type === 'AttemptCancelling' ? { type: 'CancelAttempt', run: entity, step: event.step } : undefined;
}
