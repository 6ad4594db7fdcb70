// The real engine on memory adapters and the machine's clock: what scenarios and GraphQL operations are tried on.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryAlarmClock } from '../../src/adapters/memory/alarm-clock.ts';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createMemoryBus } from '../../src/adapters/memory/bus.ts';
import { createMemoryEntities } from '../../src/adapters/memory/entities.ts';
import { createMemoryHistory } from '../../src/adapters/memory/history.ts';
import { createMemoryInbox } from '../../src/adapters/memory/inbox.ts';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { createMemoryPartitions } from '../../src/adapters/memory/partitions.ts';
import { createMemoryProjections } from '../../src/adapters/memory/projections.ts';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { createMemoryStepLogs } from '../../src/adapters/memory/step-logs.ts';
import { createNodeClock } from '../../src/adapters/node/clock.ts';
import { createNodeRandomness } from '../../src/adapters/node/randomness.ts';
import { createEngine, type RunningEngine } from '../../src/engine/create-engine.ts';
import { type DefinitionInput } from '../../src/engine/definition-input.ts';
import { type RunView } from '../../src/engine/engine.ts';
import { defaultTiming, type Outside, type Timing } from '../../src/engine/outside.ts';
import { isTerminalRun } from '../../src/core/run/state.ts';
import { createLocalExecutor } from '../../src/executors/local.ts';
import { type Logger } from '../../src/ports/logger.ts';

/** An engine for a test, and the ports it stands on. */
export interface TestEngine {
  readonly engine: RunningEngine;
  readonly outside: Outside;
  /** Errors that the engine logged; a test that expects none should look. */
  readonly errors: readonly string[];
  /** Applies a definition and fails the test if it is refused. */
  apply(source: string, files?: DefinitionInput['files']): Promise<void>;
  /** Waits for the end of a run. */
  ended(name: string): Promise<RunView>;
  stop(): Promise<void>;
}

const caller = { actor: 'ada' };

/** Starts an engine on memory adapters; `replace` replaces single ports, `timing` single times. */
export async function createTestEngine(
  replace: Partial<Outside> = {},
  timing: Partial<Timing> = {},
): Promise<TestEngine> {
  const errors: string[] = [];
  const clock = createNodeClock();
  const now = (): number => Date.now();
  const blobs = createMemoryBlobs();
  const workRoot = await mkdtemp(join(tmpdir(), 'downbeat-test-'));
  const logger: Logger = {
    info: () => undefined,
    warn: () => undefined,
    error: (fact, error) => {
      errors.push(`${fact}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    },
  };
  const outside: Outside = {
    log: createMemoryLog(),
    entities: createMemoryEntities(),
    partitions: createMemoryPartitions(now),
    inbox: createMemoryInbox(),
    blobs,
    stepLogs: createMemoryStepLogs(),
    projections: createMemoryProjections(),
    history: createMemoryHistory(),
    bus: createMemoryBus(),
    alarmClock: createMemoryAlarmClock(clock, now),
    executor: createLocalExecutor({
      blobs,
      workRoot,
      serverUrl: () => 'http://127.0.0.1:4000',
      httpHosts: ['public', '127.0.0.1'],
      environment: process.env,
      secrets: createMemorySecrets(),
      now,
    }),
    clock,
    randomness: createNodeRandomness(),
    logger,
    at: () => undefined,
    ...replace,
  };
  const engine = createEngine(outside, {
    nodeId: 'test',
    address: 'http://127.0.0.1:4000',
    incarnation: outside.randomness.token(),
    isAlone: false,
    partitions: 16,
    timing: { ...defaultTiming, ...timing },
  });
  await engine.start();
  return {
    engine,
    outside,
    errors,
    apply: async (source, files = []) => {
      const answer = await engine.applyWorkflow({ source, files, activate: true }, caller);
      if (!answer.ok) throw new Error(answer.refusals.map((refusal) => refusal.message).join('\n'));
    },
    ended: async (name) => {
      const [workflowId = '', number = '1'] = name.split('/');
      for await (const change of engine.watchRun(await place(engine, workflowId, Number(number)))) {
        if (change.run !== undefined && isTerminalRun(change.run.state.status)) return change.run;
      }
      throw new Error(`${name} is not there`);
    },
    stop: async () => {
      await engine.stop();
      await rm(workRoot, { recursive: true, force: true });
    },
  };
}

async function place(
  engine: RunningEngine,
  workflowId: string,
  number: number,
): Promise<{ workflowId: string; number: number; attempt: number }> {
  const view = await engine.run({ workflowId, number });
  return { workflowId, number, attempt: view?.state.attempt ?? 1 };
}
