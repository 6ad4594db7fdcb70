// One seed: a cluster and its clients live through calm, faults and quiet, and then everything they left is checked.

import { type Milliseconds } from '../../src/core/time.ts';
import { createVirtualTime, type VirtualTime } from '../support/virtual-clock.ts';
import { type Chance, createChance } from './chance.ts';
import { checkClients } from './check-clients.ts';
import { checkLog } from './check-log.ts';
import { checkEntities, checkProjections, checkSubscribers } from './check-readers.ts';
import { checkRuns } from './check-runs.ts';
import { checkSignals } from './check-signals.ts';
import { checkTicks } from './check-ticks.ts';
import { type Clients, createClients } from './clients.ts';
import { type Cluster, createCluster, type CreateEngine } from './cluster.ts';
import { drawFaults, type Faults } from './faults.ts';
import { foldRun, type FoldedRun } from './fold-run.ts';
import { type History, readHistory } from './history.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createSimStore, type SimStore } from './store.ts';
import { createSubscribers, type Subscribers } from './subscribers.ts';
import { createTrace, type Trace } from './trace.ts';
import { createSimAlarmClock, createSimBus } from './wakers.ts';
import { watchProgress } from './progress.ts';
import { drawWorkflow, type MeantWorkflow } from './workflows.ts';

/** What became of a seed. */
export interface Report {
  readonly seed: number;
  /** Equal for equal histories. */
  readonly hash: string;
  /** What is wrong; empty for a good seed. */
  readonly wrong: readonly string[];
  readonly faults: readonly string[];
  readonly trace: readonly string[];
  readonly figures: {
    readonly thunks: number;
    readonly commits: number;
    readonly runs: number;
    readonly wishes: number;
    readonly virtual: Milliseconds;
  };
}

interface World {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly trace: Trace;
  readonly faults: Faults;
  readonly store: SimStore;
  readonly ledger: Ledger;
  readonly cluster: Cluster;
  readonly clients: Clients;
  readonly subscribers: Subscribers;
  readonly partitions: number;
  readonly nodes: number;
  healedAt: Milliseconds;
}

/** A multiple of a minute, so that ticks are easy to count. */
const start: Milliseconds = 1_800_000_000_000;
const longestStill: Milliseconds = 120_000;
const longestQuiet: Milliseconds = 900_000;

/** Lives through a seed and checks it. */
export async function simulate(seed: number, createEngine: CreateEngine, keepTrace = false): Promise<Report> {
  const world = createWorld(seed, createEngine, keepTrace);
  const { time, cluster, subscribers, store } = world;
  const wrong: string[] = [];
  const progress = watchProgress(store, time);
  const workflows = drawWorkflows(world.chance.fork('workflows'));
  wrong.push(...(await live(world, workflows, progress)));
  wrong.push(...(await rest(world, progress)));
  const history = await readHistory(store, world.partitions);
  const runs = foldRuns(history, wrong);
  wrong.push(...(await check(world, history, runs)));
  wrong.push(...(await reopen(world, runs)));
  subscribers.stop();
  cluster.crashAll();
  wrong.push(...cluster.bugs);
  return {
    seed,
    hash: world.trace.hash(),
    wrong,
    faults: [...world.faults.kinds],
    trace: world.trace.lines(),
    figures: {
      thunks: time.steps(),
      commits: history.commits.length,
      runs: runs.length,
      wishes: world.clients.wishes.length,
      virtual: time.now() - start,
    },
  };
}

const signals = ['s0', 's1', 's2', 's3'];

function createWorld(seed: number, createEngine: CreateEngine, keepTrace: boolean): World {
  const chance = createChance(seed);
  const order = chance.fork('order');
  const time = createVirtualTime(start, order.bits);
  const trace = createTrace(time.now, keepTrace);
  const faults = drawFaults(chance.fork('faults'), time.now);
  const store = createSimStore({ time, chance: chance.fork('store'), faults, trace });
  const ledger = createLedger(time, chance.fork('ledger'), trace);
  const nodes = chance.int(1, 3);
  const partitions = chance.pick([1, 2, 4, 4]);
  const cluster = createCluster({
    time,
    chance: chance.fork('cluster'),
    faults,
    trace,
    store,
    bus: createSimBus(faults),
    alarmClock: createSimAlarmClock(time, chance.fork('alarms'), faults),
    ledger,
    createEngine,
    nodes,
    partitions,
  });
  const clients = createClients({ time, chance: chance.fork('clients'), faults, trace, cluster, signals });
  const subscribers = createSubscribers(time, chance.fork('subscribers'), cluster);
  return {
    time,
    chance,
    trace,
    faults,
    store,
    ledger,
    cluster,
    clients,
    subscribers,
    partitions,
    nodes,
    healedAt: Infinity,
  };
}

function drawWorkflows(chance: Chance): readonly MeantWorkflow[] {
  return Array.from({ length: chance.int(1, 4) }, (_, place) => drawWorkflow(chance, place, signals));
}

/** Calm, then faults, then until every client has been told what its wishes came to. */
async function live(
  world: World,
  workflows: readonly MeantWorkflow[],
  progress: ReturnType<typeof watchProgress>,
): Promise<readonly string[]> {
  const { time, chance, faults, cluster, clients, subscribers } = world;
  cluster.startAll();
  if (!(await time.run(() => cluster.callable().length > 0, start + 30_000))) return ['no node could start'];
  subscribers.watchAll(world.partitions);
  progress.onRun((run) => {
    if (chance.is(0.15)) subscribers.watchRun(run.workflowId, run.number, run.attempt);
  });
  void Promise.all(workflows.map((workflow) => clients.apply(workflow))).then(() => {
    clients.begin(chance.int(1, 3));
  });
  await time.run(() => false, time.now() + 5_000);
  faults.begin();
  const healAt = time.now() + chance.int(5_000, 30_000);
  plague(world, healAt);
  await time.run(() => false, healAt);
  faults.heal();
  world.healedAt = time.now();
  cluster.heal();
  let hasFinished = false;
  void clients.finish(workflows.map(({ id }) => id)).then(() => {
    hasFinished = true;
  });
  const isDone = await time.run(() => hasFinished, time.now() + 200_000);
  return isDone ? [] : ['stuck: clients wait for answers'];
}

/** Strikes at random until it is over. */
function plague({ time, chance, faults, cluster, nodes }: World, until: Milliseconds): void {
  const strike = (): void => {
    if (time.now() >= until) return;
    const node = chance.int(0, nodes - 1);
    const length = chance.pick([500, 3_000, 12_000]) * chance.next();
    const kind = chance.pick(['crash', 'freeze', 'isolate', 'hand-over', 'bus-silence'] as const);
    if (faults.now(kind)) {
      if (kind === 'crash') cluster.crash(node);
      else if (kind === 'freeze') cluster.freeze(node, length);
      else if (kind === 'isolate') cluster.cutOff(node, length);
      else if (kind === 'hand-over') cluster.handOver(node);
      else faults.silenceBus(time.now() + length);
    }
    time.after(chance.int(300, 6_000), strike);
  };
  strike();
}

/** Waits until nothing is left to do, as long as something still happens. */
async function rest({ time }: World, progress: ReturnType<typeof watchProgress>): Promise<readonly string[]> {
  const began = time.now();
  let isQuiet = false;
  while (
    !isQuiet &&
    time.now() - began < longestQuiet &&
    time.now() - Math.max(began, progress.last()) < longestStill
  ) {
    await time.run(() => false, time.now() + 500);
    isQuiet = progress.isQuiet();
  }
  // Lists and subscribers follow; a subscriber that polls a remote partition needs a moment.
  await time.run(() => false, time.now() + 4_000);
  return isQuiet ? [] : [`stuck: ${progress.left()}`];
}

function foldRuns(history: History, wrong: string[]): readonly FoldedRun[] {
  return [...history.events].flatMap(([entity, events]) => {
    if (!entity.startsWith('run:')) return [];
    const run = foldRun(entity, events, history.definitions);
    if (typeof run !== 'string') return [run];
    wrong.push(run);
    return [];
  });
}

async function check(world: World, history: History, runs: readonly FoldedRun[]): Promise<readonly string[]> {
  const { faults, ledger, cluster, clients, store, subscribers } = world;
  const mayRepeat = (['store-errors', 'late-apply', 'slow'] as const).some((kind) => faults.kinds.has(kind));
  return [
    ...checkLog(history, world.partitions),
    ...checkRuns(history, runs, { ledger, mayRepeat, troubled: cluster.troubled }),
    ...checkSignals(history, runs),
    ...checkTicks(history, runs, world.healedAt + 15_000),
    ...checkClients(history, runs, clients.wishes),
    ...(await checkProjections(store, runs, history)),
    ...checkSubscribers(history, subscribers),
  ];
}

/** Ends all nodes and lets them replay the log: what they read then is what the log says. */
async function reopen({ time, cluster }: World, runs: readonly FoldedRun[]): Promise<readonly string[]> {
  cluster.restartAll();
  const isOpen = (): boolean => cluster.callable().some(({ engine }) => engine.isReady());
  if (!(await time.run(isOpen, time.now() + 60_000))) return ['stuck: no node opens after a restart'];
  await time.run(() => false, time.now() + 8_000);
  const [life] = cluster.callable();
  if (life === undefined) return ['stuck: no node stays after a restart'];
  let wrong: readonly string[] | undefined;
  checkEntities(life.engine, runs).then(
    (found) => {
      wrong = found;
    },
    (error: unknown) => {
      wrong = [`a node cannot read: ${String(error)}`];
    },
  );
  await time.run(() => wrong !== undefined, time.now() + 20_000);
  return wrong ?? ['stuck: reads after a restart get no answer'];
}
