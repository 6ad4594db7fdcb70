// What a simulation could have done otherwise: every choice has a name, is drawn from a seed or taken from a recording, and
// what was chosen is kept. So a history is data, and outlives every change of how seeds draw.
//
// 1. A choice is drawn from a source of its own: one more choice here changes nothing there.
// 2. Whoever replays draws nothing. A choice that was not recorded is calm: nothing goes wrong, nobody wishes anything.
// 3. Noise is what means nothing: delays of a few milliseconds, ties, names that the engine draws. It follows from one number
//    and the name of its source alone, and that number is recorded.

import { type Chance, createChance } from './chance.ts';

/** The choices of one simulation. */
export interface Choices {
  /** Chooses under a name, which is numbered if it comes again: as recorded, or drawn. */
  choose<T>(name: string, calm: T, draw: (chance: Chance) => T): T;
  /** Chance that means nothing. */
  noise(name: string): Chance;
  /** Everything that was chosen so far and is not calm. */
  recording(): Recording;
}

/** What was chosen in a simulation, ready to be kept as JSON. */
export interface Recording {
  readonly noise: number;
  readonly choices: Readonly<Record<string, unknown>>;
}

/** The choices that a seed makes. */
export function choicesOf(seed: number): Choices {
  return createChoices(seed, (name, _calm, draw) => draw(createChance(seed, name)));
}

/** The choices that were recorded. */
export function choicesIn({ noise, choices }: Recording): Choices {
  const known = new Map(Object.entries(choices));
  return createChoices(noise, (name, calm) =>
    known.has(name) ? structuredClone(known.get(name) as typeof calm) : calm,
  );
}

function createChoices(noise: number, make: <T>(name: string, calm: T, draw: (chance: Chance) => T) => T): Choices {
  const times = new Map<string, number>();
  const made: Record<string, unknown> = {};
  return {
    choose: (name, calm, draw) => {
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      const full = time === 1 ? name : `${name} ${String(time)}`;
      const choice = make(full, calm, draw);
      if (!isSame(choice, calm)) made[full] = choice;
      return choice;
    },
    noise: (name) => createChance(noise, `noise of ${name}`),
    recording: () => ({ noise, choices: { ...made } }),
  };
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  return typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other);
}
