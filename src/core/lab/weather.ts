// Hostile weather: what can go wrong around the rules while a story goes on. Drawn from a seed, so that it comes again.

import { randomOf } from '../random.ts';

/** One kind of mishap. None of them may change how a story ends; `drop` and `crash` may make it take longer. */
export type Mishap =
  /** Messages between partitions overtake one another, where nothing promises their order. */
  | 'reorder'
  /** A time or a result is told twice. */
  | 'double'
  /** The result of a step is lost with the machine that it ran on: the attempt goes out again. */
  | 'drop'
  /** The owner of a partition dies, and a new one makes everything out of the log. */
  | 'crash';

/** All of them. */
export const mishaps: readonly Mishap[] = ['reorder', 'double', 'drop', 'crash'];

/** Says at each moment at which something could go wrong whether it does. */
export interface Weather {
  strikes(mishap: Mishap): boolean;
  /** A number for whoever has to choose. */
  random(): number;
  /** The moments at which something went wrong so far, counted from the beginning. */
  readonly struck: readonly number[];
}

/** Which weather. */
export interface Forecast {
  readonly mishaps: readonly Mishap[];
  readonly seed: number;
  /** Nothing goes wrong but at these moments. Absent: at one moment in eight. */
  readonly only?: readonly number[];
}

const oneIn = 8;

/** Nothing goes wrong. */
export const calm: Weather = { strikes: () => false, random: () => 0, struck: [] };

/** The weather of a forecast. */
export function weatherOf({ mishaps: chosen, seed, only }: Forecast): Weather {
  if (chosen.length === 0) return calm;
  const random = randomOf(seed);
  const struck: number[] = [];
  let moment = 0;
  return {
    struck,
    random,
    strikes: (mishap) => {
      const here = moment;
      moment += 1;
      const drawn = random() % oneIn === 0;
      const doesStrike = chosen.includes(mishap) && (only === undefined ? drawn : only.includes(here));
      if (doesStrike) struck.push(here);
      return doesStrike;
    },
  };
}
