// Resetting a trigger on several signals: what waits for it has expired, with who wanted it and why.

import { type EntityId, nameOf } from '../../core/ids.ts';
import { type Ask } from '../ask.ts';
import { type TriggerView } from '../engine.ts';
import { type Answer, type Caller } from '../answer.ts';
import { readTrigger, type ReadParts } from './read-workflows.ts';

/** Drops what waits for a trigger. */
export async function resetTrigger(
  parts: ReadParts & { readonly ask: Ask },
  id: EntityId,
  caller: Caller,
): Promise<Answer<TriggerView>> {
  const name = nameOf(id);
  const workflowId = name.slice(0, name.indexOf('/'));
  const trigger = name.slice(name.indexOf('/') + 1);
  const asked = await parts.ask(
    parts.node.partitionOf(workflowId),
    { type: 'ResetTrigger', workflowId, trigger },
    caller,
    {
      target: name,
      args: null,
    },
  );
  if (!asked.ok) return asked;
  const value = await readTrigger(parts, id);
  if (value === undefined) throw new Error(`${id} was reset and is not there`);
  return { ok: true, value, cursor: [asked.place], replayed: asked.replayed };
}
