// Answers of a server, complete by the schema, with what a test wants different.

import { type Answers } from './fake-server.ts';
import { type FailureView, type RunView, type StepView } from '../../src/cli/operations/operations.ts';

export function aRun(different: Partial<RunView> = {}): RunView {
  return {
    id: 'run:penguins/12',
    number: 12,
    attempt: 1,
    workflowId: 'penguins',
    version: 1,
    status: 'RUNNING',
    isTerminal: false,
    cause: { text: 'ada started it', ...{ kind: 'MANUAL' } },
    scheduledFor: null,
    createdAt: '2026-11-22T06:00:00.000Z',
    startedAt: '2026-11-22T06:00:01.000Z',
    endedAt: null,
    url: '/runs/penguins/12',
    failure: null,
    ...different,
  };
}

export function aStep(stepId: string, status: string, different: Partial<StepView> = {}): StepView {
  const isOver = ['SUCCEEDED', 'COMPLETED_WITH_ERROR', 'SKIPPED', 'FAILED', 'STOPPED', 'UNSATISFIED'].includes(status);
  const hasBegun = isOver || status === 'RUNNING' || status === 'RETRY_PENDING';
  return {
    id: `step:penguins/12/${stepId}`,
    stepId,
    name: null,
    phase: PHASES[status] ?? status,
    status,
    startedAt: hasBegun ? '2026-11-22T06:00:01.000Z' : null,
    endedAt: isOver ? '2026-11-22T06:00:02.200Z' : null,
    isFinal: false,
    keptFrom: null,
    keptFromRun: null,
    awaits: [],
    loop: null,
    attempts: hasBegun
      ? [{ number: 1, startedAt: '2026-11-22T06:00:01.000Z', failure: null } as { number: number; failure: null }]
      : [],
    failure: null,
    ...different,
  };
}

const PHASES: Readonly<Record<string, string>> = {
  NOT_CREATED: 'WAITING',
  RETRY_PENDING: 'WAITING',
  STARTING: 'RUNNING',
  UNSATISFIED: 'SKIPPED',
  COMPLETED_WITH_ERROR: 'SUCCEEDED',
};

export function aFailure(message: string): FailureView {
  return { kind: 'USER', code: 'EXIT_CODE', message, hint: 'Look at its log.' };
}

export const SNAPSHOT = {
  cursor: '0:1.0',
  at: '2026-11-22T06:00:01.000Z',
  kind: 'SNAPSHOT',
  run: aRun(),
  steps: [aStep('clean', 'RUNNING'), aStep('train', 'NOT_CREATED')],
  events: [],
};

export function ending(status: string, failure: object | null = null): object {
  const run = aRun({ status, isTerminal: true, endedAt: '2026-11-22T06:00:05.000Z' });
  return {
    ...SNAPSHOT,
    cursor: '0:2.0',
    at: '2026-11-22T06:00:05.000Z',
    kind: 'COMMIT',
    run: { ...run, failure },
    steps: [aStep('clean', status)],
  };
}

export function watched(...changes: object[]): Answers {
  return {
    run: () => aRun(),
    runChanges: async function* () {
      for (const change of changes) yield { runChanges: await Promise.resolve(change) };
    },
  };
}
