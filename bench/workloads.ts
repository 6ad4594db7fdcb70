// The workloads: chains, a fan, a crowd, and how long a start takes. They run one after the other, never side by side.

import { joined } from './joins.ts';
import { applyWorkflow, between, look, type RunSeen, settle, start, watchRuns } from './runs.ts';
import { chain, fan, loop, startedBy, type BenchWorkflow } from './workflows.ts';
import { type Place, type Sample, type Workload } from './workload.ts';

const CROWD = 500;
const CROWD_STEPS = 3;
/** Until then the server's program is still being compiled while it works: what lives for days is measured warm. */
const CROWD_WARM_UP = 20;
const SIGNAL = 'bench.arrived';

/** All of them, in order. */
export const workloads: readonly Workload[] = [
  runToEnd('W1', { workflow: chain('chain', 50), warmUp: 5, times: 5, per: 'run' }),
  runToEnd('W2', { workflow: fan('fan', 200), warmUp: 2, times: 3, per: 'run' }),
  crowd(),
  submitted(),
  signalled(),
  runToEnd('W6', { workflow: loop('loop', 1_000), warmUp: 2, times: 2, per: 'run' }),
  runToEnd('W7', { workflow: chain('processes', 20, ':'), warmUp: 1, times: 1, per: 'step' }),
  joined(),
];

interface ToEnd {
  readonly workflow: BenchWorkflow;
  readonly warmUp: number;
  readonly times: number;
  readonly per: 'run' | 'step';
}

/** One run after the other: from the request until the client has heard of its end. */
function runToEnd(id: Workload['id'], { workflow, warmUp, times, per }: ToEnd): Workload {
  const divisor = per === 'run' ? 1 : workflow.steps.length;
  const series = async (place: Place, count: number): Promise<Sample> => {
    const client: number[] = [];
    const server: number[] = [];
    const watch = await watchRuns(place.client, workflow.id);
    let last: RunSeen | undefined;
    for (let time = 0; time < count; time += 1) {
      const startedAt = performance.now();
      const run = await start(place.client, workflow.id);
      last = run.isTerminal ? run : await watch.until((seen) => seen.id === run.id && seen.isTerminal);
      client.push((performance.now() - startedAt) / divisor);
      server.push(between(last.createdAt, last.endedAt) / divisor);
      mustHaveSucceeded(last);
      await settle(place.client, last);
    }
    watch.stop();
    return { client, server };
  };
  return {
    id,
    prepare: async (place) => {
      await applyWorkflow(place.client, workflow);
      await series(place, warmUp);
    },
    round: (place) => series(place, times),
  };
}

/** Many runs submitted at once over sixteen connections: until the last of them has ended. */
function crowd(): Workload {
  const workflow = chain('crowd', CROWD_STEPS);
  const round = async ({ crowd: client, server }: Place): Promise<Sample> => {
    const before = { ...(await server.processorMs()), client: process.cpuUsage() };
    const startedAt = performance.now();
    const ended = await Promise.all(
      Array.from({ length: CROWD }, async () => {
        let run = await start(client, workflow.id);
        const answered = performance.now() - startedAt;
        while (!run.isTerminal) run = await look(client, run.id);
        return { run, answered, latency: performance.now() - startedAt };
      }),
    );
    const wall = performance.now() - startedAt;
    const own = process.cpuUsage(before.client);
    const after = await server.processorMs();
    for (const { run } of ended) mustHaveSucceeded(run);
    const newest = ended.at(-1)?.run;
    if (newest !== undefined) await settle(client, newest);
    const steps = CROWD * CROWD_STEPS;
    const perStep = (ms: number): readonly number[] => [(ms * 1_000) / steps];
    return {
      rate: [(steps * 1_000) / wall],
      latency: ended.map(({ latency }) => latency),
      onServer: ended.map(({ run }) => between(run.createdAt, run.endedAt)),
      residentMb: [await server.residentMb()],
      clientProcessor: perStep((own.user + own.system) / 1_000),
      ...(after === undefined || before.server === undefined || before.mongod === undefined
        ? {}
        : {
            serverProcessor: perStep(after.server - before.server),
            mongodProcessor: perStep(after.mongod - before.mongod),
          }),
    };
  };
  return {
    id: 'W3',
    prepare: async (place) => {
      await applyWorkflow(place.client, workflow);
      for (let time = 0; time < CROWD_WARM_UP; time += 1) await round(place);
    },
    round,
  };
}

/** From the request to the answer that shows the first step begun: durable by then. */
function submitted(): Workload {
  const workflow = chain('single', 1);
  const series = async ({ client }: Place, count: number): Promise<Sample> => {
    const walls: number[] = [];
    const server: number[] = [];
    let last: RunSeen | undefined;
    for (let time = 0; time < count; time += 1) {
      const startedAt = performance.now();
      last = await start(client, workflow.id);
      while (!hasBegun(last)) last = await look(client, last.id);
      walls.push(performance.now() - startedAt);
      server.push(between(last.createdAt, last.steps.nodes[0]?.startedAt));
    }
    if (last !== undefined) await settle(client, last);
    return { client: walls, server };
  };
  return {
    id: 'W4',
    prepare: async (place) => {
      await applyWorkflow(place.client, workflow);
      await series(place, 30);
    },
    round: (place) => series(place, 40),
  };
}

/** From the publishing of a signal until the client has heard that the first step of the run it starts has begun. */
function signalled(): Workload {
  const workflow = startedBy(SIGNAL, 'signalled');
  const series = async ({ client }: Place, count: number): Promise<Sample> => {
    const walls: number[] = [];
    const server: number[] = [];
    const watch = await watchRuns(client, workflow.id);
    let last: RunSeen | undefined;
    let number = await runsSoFar(client, workflow.id);
    for (let time = 0; time < count; time += 1) {
      number += 1;
      const id = `run:${workflow.id}/${String(number)}`;
      const begun = watch
        .until((run) => run.id === id && hasBegun(run))
        .then((run) => ({ run, at: performance.now() }));
      const startedAt = performance.now();
      const publishedAt = await publish(client);
      const { run, at } = await begun;
      walls.push(at - startedAt);
      server.push(between(publishedAt, run.steps.nodes[0]?.startedAt));
      last = run;
    }
    watch.stop();
    if (last !== undefined) await settle(client, last);
    return { client: walls, server };
  };
  return {
    id: 'W5',
    prepare: async (place) => {
      await applyWorkflow(place.client, workflow);
      await series(place, 20);
    },
    round: (place) => series(place, 20),
  };
}

async function publish(client: Place['client']): Promise<string> {
  const query = `mutation ($name: String!) { publishSignal(input: { name: $name }) { signal { publishedAt } errors { message } } }`;
  interface Published {
    readonly publishSignal: {
      readonly signal: { readonly publishedAt: string } | null;
      readonly errors: readonly { readonly message: string }[];
    };
  }
  const { signal, errors } = (await client.ask<Published>(query, { name: SIGNAL })).publishSignal;
  if (signal === null) throw new Error(`The signal was refused: ${errors.map(({ message }) => message).join('\n')}`);
  return signal.publishedAt;
}

async function runsSoFar(client: Place['client'], workflowId: string): Promise<number> {
  const query = `query ($id: ID!) { workflow(id: $id) { runs(first: 1) { nodes { number } } } }`;
  interface Found {
    readonly workflow: { readonly runs: { readonly nodes: readonly { readonly number: number }[] } };
  }
  return (await client.ask<Found>(query, { id: workflowId })).workflow.runs.nodes[0]?.number ?? 0;
}

function hasBegun(run: RunSeen): boolean {
  return typeof run.steps.nodes[0]?.startedAt === 'string';
}

function mustHaveSucceeded(run: RunSeen): void {
  if (run.status !== 'SUCCEEDED') throw new Error(`${run.id} ended ${run.status}; nothing it measured counts.`);
}
