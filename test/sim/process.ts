// One process of the cluster, as the world reaches it: answers and timers arrive later while it is frozen, and never once
// it has died. A dead process's calls go nowhere, so that what still runs of it in this one changes nothing.

import { type Milliseconds } from '../../src/core/time.ts';
import { type Clock } from '../../src/ports/clock.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type Chance } from './chance.ts';

/** A process: one life of a node. */
export interface SimProcess {
  readonly incarnation: string;
  readonly clock: Clock;
  isDead(): boolean;
  isFrozen(): boolean;
  /** Whether the store is out of its reach. */
  isCutOff(): boolean;
  /** Whether the store refuses for good what it writes to the log: its rights were taken away, say. */
  isRefused(): boolean;
  die(): void;
  freeze(until: Milliseconds): void;
  cutOff(until: Milliseconds): void;
  refuse(until: Milliseconds): void;
  /** Lets something reach the process after a delay; the answer cancels it. */
  reach(delay: Milliseconds, act: () => void): () => void;
  /** Called when it dies. */
  onDeath(act: () => void): void;
}

/** How a process's monotonic clock goes. */
export interface ClockError {
  readonly offset: Milliseconds;
  /** How much faster than real time: 0.0001 is 100 ppm. */
  readonly drift: number;
}

/** Draws a clock's drift. */
export function drawDrift(chance: Chance): number {
  return (chance.next() - 0.5) * 0.0004;
}

/** Starts a process. */
export function createProcess(time: VirtualTime, incarnation: string, error: ClockError): SimProcess {
  const born = time.now();
  const deaths: (() => void)[] = [];
  let isDead = false;
  let frozenUntil = 0;
  let cutOffUntil = 0;
  let refusedUntil = 0;

  function reach(delay: Milliseconds, act: () => void): () => void {
    let isCancelled = false;
    const arrive = (): void => {
      if (isDead || isCancelled) return;
      if (time.now() < frozenUntil) time.after(frozenUntil - time.now(), arrive);
      else act();
    };
    const cancel = time.after(delay, arrive);
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  return {
    incarnation,
    clock: {
      monotonic: () => error.offset + (time.now() - born) * (1 + error.drift),
      after: (delay, callback) => reach(delay / (1 + error.drift), callback),
      yield: () =>
        new Promise((resolve) => {
          reach(0, resolve);
        }),
    },
    isDead: () => isDead,
    isFrozen: () => time.now() < frozenUntil,
    isCutOff: () => time.now() < cutOffUntil,
    isRefused: () => time.now() < refusedUntil,
    die: () => {
      if (isDead) return;
      isDead = true;
      for (const act of deaths) act();
    },
    freeze: (until) => {
      frozenUntil = until;
    },
    cutOff: (until) => {
      cutOffUntil = until;
    },
    refuse: (until) => {
      refusedUntil = until;
    },
    reach,
    onDeath: (act) => {
      deaths.push(act);
    },
  };
}
