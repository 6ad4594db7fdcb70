// Why: finds what is asked about and lets the core explain it.

import { explainQuarantine } from '../../core/explanation/explain-quarantine.ts';
import { explainRun } from '../../core/explanation/explain-run.ts';
import { explainSignal } from '../../core/explanation/explain-signal.ts';
import { explainStep } from '../../core/explanation/explain-step.ts';
import { explainTrigger } from '../../core/explanation/explain-trigger.ts';
import { type Explanation } from '../../core/explanation/explanation.ts';
import { graphOf } from '../../core/definition/graph.ts';
import { type EntityId, parseRunName, queueEntity, triggerEntity, workflowEntity } from '../../core/ids.ts';
import { type Engine, type RunView } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';
import { type RunReader } from './read-runs.ts';

/** What explaining reads through. */
export interface ExplainParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
  readonly runs: RunReader;
  readonly signal: Engine['signal'];
}

/** Explains what a public id names: a run, step, workflow, trigger or signal. Undefined if there is no such thing. */
export async function explain(parts: ExplainParts, id: string): Promise<Explanation | undefined> {
  const kind = id.slice(0, id.indexOf(':'));
  const name = id.slice(id.indexOf(':') + 1);
  switch (kind) {
    case 'run':
      return run(parts, name);
    case 'step':
      return step(parts, name);
    case 'workflow':
      return workflow(parts, name);
    case 'trigger':
      return trigger(parts, id as EntityId, name.slice(0, name.indexOf('/')));
    case 'signal': {
      const signal = await parts.signal(id as EntityId);
      return signal === undefined ? undefined : explainSignal(signal);
    }
    default:
      return undefined;
  }
}

async function runNamed({ runs }: ExplainParts, name: string): Promise<RunView | undefined> {
  const target = parseRunName(name);
  if (target === undefined) return undefined;
  const { attempt, ...named } = target;
  const place = await runs.place({ ...named, ...(attempt === undefined ? {} : { attempt }) });
  return place === undefined ? undefined : runs.view(place);
}

async function run(parts: ExplainParts, name: string): Promise<Explanation | undefined> {
  const view = await runNamed(parts, name);
  if (view === undefined) return undefined;
  const setAside = explainQuarantine(`run:${name}`, view.state);
  if (setAside !== undefined) return setAside;
  const { workflowId } = view.state;
  const queue = await parts.reader.entity('queue', queueEntity(workflowId), parts.node.partitionOf(workflowId));
  return explainRun(view.state, view.definition, queue?.state, name);
}

async function step(parts: ExplainParts, name: string): Promise<Explanation | undefined> {
  const cut = name.lastIndexOf('/');
  const runName = name.slice(0, cut);
  const view = await runNamed(parts, runName);
  const index = view && graphOf(view.definition).indexes.get(name.slice(cut + 1));
  return view === undefined || index === undefined
    ? undefined
    : explainStep(view.state, view.definition, index, runName);
}

async function trigger(parts: ExplainParts, id: EntityId, workflowId: string): Promise<Explanation | undefined> {
  const read = await parts.reader.entity('trigger', id, parts.node.partitionOf(workflowId));
  if (read === undefined) return undefined;
  const setAside = explainQuarantine(id, read.state);
  if (setAside !== undefined) return setAside;
  const { definition } = read.state;
  if (definition.kind !== 'signal') return explainTrigger(id, read.state, []);
  const recent = await parts.outside.projections.page('signals', {
    where: { name: definition.signal },
    order: 'NEWEST_FIRST',
    limit: 1,
  });
  return explainTrigger(
    id,
    read.state,
    recent.rows.map(({ row }) => row.signal),
  );
}

async function workflow(parts: ExplainParts, workflowId: string): Promise<Explanation | undefined> {
  const read = await parts.reader.entity('workflow', workflowEntity(workflowId), parts.node.partitionOf(workflowId));
  if (read === undefined) return undefined;
  const { state } = read;
  const setAside = explainQuarantine(`workflow:${workflowId}`, state);
  if (setAside !== undefined) return setAside;
  const triggers = await Promise.all(
    state.triggers.map((name) => trigger(parts, triggerEntity(workflowId, name), workflowId)),
  );
  const reasons = triggers.flatMap((explanation) => explanation?.reasons.slice(0, 1) ?? []);
  const [first] = reasons;
  if (first !== undefined) return { id: `workflow:${workflowId}`, summary: first.text, reasons };
  return {
    id: `workflow:${workflowId}`,
    summary: `"${workflowId}" has no trigger, so it runs only when someone starts it: downbeat run ${workflowId}.`,
    reasons: [
      {
        code: 'NO_TRIGGERS',
        text: 'It has no trigger.',
        unblock: 'Add `triggers:` to its definition, or start it by hand.',
      },
    ],
  };
}
