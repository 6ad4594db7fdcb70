// Retention in a simulation: at random times some node cuts the log of every partition, whether it owns it or not, and keeps
// no more than the last seconds. It goes on in all phases, since nothing that the engine promises may hang on an old log.

import { type Milliseconds } from '../../src/core/time.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type Chance } from './chance.ts';
import { type Choices } from './choices.ts';
import { type Cluster } from './cluster.ts';

/** How the log is cut in a history. */
interface Cutting {
  /** From one pass to the next, on average. */
  readonly every: Milliseconds;
  readonly retention: Milliseconds;
  /** How many blocks of a partition stay in any case. */
  readonly least: number;
}

/** Cuts from now on, if this history does. */
export function beginCutting({
  time,
  choices,
  cluster,
}: {
  readonly time: VirtualTime;
  readonly choices: Choices;
  readonly cluster: Cluster;
}): void {
  const cutting = choices.choose('cutting', null, drawCutting);
  if (cutting === null) return;
  const noise = choices.noise('cutting');
  const { every, retention, least } = cutting;
  const pass = (): void => {
    const lives = cluster.callable();
    if (lives.length > 0) {
      const { outside, foldAway } = noise.pick(lives);
      // A pass that fails, or whose process dies, is made up for by the next.
      void foldAway(outside, {
        opened: { has: () => true },
        now: () => Math.floor(time.now()),
        retention,
        least,
      }).catch(() => undefined);
    }
    time.after(noise.next() * 2 * every, pass);
  };
  pass();
}

/** Null where nothing is cut. */
function drawCutting(chance: Chance): Cutting | null {
  if (!chance.is(0.35)) return null;
  return {
    every: chance.pick([300, 1_500, 5_000]),
    retention: chance.pick([0, 1_000, 5_000, 20_000]),
    least: chance.pick([1, 1, 5, 50]),
  };
}
