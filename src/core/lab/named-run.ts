// The run that a story names.

import { parseRunName, queueEntity, runEntity } from '../ids.ts';
import { newestAttempt, type QueueState } from '../queue/queue.ts';
import { type RunState } from '../run/state.ts';
import { type World } from './world.ts';

/** The run of that name, `penguins/1`, in its newest attempt unless the name says which; undefined if there is none. */
export function runNamed(world: World, name: string): RunState | undefined {
  const parsed = parseRunName(name);
  if (parsed === undefined) return undefined;
  const { workflowId, number } = parsed;
  const queue = world.entity(workflowId, queueEntity(workflowId)) as QueueState | undefined;
  const attempt = parsed.attempt ?? (queue === undefined ? undefined : newestAttempt(queue, number)) ?? 1;
  return world.entity(workflowId, runEntity({ ...parsed, attempt })) as RunState | undefined;
}
