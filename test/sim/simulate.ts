// One history: a cluster and its clients live through calm, faults and quiet, and then everything they left is checked.

import { runEntity } from '../../src/core/ids.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { createVirtualTime, type VirtualTime } from '../support/virtual-clock.ts';
import { type Chance } from './chance.ts';
import { checkAbsence } from './check-absence.ts';
import { checkFolds } from './check-folds.ts';
import { checkBackfills } from './check-backfills.ts';
import { checkClients } from './check-clients.ts';
import { checkLog } from './check-log.ts';
import { checkEntities, checkProjections, checkSubscribers } from './check-readers.ts';
import { checkRequests } from './check-requests.ts';
import { checkRuns } from './check-runs.ts';
import { checkChildren } from './check-children.ts';
import { checkForks } from './check-forks.ts';
import { checkLeaves } from './check-leaves.ts';
import { checkKeeping } from './check-keeping.ts';
import { checkLoops } from './check-loops.ts';
import { checkPermits } from './check-permits.ts';
import { checkStrategies } from './check-strategies.ts';
import { checkSignals } from './check-signals.ts';
import { checkTicks } from './check-ticks.ts';
import { checkWaits } from './check-waits.ts';
import { type Choices, type Recording } from './choices.ts';
import { type Clients, createClients } from './clients.ts';
import { type Cluster, createCluster, type EngineBuild } from './cluster.ts';
import { beginCutting } from './cutting.ts';
import { chooseFaults, type FaultKind, type Faults } from './faults.ts';
import { foldRun } from './fold-run.ts';
import { type FoldedRun } from './folded.ts';
import { type History, readHistory } from './history.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createSimStore, type SimStore } from './store.ts';
import { createSubscribers, type Subscribers } from './subscribers.ts';
import { type SteerAction } from './steer.ts';
import { createTrace, type Trace } from './trace.ts';
import { createSimAlarmClock, createSimBus } from './wakers.ts';
import { type Progress, watchProgress } from './progress.ts';
import { type MeantWorkflow } from './workflows.ts';
import { graphs, type Workload } from './workload.ts';

/** What became of a history. */
export interface Report {
  /** Equal for equal histories. */
  readonly hash: string;
  /** What is wrong; empty for a good history. */
  readonly wrong: readonly string[];
  readonly faults: readonly string[];
  readonly trace: readonly string[];
  /** What was chosen: who replays it has the same history. */
  readonly recording: Recording;
  readonly figures: {
    readonly thunks: number;
    readonly commits: number;
    readonly runs: number;
    readonly wishes: number;
    /** Blocks that were cut. */
    readonly cut: number;
    readonly virtual: Milliseconds;
  };
}

interface World {
  readonly time: VirtualTime;
  readonly choices: Choices;
  readonly trace: Trace;
  readonly faults: Faults;
  readonly store: SimStore;
  readonly ledger: Ledger;
  readonly cluster: Cluster;
  readonly clients: Clients;
  readonly subscribers: Subscribers;
  readonly progress: Progress;
  readonly partitions: number;
  readonly nodes: number;
  healedAt: Milliseconds;
}

/** A multiple of a minute, so that ticks are easy to count. */
const start: Milliseconds = 1_800_000_000_000;
const longestStill: Milliseconds = 120_000;
const longestQuiet: Milliseconds = 900_000;
const longestFollowing: Milliseconds = 60_000;

/** Lives through a history and checks it. */
export async function simulate(
  choices: Choices,
  build: EngineBuild,
  { keepTrace = false, workload = graphs }: { readonly keepTrace?: boolean; readonly workload?: Workload } = {},
): Promise<Report> {
  const world = createWorld(choices, build, { keepTrace, workload });
  const { time, cluster, faults, trace } = world;
  const wrong: string[] = [];
  let figures: Omit<Report['figures'], 'thunks' | 'virtual'> = { commits: 0, runs: 0, wishes: 0, cut: 0 };
  try {
    figures = await liveThrough(world, workload, wrong);
  } catch (error) {
    wrong.push(`stuck: ${String(error)}`);
  }
  cluster.crashAll();
  wrong.push(...cluster.bugs);
  return {
    hash: trace.hash(),
    wrong,
    faults: [...faults.kinds],
    trace: trace.lines(),
    recording: choices.recording(),
    figures: { ...figures, thunks: time.steps(), virtual: time.now() - start },
  };
}

/** From the first workflow to the last check. */
async function liveThrough(
  world: World,
  workload: Workload,
  wrong: string[],
): Promise<Omit<Report['figures'], 'thunks' | 'virtual'>> {
  const { choices, store, clients, subscribers } = world;
  const workflows = choices.choose<readonly MeantWorkflow[]>('workflows', [], (chance) =>
    workload.drawWorkflows(chance, signals),
  );
  wrong.push(...(await live(world, workflows, workload.longest)));
  wrong.push(...(await rest(world)));
  const history = await readHistory(store, world.partitions);
  const runs = foldRuns(history, wrong);
  wrong.push(...(await check(world, history, runs)));
  wrong.push(...(await reopen(world, runs, history)));
  subscribers.stop();
  return {
    commits: history.commits.length,
    runs: runs.length,
    wishes: clients.wishes.length,
    cut: history.blocks.flat().filter(({ partition, n }) => store.cutAt(partition, n) < Infinity).length,
  };
}

const signals = ['s0', 's1', 's2', 's3'];

function createWorld(
  choices: Choices,
  build: EngineBuild,
  { keepTrace, workload }: { readonly keepTrace: boolean; readonly workload: Workload },
): World {
  const time = createVirtualTime(start, choices.noise('order').bits);
  const trace = createTrace(time.now, keepTrace);
  const faults = chooseFaults(choices, time.now);
  const store = createSimStore({ time, choices, faults, trace });
  const ledger = createLedger(time, choices, trace);
  const { nodes, partitions } = choices.choose('world', { nodes: 1, partitions: 1 }, (chance) => ({
    nodes: chance.int(1, 3),
    partitions: chance.pick([1, 2, 4, 4]),
  }));
  const cluster = createCluster({
    time,
    choices,
    faults,
    trace,
    store,
    bus: createSimBus(faults),
    alarmClock: createSimAlarmClock(time, choices, faults),
    ledger,
    build,
    nodes,
    partitions,
  });
  const progress = watchProgress(store, time);
  const clients = createClients({ time, choices, faults, trace, cluster, signals, workload, progress });
  const subscribers = createSubscribers({ time, choices, cluster, store });
  return {
    time,
    choices,
    trace,
    faults,
    store,
    ledger,
    cluster,
    clients,
    subscribers,
    progress,
    partitions,
    nodes,
    healedAt: Infinity,
  };
}

/** Calm, then faults, then until every client has been told what its wishes came to. */
async function live(
  world: World,
  workflows: readonly MeantWorkflow[],
  longest: Milliseconds,
): Promise<readonly string[]> {
  const { time, choices, faults, cluster, clients, subscribers, progress } = world;
  cluster.startAll();
  if (!(await time.run(() => cluster.callable().length > 0, start + 30_000))) return ['no node could start'];
  subscribers.watchAll(world.partitions);
  progress.onRun((run) => {
    const name = `${run.workflowId}/${String(run.number)}.${String(run.attempt)}`;
    if (choices.choose(`watch ${name}`, false, (chance) => chance.is(0.15)))
      subscribers.watchRun(run.workflowId, run.number, run.attempt);
  });
  progress.onIterationEnd((iteration) => {
    const action = choices.choose<SteerAction | ''>(`again ${runEntity(iteration)}`, '', (chance) =>
      chance.is(0.6) ? chance.pick(['restart', 'restart-incomplete', 'restart-incomplete', 'retry', 'skip']) : '',
    );
    if (action !== '') clients.wantAgain(iteration, action);
  });
  void Promise.all(workflows.map((workflow) => clients.apply(workflow))).then(() => {
    clients.begin(choices.choose('clients', 1, (chance) => chance.int(1, 3)));
  });
  await time.run(() => false, time.now() + 5_000);
  faults.begin();
  beginCutting(world);
  const length = choices.choose('faults last', 15_000, (chance) => chance.int(5_000, longest));
  plague(world, length);
  await time.run(() => false, time.now() + length);
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

/** Something that happens to a node, so long after the faults began. */
interface Strike {
  readonly kind: Extract<FaultKind, 'crash' | 'freeze' | 'isolate' | 'refused' | 'hand-over' | 'bus-silence'>;
  readonly at: Milliseconds;
  readonly node: number;
  /** Of a crash and a hand-over: until the node comes again. */
  readonly length: Milliseconds;
}

/** Strikes until it is over. */
function plague({ time, choices, faults, cluster, nodes }: World, until: Milliseconds): void {
  for (const strike of choices.choose('strikes', [], (chance) => drawStrikes(chance, nodes, until))) {
    const { kind, node, length, at } = strike;
    time.after(at, () => {
      if (!faults.now(kind)) return;
      if (kind === 'crash') cluster.crash(node, length);
      else if (kind === 'freeze') cluster.freeze(node, length);
      else if (kind === 'isolate') cluster.cutOff(node, length);
      else if (kind === 'refused') cluster.refuse(node, length);
      else if (kind === 'hand-over') cluster.handOver(node, length);
      else faults.silenceBus(time.now() + length);
    });
  }
}

const strikeKinds = ['crash', 'freeze', 'isolate', 'refused', 'hand-over', 'bus-silence'] as const;

function drawStrikes(chance: Chance, nodes: number, until: Milliseconds): readonly Strike[] {
  const strikes: Strike[] = [];
  for (let at = 0; at < until; at += chance.int(300, 5_000)) {
    const kind = chance.pick(strikeKinds);
    const length =
      kind === 'crash' || kind === 'hand-over'
        ? chance.int(100, 5_000)
        : Math.round(chance.pick([500, 3_000, 12_000]) * chance.next());
    strikes.push({ kind, at, node: chance.int(0, nodes - 1), length });
  }
  return strikes;
}

/** Waits until nothing is left to do, as long as something still happens. */
async function rest({ time, clients, progress, subscribers }: World): Promise<readonly string[]> {
  const began = time.now();
  let isQuiet = false;
  let isUnblocking = false;
  let rounds = 0;
  while (
    !isQuiet &&
    time.now() - began < longestQuiet &&
    time.now() - Math.max(began, progress.last()) < longestStill
  ) {
    await time.run(() => false, time.now() + 500);
    isQuiet = progress.isQuiet();
    if (rounds++ % 10 !== 0 || isQuiet || isUnblocking) continue;
    // A failed run holds up others until somebody says that they may go on, again and again.
    isUnblocking = true;
    void clients.unblock().then(() => {
      isUnblocking = false;
    });
  }
  // What is still asked for is written down before the rest is.
  await time.run(() => !isUnblocking, time.now() + longestStill);
  // Lists and subscribers follow; a subscriber that polls a remote partition needs a moment.
  await time.run(() => false, time.now() + 4_000);
  // One that leaves and comes again all the time needs long for many commits.
  await time.run(() => !subscribers.isBehind(), time.now() + longestFollowing);
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
    ...checkRequests(history, runs, ledger.lines),
    ...checkLoops(history, runs),
    ...checkLeaves(history, runs),
    ...checkChildren(history, runs),
    ...checkForks(history, runs),
    ...checkStrategies(history, runs),
    ...checkSignals(history, runs),
    ...checkWaits(history),
    ...checkKeeping(history),
    ...checkPermits(history, runs),
    ...checkBackfills(history, runs),
    ...checkTicks(history, runs, world.healedAt + 15_000),
    ...checkAbsence(history, runs, world.healedAt + 15_000),
    ...checkFolds(history, runs, world.healedAt + 15_000),
    ...checkClients(history, runs, clients.wishes),
    ...(await checkProjections(store, runs, history)),
    ...checkSubscribers(history, subscribers),
  ];
}

/** Ends all nodes and lets them replay the log: what they read then is what the log says. */
async function reopen(
  { time, cluster }: World,
  runs: readonly FoldedRun[],
  history: History,
): Promise<readonly string[]> {
  cluster.restartAll();
  const isOpen = (): boolean => cluster.callable().some(({ engine }) => engine.isReady());
  if (!(await time.run(isOpen, time.now() + 60_000))) return ['stuck: no node opens after a restart'];
  await time.run(() => false, time.now() + 8_000);
  const [life] = cluster.callable();
  if (life === undefined) return ['stuck: no node stays after a restart'];
  let wrong: readonly string[] | undefined;
  checkEntities(life.engine, runs, history).then(
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
