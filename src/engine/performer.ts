// Performs the effects that leave the engine: hands attempts to executors, ends them, and reports how they ended.
//
// Owns: the attempts that run on this host, their log lines, and the way of their reports home.
// Does not own: whether an attempt counts. A report of an older dispatch is refused by the core.
//
// 1. An attempt starts only after its commit is durable, and only here if its commit names this host.
// 2. Everything a step printed is kept before its end is reported.
// 3. A report is sent until a partition's owner has taken it: to the owner here, or into the inbox.

import { bytesOf, megabytes } from '../core/bytes.ts';
import { type Failure } from '../core/failure.ts';
import { partitionOf, runPlaceOf } from '../core/ids.ts';
import { type Command } from '../core/partition/command.ts';
import { type Effect } from '../core/partition/effect.ts';
import { type AttemptReport } from '../core/run/report.ts';
import { type AttemptResult, type LogLine, type RunningAttempt } from '../ports/executor.ts';
import { createLogWriter } from './log-writer.ts';
import { type Identity, type Outside } from './outside.ts';

/** Performs effects, and knows what runs here. */
export interface Performer {
  perform(effect: Effect): void;
  /** An attempt of that token will never start here; false if it has. */
  disown(token: string): boolean;
  /** Tells a host, here or elsewhere, to end the attempt of a token. Telling it twice does no harm. */
  end(host: string, token: string): void;
  /** Ends the attempt of a token, if it runs here: an owner elsewhere asks. */
  cancel(token: string): void;
  /** Leaves the attempts that do not need this process to whoever is handed them next. */
  detach(): void;
  /** How many attempts run here. */
  running(): number;
  /** Ends every attempt that runs here without a report: the next owner sends them out again. */
  abandon(): Promise<void>;
  /** Resolves when no attempt runs here any more. */
  idle(): Promise<void>;
}

/** How a report gets home. */
export type Deliver = (partition: number, command: Command) => Promise<void>;

type Dispatch = Extract<Effect, { readonly type: 'StartAttempt' }>;

const mostAtOnce = 64;

/** How many bytes a report may have, as the store keeps it. */
const mostInReport = 4_000_000;

/** Creates the performer of a node. */
export function createPerformer(
  outside: Outside,
  identity: Identity,
  parts: {
    readonly partitions: () => number;
    readonly deliver: Deliver;
    readonly now: () => number;
  },
): Performer {
  const here = new Map<string, RunningAttempt | 'QUEUED' | 'CANCELLED'>();
  const queue: Dispatch[] = [];
  const idlers: (() => void)[] = [];
  /** Never started, and said so. As rare as a partition is lost with a block in flight. */
  const disowned = new Set<string>();
  /** Left to whoever is handed them next: what becomes of them is no news of ours. */
  const detached = new Set<string>();
  let active = 0;
  let isAbandoning = false;

  function startNext(): void {
    while (active < mostAtOnce) {
      const dispatch = queue.shift();
      if (dispatch === undefined) return;
      active++;
      void carryOut(dispatch).finally(() => {
        active--;
        here.delete(dispatch.token);
        detached.delete(dispatch.token);
        if (here.size === 0) for (const resolve of idlers.splice(0)) resolve();
        startNext();
      });
    }
  }

  async function carryOut(dispatch: Dispatch): Promise<void> {
    const result = await run(dispatch).catch((error: unknown) => {
      outside.logger.error('an attempt could not be carried out', error, { run: dispatch.run });
      return platformFailure(error);
    });
    const { step, attempt, token } = dispatch;
    if (isAbandoning || detached.has(token)) return;
    outside.at('before-report');
    const place = runPlaceOf(dispatch.run);
    const report: AttemptReport = { step, attempt, token, result: withinReport(result) };
    await parts.deliver(partitionOf(place.workflowId, parts.partitions()), {
      id: `report:${token}`,
      actor: 'downbeat',
      body: { type: 'ReportAttempt', run: place, report },
    });
    forget(here.get(token));
  }

  async function run({ spec, token, again }: Dispatch): Promise<AttemptResult> {
    if (here.get(token) === 'CANCELLED') return { outcome: 'cancelled' };
    if (!spec.ok) return { outcome: 'failed', failure: spec.failure };
    const lines = await createLogWriter(outside, spec.value.attemptId, again);
    if (here.get(token) === 'CANCELLED') return { outcome: 'cancelled' };
    const running = outside.executor.start(spec.value, { log: lines.write });
    here.set(token, running);
    const result = await running.result;
    if (result.outcome === 'failed') lines.write(systemLine(parts.now(), result.failure));
    await lines.close();
    return result;
  }

  return {
    perform: (effect) => {
      const { host, token } = effect;
      if (effect.type === 'CancelAttempt') {
        end(host, token);
        return;
      }
      if (host !== identity.incarnation || here.has(token) || disowned.has(token)) return;
      here.set(token, 'QUEUED');
      queue.push(effect);
      startNext();
    },
    end,
    disown: (token) => {
      if (here.has(token)) return false;
      disowned.add(token);
      return true;
    },
    cancel,
    detach,
    running: () => here.size,
    abandon: () => {
      isAbandoning = true;
      detach();
      for (const token of here.keys()) cancel(token);
      return whenIdle();
    },
    idle: whenIdle,
  };

  function end(host: string, token: string): void {
    if (host === identity.incarnation) cancel(token);
    else outside.bus.publish(`host:${host}`, token);
  }

  function detach(): void {
    for (const [token, running] of here) {
      if (typeof running === 'string' || running.detach === undefined || detached.has(token)) continue;
      detached.add(token);
      running.detach();
    }
  }

  function cancel(token: string): void {
    if (detached.has(token)) return;
    const running = here.get(token);
    if (running === undefined) return;
    if (typeof running === 'string') here.set(token, 'CANCELLED');
    else running.cancel(identity.timing.grace);
  }

  function whenIdle(): Promise<void> {
    return here.size === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve));
  }
}

function forget(attempt: RunningAttempt | string | undefined): void {
  if (typeof attempt === 'object') attempt.forget?.();
}

function systemLine(at: number, failure: Failure): LogLine {
  return { at, stream: 'system', text: `${failure.code}: ${failure.message}` };
}

/** What is too large to be handed over and kept at once is not; the step fails for it. */
function withinReport(result: AttemptResult): AttemptResult {
  const bytes = bytesOf(result);
  if (bytes <= mostInReport) return result;
  return {
    outcome: 'failed',
    failure: {
      kind: 'USER',
      code: 'OUTPUT_LIMIT',
      message: `With its outputs, its signals and the list of its artifacts the step gave ${megabytes(bytes)} at once, and ${megabytes(mostInReport)} are the most.`,
      hint: 'Keep what is large as an artifact, many small files as one archive, and give its name as the output.',
      retryable: false,
    },
  };
}

function platformFailure(error: unknown): AttemptResult {
  return {
    outcome: 'failed',
    failure: {
      kind: 'PLATFORM',
      code: 'EXECUTOR_FAILED',
      message: `The step could not be carried out: ${error instanceof Error ? error.message : String(error)}`,
      retryable: true,
    },
  };
}
