// Letting an entity take part again that an error of ours set aside.

import { type EntityId, nameOf } from '../../core/ids.ts';
import { type Ask } from '../ask.ts';
import { type Answer, type Caller } from '../answer.ts';
import { type EngineNode } from '../node.ts';

/** Releases an entity of a workflow: a run, a trigger, a queue or the workflow itself. */
export async function release(node: EngineNode, ask: Ask, entity: EntityId, caller: Caller): Promise<Answer<EntityId>> {
  const [workflowId = ''] = nameOf(entity).split('/');
  const scope = { target: entity, args: null };
  const asked = await ask(node.partitionOf(workflowId), { type: 'Release', entity }, caller, scope);
  return asked.ok ? { ok: true, value: entity, cursor: [asked.place], replayed: asked.replayed } : asked;
}
