// By how much a run starts later than its time says: so that not all that is due at midnight starts at midnight. The same
// trigger and time give the same delay on every machine and after every restart; it is worked out, never kept.

import { type TriggerDefinition } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { randomOf } from '../random.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import { isTimed } from '../definition/is-timed.ts';

/** The delay of one time of a trigger: at least 0, less than its `jitter`. */
export function delayOf(id: EntityId, definition: TriggerDefinition, fire: Instant): Milliseconds {
  const jitter = isTimed(definition) ? (definition.jitter ?? 0) : 0;
  if (jitter === 0) return 0;
  return Math.floor((randomOf(hash(`${id} ${String(fire)}`))() / 2 ** 32) * jitter);
}

/** FNV-1a of a text, 32 bits. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) bits = Math.imul(bits ^ text.charCodeAt(place), 0x01000193);
  return bits >>> 0;
}
