// An engine for tests of the transports: one workflow with one run, everything in plain objects. Tests replace what they need.

import { type Definition } from '../../src/core/definition/model.ts';
import { signalEntity, triggerEntity } from '../../src/core/ids.ts';
import { type RunState } from '../../src/core/run/state.ts';
import { type SignalState } from '../../src/core/signal/signal.ts';
import { type WorkflowState } from '../../src/core/workflow/workflow.ts';
import { NO_POOLS } from '../../src/core/pool/pools.ts';
import { type Engine, type RunView } from '../../src/engine/engine.ts';

/** The place that everything of this engine reflects. */
export const cursor = [{ partition: 3, n: 17, i: 0 }];

/** Two steps, the second after the first. */
export const definition: Definition = {
  id: 'penguins',
  name: 'Which penguin is it?',
  description: 'Tells penguins apart.',
  labels: [],
  runStrategy: { kind: 'sequential' },
  params: [{ name: 'island', type: 'string', value: 'Biscoe' }],
  triggers: [],
  steps: ['clean', 'train'].map((id, index) => ({
    id,
    needs: index === 0 ? [] : [{ step: 'clean' }],
    work: { kind: 'shell', script: 'true' },
    env: [],
    outputs: [],
    artifacts: [],
    retry: { user: 0, platform: 0, timeout: 0, backoff: { first: 1_000, longest: 60_000 } },
  })),
  files: [],
};

/** The workflow, in its first version. */
export const workflow: WorkflowState = {
  kind: 'workflow',
  workflowId: 'penguins',
  name: 'Which penguin is it?',
  createdAt: 1_000,
  updatedAt: 2_000,
  versions: [{ version: 1, definition: 'hash-1', appliedAt: 1_000, appliedBy: 'ada' }],
  active: 1,
  triggers: ['cron'],
  triggersPaused: false,
};

/** Run 12: one step done, one that runs. */
export const run: RunState = {
  kind: 'run',
  workflowId: 'penguins',
  number: 12,
  attempt: 1,
  status: 'RUNNING',
  version: 1,
  definition: 'hash-1',
  params: [{ name: 'island', type: 'string', value: 'Dream' }],
  labels: [],
  cause: { kind: 'MANUAL', actor: 'ada' },
  createdAt: 3_000,
  startedAt: 3_500,
  steps: [
    {
      status: 'SUCCEEDED',
      attempts: [{ number: 1, token: 't', host: 'h', startedAt: 3_500, endedAt: 4_000 }],
      outputs: [{ name: 'rows', value: 342 }],
      artifacts: [{ path: 'out/clean.csv', hash: 'a'.repeat(64), size: 10 }],
      startedAt: 3_500,
      endedAt: 4_000,
    },
    { status: 'NOT_CREATED', attempts: [], outputs: [], artifacts: [] },
  ],
  superseded: false,
};

/** The run with its definition. */
export const view: RunView = { state: run, definition, cursor };

/** A signal that nobody listens to. */
export const signal: SignalState = {
  kind: 'signal',
  id: signalEntity('01JD8Z3V6Q5T7X9B2C4E6G8H0K'),
  name: 'measurements.ready',
  sequence: 7,
  params: [{ name: 'rows', value: 342 }],
  occurredAt: 5_000,
  publishedAt: 5_001,
  publishedBy: 'ada',
  awaited: [],
  verdicts: [{ trigger: triggerEntity('penguins', 'cron'), verdict: 'PAUSED' }],
  more: 0,
};

const nothing = async (): Promise<undefined> => undefined;
const done = <T>(value: T) => ({ ok: true as const, value, cursor, replayed: false });

async function* silence(): AsyncGenerator<never, void> {
  // A watch in which nothing happens.
}

/** The engine, with some use cases of the test's own. */
export function engineOfOneWorkflow(changed: Partial<Engine> = {}): Engine {
  return {
    applyWorkflow: async () => done({ workflow, version: 1, changed: true, armed: true }),
    planWorkflow: async () => ({ ok: false, refusals: [] }),
    whatIf: async () => ({ ok: false, refusals: [] }),
    activateVersion: async () => done({ workflow, version: 1, changed: false, armed: true }),
    validateWorkflow: async () => ({ workflowId: 'penguins', files: [], refusals: [] }),
    startRun: async () => done(view),
    stopRun: async () => done(view),
    killRun: async () => done(view),
    pauseRun: async () => done(view),
    resumeRun: async () => done(view),
    restartRun: async () => done(view),
    forkRun: async () => done(view),
    resumeStep: async () => done(view),
    setBreakpoint: async () => done(workflow),
    clearBreakpoint: async () => done(workflow),
    skipStep: async () => done(view),
    bypassSignals: async () => done(view),
    retryStep: async () => done(view),
    unblockWorkflow: async () => done(workflow),
    updateWorkflow: async () => done(workflow),
    deleteWorkflow: async () => done(workflow),
    previewBulk: async ({ action }) => ({
      token: 'token',
      action,
      matching: 0,
      covered: 0,
      byStatus: [],
      sample: [],
      refusals: [],
    }),
    applyBulk: async () => ({ ok: false, refusals: [] }),
    audit: async () => ({ rows: [], more: false, cursor }),
    countAudit: async () => 0,
    planBackfill: async () => ({ ok: false, refusals: [] }),
    applyBackfill: async () => ({ ok: false, refusals: [] }),
    holdBackfill: async () => ({ ok: false, refusals: [] }),
    backfill: nothing,
    backfillLines: async () => [],
    backfills: async () => ({ rows: [], more: false, cursor }),
    countBackfills: async () => 0,
    applyTemplate: async () => ({ ok: false, refusals: [] }),
    planTemplate: async () => ({ ok: false, refusals: [] }),
    template: nothing,
    templates: async () => ({ rows: [], more: false, cursor }),
    countTemplates: async () => 0,
    usesOfTemplate: async () => [],
    applyPool: async () => ({ ok: false, refusals: [] }),
    deletePool: async () => ({ ok: false, refusals: [] }),
    pools: async () => ({ ledger: NO_POOLS, now: 0, cursor }),
    applySignalType: async () => ({ ok: false, refusals: [] }),
    planSignalType: async () => ({ ok: false, failure: [] }),
    republish: async () => done(signal),
    dismiss: async () => ({ ok: false, refusals: [] }),
    refusedPublications: nothing,
    publishingSteps: async () => [],
    waitingSteps: async () => [],
    publishSignals: async (signals) => done(signals.map(() => signal)),
    pauseTriggers: async () => done(workflow),
    resumeTriggers: async () => done(workflow),
    resetTrigger: async () => ({ ok: false, refusals: [] }),
    pendingOf: async () => [],
    workflow: async (id) => (id === 'penguins' ? workflow : undefined),
    definition: async () => definition,
    triggersOf: async () => [],
    trigger: nothing,
    run: async ({ workflowId, number }) => (workflowId === 'penguins' && number === 12 ? view : undefined),
    iterations: async () => ({ rows: [], more: false }),
    loopOutputs: nothing,
    rollup: async () => ({ total: 0, counts: {}, attention: [], isWhole: true, tally: [], workflows: [] }),
    aggregated: async () => ({ status: 'RUNNING', steps: [] }),
    nestedSteps: () => [],
    flattened: async () => ({ rows: [] }),
    flattenedCounts: async () => ({}),
    signal: async () => signal,
    signalType: nothing,
    workflows: async () => ({ rows: [], more: false, cursor }),
    runs: async () => ({ rows: [], more: false, cursor }),
    signals: async () => ({ rows: [], more: false, cursor }),
    countWorkflows: async () => 0,
    countRuns: async () => 0,
    countSignals: async () => 0,
    timeline: async () => [],
    explain: nothing,
    watchRun: silence,
    watch: silence,
    watchLogs: silence,
    logTail: async () => [],
    rebuild: async () => 0,
    release: async (id) => done(id),
    head: async () => cursor,
    server: async () => ({ nodeId: 'node-1', role: 'OWNER', nodes: [] }),
    isReady: () => true,
    ...changed,
  };
}
