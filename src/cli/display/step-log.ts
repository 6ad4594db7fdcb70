// Follows what the steps of a run print, each try of each step on a stream of its own, until the run has ended.

import { CliError } from '../cli-error.ts';
import { type ExitCode, FAILED, FINE } from '../exit-code.ts';
import { follow, type FollowOptions } from './follow.ts';
import {
  type LogLineView,
  RUN_CHANGES,
  type RunChangeView,
  STEP_LOGS,
  type StepView,
} from '../operations/operations.ts';
import { CONNECTION_WORDS } from './run-display.ts';
import { endsRun } from './run-progress.ts';
import { say, type Session } from '../session.ts';

/** Where a line came from. */
export interface LogOrigin {
  readonly stepId: string;
  readonly attempt: number;
}

/** Hands each line on as it comes. With a step only that step's. */
export async function followLogs(
  session: Session,
  runId: string,
  options: { readonly stepId: string | undefined; readonly onLine: (line: LogLineView, origin: LogOrigin) => void },
): Promise<ExitCode> {
  const stop = new AbortController();
  const signal = AbortSignal.any([session.signal, stop.signal]);
  const quiet: FollowOptions = {
    endpoint: session.client.endpoint,
    pace: session.pace,
    signal,
    onConnection: () => undefined,
  };
  const talking: FollowOptions = {
    ...quiet,
    onConnection: (event) => {
      say(session, CONNECTION_WORDS[event]);
    },
  };
  const streams = new Map<string, Promise<void>>();
  try {
    for await (const change of follow(
      {
        operation: RUN_CHANGES,
        variables: { runId },
        itemOf: (data) => data.runChanges,
        isLast: (item) => endsRun(item) || hasEnded(item, options.stepId),
      },
      talking,
    )) {
      for (const { step, attempt } of freshAttempts(change, options.stepId, streams)) {
        streams.set(keyOf(step, attempt), readAttempt(step, attempt, { following: quiet, onLine: options.onLine }));
      }
    }
    await Promise.all(streams.values());
    return session.signal.aborted ? FAILED : FINE;
  } finally {
    stop.abort();
  }
}

/** A step is over for good once it is in one of the last phases. */
function hasEnded(change: RunChangeView, stepId: string | undefined): boolean {
  const step = change.steps.find((candidate) => candidate.stepId === stepId);
  return step !== undefined && step.endedAt !== null && step.phase !== 'WAITING' && step.phase !== 'RUNNING';
}

function freshAttempts(
  change: RunChangeView,
  stepId: string | undefined,
  known: ReadonlyMap<string, unknown>,
): readonly { readonly step: StepView; readonly attempt: number }[] {
  return change.steps
    .filter((step) => stepId === undefined || step.stepId === stepId)
    .flatMap((step) => step.attempts.map(({ number }) => ({ step, attempt: number })))
    .filter(({ step, attempt }) => !known.has(keyOf(step, attempt)));
}

function keyOf(step: StepView, attempt: number): string {
  return `${step.id}#${String(attempt)}`;
}

async function readAttempt(
  step: StepView,
  attempt: number,
  options: { readonly following: FollowOptions; readonly onLine: (line: LogLineView, origin: LogOrigin) => void },
): Promise<void> {
  const chunks = follow(
    { operation: STEP_LOGS, variables: { stepId: step.id, attempt }, itemOf: (data) => data.stepLogs },
    options.following,
  );
  try {
    for await (const chunk of chunks)
      for (const line of chunk.lines) options.onLine(line, { stepId: step.stepId, attempt });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const text = `The rest of this log cannot be read: ${error.message}`;
    options.onLine(
      { number: 0, at: new Date().toISOString(), stream: 'system', text },
      { stepId: step.stepId, attempt },
    );
  }
}
