// Runs as the workloads start them, and how they learn that a run has ended.

import { type BenchClient } from './client.ts';
import { type BenchWorkflow } from './workflows.ts';

/** What the server says of a run. */
export interface RunSeen {
  readonly id: string;
  readonly status: string;
  readonly isTerminal: boolean;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly cursor: string;
  readonly steps: { readonly nodes: readonly { readonly startedAt: string | null }[] };
}

/** Tells of runs of one workflow as the server pushes them. */
export interface Watch {
  /** Resolves with the first state of a run that satisfies the condition, also when it came before the call. */
  until(satisfies: (run: RunSeen) => boolean): Promise<RunSeen>;
  stop(): void;
}

const runFields = 'id status isTerminal createdAt endedAt cursor steps(first: 1) { nodes { startedAt } }';

const startRun = `mutation ($workflowId: ID!) {
  startRun(input: { workflowId: $workflowId }) { run { ${runFields} } errors { message } }
}`;
const PATIENCE_MS = 30_000;
const REMEMBERED = 100;

/** Applies a workflow and waits until its triggers listen. */
export async function applyWorkflow(client: BenchClient, definition: BenchWorkflow): Promise<void> {
  const query = `mutation ($definition: JSON!) {
    applyWorkflow(input: { definition: $definition }) { armed errors { message } }
  }`;
  interface Applied {
    readonly applyWorkflow: { readonly armed: boolean; readonly errors: readonly { readonly message: string }[] };
  }
  const { applyWorkflow: applied } = await client.ask<Applied>(query, { definition });
  if (applied.errors.length > 0) throw new Error(applied.errors.map(({ message }) => message).join('\n'));
  if (!applied.armed) throw new Error(`The triggers of ${definition.id} do not listen yet.`);
}

/** Starts a run; answers what the server says of it once the start is durable. */
export async function start(client: BenchClient, workflowId: string): Promise<RunSeen> {
  interface Started {
    readonly startRun: { readonly run: RunSeen | null; readonly errors: readonly { readonly message: string }[] };
  }
  const { run, errors } = (await client.ask<Started>(startRun, { workflowId })).startRun;
  if (run === null)
    throw new Error(`${workflowId} was not started: ${errors.map(({ message }) => message).join('\n')}`);
  return run;
}

/** Subscribes to the runs of a workflow; resolves when the subscription is live. */
export async function watchRuns(client: BenchClient, workflowId: string): Promise<Watch> {
  let seen: readonly RunSeen[] = [];
  const waiting = new Set<{ readonly tell: (run: RunSeen) => void; readonly fail: (error: Error) => void }>();
  const query = `subscription ($workflowId: ID!) {
    workflowChanges(workflowId: $workflowId) { runs { ${runFields} } }
  }`;
  const stop = await new Promise<() => void>((resolve, reject) => {
    const cancel = client.watch<Pushed>(
      query,
      { workflowId },
      {
        take: ({ workflowChanges: { runs } }) => {
          resolve(cancel);
          seen = [...seen.slice(-REMEMBERED), ...runs];
          for (const run of runs) for (const { tell } of waiting) tell(run);
        },
        fail: (error) => {
          reject(error);
          for (const { fail } of waiting) fail(error);
        },
      },
    );
  });
  return {
    stop,
    until: (satisfies) =>
      new Promise((resolve, reject) => {
        const known = seen.find(satisfies);
        if (known !== undefined) {
          resolve(known);
          return;
        }
        const late = setTimeout(() => {
          reject(new Error(`Nothing that was waited for came from ${workflowId} within 30 s.`));
        }, PATIENCE_MS);
        const waiter = {
          tell: (run: RunSeen) => {
            if (!satisfies(run)) return;
            waiting.delete(waiter);
            clearTimeout(late);
            resolve(run);
          },
          fail: reject,
        };
        waiting.add(waiter);
      }),
  };
}

interface Pushed {
  readonly workflowChanges: { readonly runs: readonly RunSeen[] };
}

/** The state of a run, asked for anew. */
export async function look(client: BenchClient, id: string): Promise<RunSeen> {
  const query = `query ($id: ID!) { run(id: $id) { ${runFields} } }`;
  const { run } = await client.ask<{ readonly run: RunSeen | null }>(query, { id });
  if (run === null) throw new Error(`The server knows nothing of ${id}.`);
  return run;
}

/** Waits until the lists have caught up, so that no work of one workload goes on during the next. */
export async function settle(client: BenchClient, newest: RunSeen): Promise<void> {
  const query = 'query ($atLeast: ChangeCursor) { runs(first: 1, atLeast: $atLeast) { nodes { id } } }';
  const { cursor } = newest.isTerminal ? newest : await look(client, newest.id);
  await client.ask(query, { atLeast: cursor });
}

/** From one of the server's own times to another, in whole milliseconds. */
export function between(from: string, to: string | null | undefined): number {
  return to === null || to === undefined ? Number.NaN : Date.parse(to) - Date.parse(from);
}
