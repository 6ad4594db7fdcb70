// Which entity a public id names that can be released: a run, a trigger or a workflow.

import { type EntityId, runEntity, templateEntity, workflowEntity } from '../../core/ids.ts';
import { failed, success } from '../../core/result.ts';
import { type Engine } from '../../engine/engine.ts';
import { type Read } from './both.ts';
import { type PublicId } from './public-id.ts';

/** Finds the entity; a run without an attempt means its newest. */
export async function findReleasable(engine: Engine, id: PublicId): Promise<Read<EntityId>> {
  switch (id.kind) {
    case 'workflow':
      return success(workflowEntity(id.workflowId));
    case 'trigger':
    case 'backfill':
      return success(id.entity);
    case 'run': {
      const view = await engine.run(id.run);
      if (view !== undefined) return success(runEntity(view.state));
      return failed([
        {
          code: 'NOT_FOUND',
          message: `There is no run "${id.run.workflowId}/${String(id.run.number)}".`,
          path: ['id'],
        },
      ]);
    }
    case 'template':
      return success(templateEntity(id.templateId));
    case 'step':
    case 'signal':
      return failed([
        {
          code: 'BAD_INPUT',
          message: `A ${id.kind} cannot be set aside; runs, triggers and workflows can.`,
          path: ['id'],
        },
      ]);
  }
}
