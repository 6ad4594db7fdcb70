// Why: finds what is asked about and lets the core explain it.

import { explainBackfill } from '../../core/explanation/explain-backfill.ts';
import { explainPermits } from '../../core/explanation/explain-permits.ts';
import { explainQuarantine } from '../../core/explanation/explain-quarantine.ts';
import { explainRun } from '../../core/explanation/explain-run.ts';
import { explainSignal, wentNowhere } from '../../core/explanation/explain-signal.ts';
import { explainStep } from '../../core/explanation/explain-step.ts';
import { explainTrigger } from '../../core/explanation/explain-trigger.ts';
import { explainWorkflow } from '../../core/explanation/explain-workflow.ts';
import { absenceBehind, missedByRun } from '../../core/explanation/explain-missed.ts';
import { type Explanation, type Reason } from '../../core/explanation/explanation.ts';
import { graphOf } from '../../core/definition/graph.ts';
import {
  type EntityId,
  parseRunName,
  queueEntity,
  signalEntity,
  signalTypeEntity,
  runEntity,
  triggerEntity,
  workflowEntity,
} from '../../core/ids.ts';
import { isOpen } from '../../core/run/awaiting.ts';
import { type SignalState } from '../../core/signal/signal.ts';
import { type Definitions } from '../definitions.ts';
import { type Engine, type RunView } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';
import { readPending } from './read-pending.ts';
import { readLedger } from './pools.ts';
import { type RunReader } from './read-runs.ts';
import { readListening } from './who-listens.ts';

/** How many buckets are told one by one. */
const mostBuckets = 20;

/** What explaining reads through. */
export interface ExplainParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
  readonly runs: RunReader;
  readonly definitions: Definitions;
  readonly signal: Engine['signal'];
}

/** Explains what a public id names: a run, step, workflow, trigger, signal or backfill. Undefined if there is no such thing. */
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
    case 'backfill': {
      const read = await parts.reader.entity(
        'backfill',
        id as EntityId,
        parts.node.partitionOf(name.split('/')[0] ?? ''),
      );
      return read === undefined ? undefined : explainBackfill(id as EntityId, read.state);
    }
    case 'trigger':
      return trigger(parts, id as EntityId, name.slice(0, name.indexOf('/')), { isAlone: true });
    case 'signal': {
      const signal = await parts.signal(id as EntityId);
      if (signal === undefined) return undefined;
      return wentNowhere(signal)
        ? explainSignal(signal, await readListening(parts, signal.name))
        : explainSignal(signal);
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
  const explanation = explainRun(view.state, view.definition, queue?.state, name);
  return { ...explanation, reasons: [...explanation.reasons, ...(await missed(parts, view))] };
}

/** What was missing when a run was made that an absence started. */
async function missed(parts: ExplainParts, { state }: RunView): Promise<readonly Reason[]> {
  const cause = absenceBehind(state.cause);
  if (cause === undefined) return [];
  const { workflowId } = state;
  const [read, listening] = await Promise.all([
    parts.reader.entity('trigger', triggerEntity(workflowId, cause.trigger), parts.node.partitionOf(workflowId)),
    readListening(parts, cause.name),
  ]);
  return missedByRun(runEntity({ ...state, attempt: 1 }), cause, { trigger: read?.state, listening });
}

async function step(parts: ExplainParts, name: string): Promise<Explanation | undefined> {
  const cut = name.lastIndexOf('/');
  const runName = name.slice(0, cut);
  const view = await runNamed(parts, runName);
  const index = view && graphOf(view.definition).indexes.get(name.slice(cut + 1));
  if (view === undefined || index === undefined) return undefined;
  const setAside = explainQuarantine(`run:${runName}`, view.state);
  if (setAside !== undefined) return { ...setAside, id: `step:${name}` };
  const explanation = explainStep(view.state, view.definition, index, {
    runName,
    recent: await recentOf(parts, view, index),
  });
  const permits = view.state.steps[index]?.permits;
  if (permits === undefined || permits.granted !== undefined) return explanation;
  const place = { run: runEntity(view.state), step: index, ask: permits.ask };
  const reason = explainPermits(permits.stepId, place, await readLedger(parts));
  return reason === undefined ? explanation : { ...explanation, summary: reason.text, reasons: [reason] };
}

/** The newest signal of each name that a step waits for. */
async function recentOf(parts: ExplainParts, { state }: RunView, step: number): Promise<readonly SignalState[]> {
  const { status, awaiting } = state.steps[step] ?? {};
  if (status !== 'WAITING_FOR_SIGNALS' || awaiting === undefined) return [];
  const names = new Set(awaiting.signals.filter(isOpen).map(({ signal }) => signal));
  const found = await Promise.all(
    Array.from(names, async (name) => {
      const type = await parts.reader.entity('signalType', signalTypeEntity(name), parts.node.partitionOf(name));
      const newest = type?.state.recent?.signals.at(-1);
      return newest === undefined ? undefined : parts.signal(signalEntity(newest.id));
    }),
  );
  return found.filter((signal) => signal !== undefined);
}

/** `isAlone`: it is what was asked about, so that who waits for a missed signal is worth looking up. */
async function trigger(
  parts: ExplainParts,
  id: EntityId,
  workflowId: string,
  { isAlone }: { readonly isAlone: boolean },
): Promise<Explanation | undefined> {
  const read = await parts.reader.entity('trigger', id, parts.node.partitionOf(workflowId));
  if (read === undefined) return undefined;
  const setAside = explainQuarantine(id, read.state);
  if (setAside !== undefined) return setAside;
  const { definition, missed: missing } = read.state;
  if (isAlone && missing !== undefined && missing.resolved === undefined && 'signal' in definition)
    return explainTrigger(id, read.state, { listening: await readListening(parts, definition.signal) });
  const pending = await readPending(parts, { id, state: read.state }, mostBuckets);
  if (definition.kind !== 'signal' || pending.length > 0) return explainTrigger(id, read.state, { pending });
  const recent = await parts.outside.projections.page('signals', {
    where: { name: definition.signal },
    order: 'NEWEST_FIRST',
    limit: 1,
  });
  return explainTrigger(id, read.state, { recent: recent.rows.map(({ row }) => row.signal) });
}

async function workflow(parts: ExplainParts, workflowId: string): Promise<Explanation | undefined> {
  const read = await parts.reader.entity('workflow', workflowEntity(workflowId), parts.node.partitionOf(workflowId));
  if (read === undefined) return undefined;
  const { state } = read;
  const setAside = explainQuarantine(`workflow:${workflowId}`, state);
  if (setAside !== undefined) return setAside;
  const triggers = await Promise.all(
    state.triggers.map((name) => trigger(parts, triggerEntity(workflowId, name), workflowId, { isAlone: false })),
  );
  const queue = await parts.reader.entity('queue', queueEntity(workflowId), parts.node.partitionOf(workflowId));
  return explainWorkflow(
    state,
    queue?.state,
    triggers.filter((explanation) => explanation !== undefined),
  );
}
