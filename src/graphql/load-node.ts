// Whatever a global id names, or null.

import { type EntityId } from '../core/ids.ts';
import { type Context } from './context.ts';
import { type PublicId } from './parse/public-id.ts';
import { backfillOf, type BackfillSource } from './present/backfill.ts';
import { runOf, type RunSource } from './present/run.ts';
import { signalOf, type SignalSource } from './present/signal.ts';
import { stepNamed, type StepSource } from './present/step.ts';
import { templateOf, type TemplateSource } from './present/template.ts';
import { triggerOf, type TriggerSource } from './present/trigger.ts';
import { workflowOf, type WorkflowSource } from './present/workflow.ts';

/** Anything with a global id. */
export type NodeSource =
  BackfillSource | RunSource | SignalSource | StepSource | TemplateSource | TriggerSource | WorkflowSource;

/** Loads what the id names. */
export async function loadNode(context: Context, id: PublicId): Promise<NodeSource | null> {
  const { loaders } = context;
  switch (id.kind) {
    case 'workflow': {
      const state = await loaders.workflow(id.workflowId);
      return state === undefined ? null : workflowOf(state);
    }
    case 'template': {
      const view = await context.engine.template(id.templateId);
      return view === undefined ? null : templateOf(view.state);
    }
    case 'run': {
      const view = await loaders.run(id.run);
      return view === undefined ? null : runOf(view);
    }
    case 'step': {
      const view = await loaders.run(id.run);
      return view === undefined ? null : (stepNamed(view, id.stepId) ?? null);
    }
    case 'backfill': {
      const view = await context.engine.backfill(id.entity);
      return view === undefined ? null : backfillOf(view);
    }
    case 'trigger':
      return loadTrigger(context, id.entity);
    case 'signal': {
      const state = await loaders.signal(id.entity);
      return state === undefined ? null : signalOf(state);
    }
  }
}

async function loadTrigger({ engine }: Context, id: EntityId): Promise<TriggerSource | null> {
  const view = await engine.trigger(id);
  return view === undefined ? null : triggerOf(view);
}
