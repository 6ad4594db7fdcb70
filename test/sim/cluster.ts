// The nodes: each a real engine on simulated ports. They crash, freeze, lose the store, hand over, and come again.

import { type Milliseconds } from '../../src/core/time.ts';
import { type RunningEngine } from '../../src/engine/create-engine.ts';
import { type Identity, type Outside, type Site } from '../../src/engine/outside.ts';
import { type foldAway } from '../../src/engine/retention.ts';
import { type Logger } from '../../src/ports/logger.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type Chance, createSimRandomness } from './chance.ts';
import { type Choices } from './choices.ts';
import { type Faults } from './faults.ts';
import { type Ledger } from './ledger.ts';
import { createProcess, drawDrift, type SimProcess } from './process.ts';
import { type SimStore } from './store.ts';
import { type Trace } from './trace.ts';
import { type SimAlarmClock, type SimBus } from './wakers.ts';

/** Makes engines and cuts their logs: the real code, or code that was broken on purpose. */
export interface EngineBuild {
  readonly createEngine: (outside: Outside, identity: Identity) => RunningEngine;
  readonly foldAway: typeof foldAway;
}

/** One life of a node. */
export interface Life {
  readonly node: number;
  readonly process: SimProcess;
  readonly engine: RunningEngine;
  readonly outside: Outside;
  readonly foldAway: EngineBuild['foldAway'];
  /** It was told to hand over. */
  isLeaving: boolean;
  hasStarted: boolean;
}

/** What a cluster stands on. */
export interface ClusterParts {
  readonly time: VirtualTime;
  readonly choices: Choices;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly store: SimStore;
  readonly bus: SimBus;
  readonly alarmClock: SimAlarmClock;
  readonly ledger: Ledger;
  readonly build: EngineBuild;
  readonly nodes: number;
  readonly partitions: number;
}

/** The nodes of a simulation. */
export interface Cluster {
  /** The newest life of each node, dead or not. */
  lives(): readonly Life[];
  /** Lives that can be called. */
  callable(): readonly Life[];
  startAll(): void;
  crash(node: number, pause: Milliseconds): void;
  freeze(node: number, length: Milliseconds): void;
  cutOff(node: number, length: Milliseconds): void;
  refuse(node: number, length: Milliseconds): void;
  handOver(node: number, pause: Milliseconds): void;
  /** Ends freezes, cuts and refusals, and brings back what is down. */
  heal(): void;
  /** Ends every node and brings it back at once. */
  restartAll(): void;
  /** Ends every node for good. */
  crashAll(): void;
  /** Errors that no fault explains. */
  readonly bugs: readonly string[];
  /** Incarnations that were ended, frozen or cut off. */
  readonly troubled: ReadonlySet<string>;
}

/** How long a step of the simulation takes at most, its end included. */
const longestStep: Milliseconds = 10_000;

/** Errors that say that the engine itself is wrong, whatever the faults. */
const neverRight = ['a command could not be decided', 'a wake-up failed'];

/** Creates a cluster; nothing runs until it is started. */
export function createCluster(parts: ClusterParts): Cluster {
  const { time, choices, faults, trace } = parts;
  const lives: Life[] = [];
  const bugs: string[] = [];
  const troubled = new Set<string>();
  const downUntil = new Map<number, Milliseconds>();
  const { isAlone, ...drawn } = choices.choose('timing', calmTiming, (chance) => drawTiming(chance, parts.nodes));
  const timing = { beat: 1_000, lease: 4_000, ...drawn, retention: 30 * 86_400_000 };
  const siteRate = choices.noise('rates of sites').pick([0.001, 0.005, 0.02]);
  let births = 0;
  let isOver = false;

  function give(node: number): void {
    births++;
    const incarnation = `n${String(node)}#${String(births)}`;
    const own = choices.noise(`engine ${incarnation}`);
    const drift = faults.kinds.has('clock-drift') ? choices.choose(`${incarnation} drifts`, 0, drawDrift) : 0;
    const process = createProcess(time, incarnation, { offset: own.int(0, 1_000_000), drift });
    const outside: Outside = {
      ...parts.store.seenBy(process),
      bus: parts.bus.seenBy(process),
      alarmClock: parts.alarmClock.seenBy(process),
      executor: parts.ledger.executorOf(process),
      clock: process.clock,
      randomness: createSimRandomness(own),
      logger: createSimLogger(process, bugs, trace),
      at: (site) => {
        passBy(node, process, site);
      },
    };
    const identity: Identity = {
      nodeId: `n${String(node)}`,
      address: `http://n${String(node)}`,
      incarnation,
      isAlone,
      partitions: parts.partitions,
      timing,
    };
    const life: Life = {
      node,
      process,
      engine: parts.build.createEngine(outside, identity),
      outside,
      foldAway: parts.build.foldAway,
      isLeaving: false,
      hasStarted: false,
    };
    lives[node] = life;
    trace.add(`${incarnation} starts`);
    life.engine.start().then(
      () => {
        life.hasStarted = true;
      },
      (error: unknown) => {
        trace.add(`${incarnation} cannot start: ${String(error)}`);
        if (!process.isDead()) end(node, process, 1_000);
      },
    );
  }

  function passBy(node: number, process: SimProcess, site: Site): void {
    if (process.isDead() || !faults.now('crash-at-site')) return;
    const pause = choices.choose<number | null>(`${process.incarnation} crashes ${site}`, null, (chance) =>
      chance.is(siteRate) ? chance.int(100, 6_000) : null,
    );
    if (pause === null) return;
    trace.add(`${process.incarnation} crashes ${site}`);
    end(node, process, pause);
  }

  function end(node: number, process: SimProcess, pause: Milliseconds): void {
    trace.add(`${process.incarnation} ends`);
    troubled.add(process.incarnation);
    leave(node, process, pause);
  }

  function leave(node: number, process: SimProcess, pause: Milliseconds): void {
    process.die();
    downUntil.set(node, time.now() + pause);
    time.after(pause, () => {
      revive(node);
    });
  }

  function revive(node: number): void {
    if (!isOver && lives[node]?.process.isDead() === true) give(node);
  }

  return {
    bugs,
    troubled,
    lives: () => lives,
    callable: () => lives.filter(({ process, hasStarted }) => hasStarted && !process.isDead()),
    startAll: () => {
      for (let node = 0; node < parts.nodes; node++) give(node);
    },
    crash: (node, pause) => {
      const life = lives[node];
      if (life !== undefined && !life.process.isDead()) end(node, life.process, pause);
    },
    freeze: (node, length) => {
      const process = lives[node]?.process;
      if (process === undefined || process.isDead()) return;
      trace.add(`${process.incarnation} freezes for ${String(length)}`);
      troubled.add(process.incarnation);
      process.freeze(time.now() + length);
    },
    cutOff: (node, length) => {
      const process = lives[node]?.process;
      if (process === undefined || process.isDead()) return;
      trace.add(`${process.incarnation} is cut off for ${String(length)}`);
      troubled.add(process.incarnation);
      process.cutOff(time.now() + length);
    },
    refuse: (node, length) => {
      const process = lives[node]?.process;
      if (process === undefined || process.isDead()) return;
      trace.add(`${process.incarnation} is refused for ${String(length)}`);
      process.refuse(time.now() + length);
    },
    handOver: (node, pause) => {
      const life = lives[node];
      if (life === undefined || life.process.isDead() || life.isLeaving || !life.hasStarted) return;
      life.isLeaving = true;
      trace.add(`${life.process.incarnation} hands over`);
      const { process } = life;
      // What outlives the grace of a step is ended, and may go out again.
      if (timing.grace < longestStep) troubled.add(process.incarnation);
      life.engine.stop().then(
        () => {
          if (!process.isDead()) leave(node, process, pause);
        },
        (error: unknown) => {
          trace.add(`${process.incarnation} could not leave: ${String(error)}`);
          if (!process.isDead()) end(node, process, pause);
        },
      );
    },
    heal: () => {
      lives.forEach(({ process }, node) => {
        process.freeze(0);
        process.cutOff(0);
        process.refuse(0);
        revive(node);
      });
    },
    restartAll: () => {
      lives.forEach(({ process }, node) => {
        process.die();
        give(node);
      });
    },
    crashAll: () => {
      isOver = true;
      for (const { process } of lives) process.die();
    },
  };
}

interface DrawnTiming {
  readonly isAlone: boolean;
  readonly checkpoint: Milliseconds;
  readonly grace: Milliseconds;
}

const calmTiming: DrawnTiming = { isAlone: false, checkpoint: 5_000, grace: 12_000 };

function drawTiming(chance: Chance, nodes: number): DrawnTiming {
  return {
    isAlone: nodes === 1 && chance.is(0.5),
    checkpoint: chance.pick([1_000, 5_000, 60_000]),
    grace: chance.pick([2_000, 12_000]),
  };
}

function createSimLogger(process: SimProcess, bugs: string[], trace: Trace): Logger {
  const say = (fact: string, more: unknown): void => {
    trace.add(`${process.incarnation} says ${fact} ${JSON.stringify(more)}`);
  };
  return {
    info: (fact, fields) => {
      say(fact, fields);
    },
    warn: (fact, fields) => {
      say(fact, fields);
    },
    error: (fact, error, fields) => {
      say(fact, [String(error), fields]);
      const isProgramming =
        error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
      if (process.isDead() || (!neverRight.includes(fact) && !isProgramming)) return;
      bugs.push(
        `${process.incarnation}: ${fact}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    },
  };
}
