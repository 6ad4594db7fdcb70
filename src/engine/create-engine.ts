// The engine, put together: one node, and the use cases on it.

import { createAsk } from './ask.ts';
import { createDefinitions } from './definitions.ts';
import { type Engine } from './engine.ts';
import { clearingUp } from './left-behind.ts';
import { createNode, type EngineNode } from './node.ts';
import { type Identity, type Outside } from './outside.ts';
import { createReader } from './reader.ts';
import { activateVersion, applyWorkflow, validateWorkflow } from './use-cases/apply-workflow.ts';
import { applyBulk, previewBulk } from './use-cases/bulk.ts';
import { createBackfills } from './use-cases/backfills.ts';
import { createContractCases } from './use-cases/contracts.ts';
import { createWorkflowKeeping } from './use-cases/change-workflow.ts';
import { createRunControl } from './use-cases/control-runs.ts';
import { createRestarts } from './use-cases/restarts.ts';
import { explain } from './use-cases/explain.ts';
import { planWorkflow } from './use-cases/plan-workflow.ts';
import { createPools } from './use-cases/pools.ts';
import { publishSignals } from './use-cases/publish-signals.ts';
import { createIterationReader } from './use-cases/read-iterations.ts';
import { createLists } from './use-cases/read-lists.ts';
import { createViews } from './use-cases/read-views.ts';
import { readPending } from './use-cases/read-pending.ts';
import { createRunReader } from './use-cases/read-runs.ts';
import { readSignal, readTrigger, readTriggers, readWorkflow } from './use-cases/read-workflows.ts';
import { rebuild } from './use-cases/rebuild.ts';
import { release } from './use-cases/release.ts';
import { createTemplates } from './use-cases/templates.ts';
import { resetTrigger } from './use-cases/reset-trigger.ts';
import { createWhatIf } from './use-cases/what-if/ask-what-if.ts';
import { head, watch } from './use-cases/watch.ts';
import { createLogReader } from './use-cases/watch-logs.ts';
import { readSignalType } from './use-cases/who-listens.ts';
import { withBeneath } from './use-cases/watch-beneath.ts';
import { watchRun } from './use-cases/watch-run.ts';

/** An engine with its life. */
export interface RunningEngine extends Engine {
  /** Joins the fleet and takes what is free. */
  start(): Promise<void>;
  /** Drains, hands over and leaves. */
  stop(): Promise<void>;
}

/** Creates an engine on its ports. */
export function createEngine(outside: Outside, identity: Identity): RunningEngine {
  const definitions = createDefinitions(outside.blobs);
  const node = createNode(outside, identity, definitions);
  const reader = createReader(outside, node);
  const ask = createAsk(outside, node);
  const runs = createRunReader(outside, node, reader, definitions);
  const parts = { outside, node, reader, ask, runs, definitions };
  const control = { ...createRunControl(node, ask, reader, runs), ...createRestarts(parts) };
  const lists = createLists(outside, node, reader);
  const bulk = { outside, node, control, lists };
  const views = createViews(outside, node, parts);
  const watching = { ...parts, views };
  const workflow: Engine['workflow'] = (workflowId) => readWorkflow(parts, workflowId);
  const signal: Engine['signal'] = (id) => readSignal(parts, id);
  let stopClearing = (): void => undefined;

  return {
    start: async () => {
      await node.start();
      stopClearing = clearingUp(outside, runs);
    },
    stop: async () => {
      stopClearing();
      await node.stop();
    },
    isReady: () => node.rows().length === node.partitions() && node.rows().every((row) => row.owner !== undefined),
    server: () => Promise.resolve(serverOf(node, identity)),

    applyWorkflow: (input, caller) => applyWorkflow(parts, input, caller),
    validateWorkflow: (input) => validateWorkflow(parts, input),
    ...createTemplates({ ...parts, lists }),
    planWorkflow: (input) => planWorkflow(parts, input),
    activateVersion: (input, caller) => activateVersion(parts, input, caller),
    publishSignals: (signals, caller, options) => publishSignals(parts, signals, caller, options),
    ...control,
    ...createWorkflowKeeping(node, ask, reader),
    previewBulk: (wish) => previewBulk(bulk, wish),
    applyBulk: (token, caller) => applyBulk(bulk, token, caller),
    rebuild: () => rebuild(outside, node),
    release: (id, caller) => release(node, ask, id, caller),

    workflow,
    definition: (hash) => definitions.load(hash),
    triggersOf: (state) => readTriggers(parts, state),
    trigger: (id) => readTrigger(parts, id),
    pendingOf: (trigger, limit) => readPending(parts, trigger, limit),
    resetTrigger: (id, caller) => resetTrigger(parts, id, caller),
    signal,
    signalType: (name) => readSignalType(parts, name),
    run: async (target, atLeast) => {
      if (atLeast !== undefined) await reader.projectedTo(atLeast);
      const place = await runs.place(target);
      return place === undefined ? undefined : runs.view(place);
    },
    timeline: (run, last) => runs.timeline(run, last),
    ...createBackfills(parts),
    ...createWhatIf(parts),
    ...createPools(parts),
    ...createContractCases(parts),
    ...createIterationReader(node, reader, runs),
    ...views,
    ...lists,
    explain: (id) => explain({ ...parts, signal }, id),

    head: () => head(parts),
    watch: (watched, after) => watch(parts, watched, after),
    watchRun: (run, after, beneath) => {
      const changes = watchRun(parts, run, after);
      return beneath === true ? withBeneath(watching, changes, { run, after }) : changes;
    },
    ...createLogReader(outside, runs),
  };
}

function serverOf(node: EngineNode, { nodeId }: Identity): Awaited<ReturnType<Engine['server']>> {
  const owned = (incarnation: string): number => node.rows().filter((row) => row.owner === incarnation).length;
  return {
    nodeId,
    role: node.open(0) === undefined ? 'STANDBY' : 'OWNER',
    nodes: node.nodes().map(({ nodeId: name, address, incarnation }) => ({
      nodeId: name,
      address,
      partitions: owned(incarnation),
    })),
  };
}
