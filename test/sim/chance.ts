// Chance from a seed: the same seed, the same life. Forks are independent, so that one more draw here changes nothing there.

import { createHash } from 'node:crypto';
import { randomOf, ulidOf } from '../../src/core/random.ts';
import { type Randomness } from '../../src/ports/randomness.ts';

/** A source of chance. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  /** True with a probability. */
  is(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** An independent source under a name. */
  fork(name: string): Chance;
  /** 32 random bits. */
  readonly bits: () => number;
}

/** The chance of a seed. */
export function createChance(seed: number, name = ''): Chance {
  const bits = randomOf(mix(seed, name));
  const next = (): number => bits() / 2 ** 32;
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    bits,
    is: (probability) => next() < probability,
    pick: (list) => {
      const item = list[int(0, list.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    fork: (fork) => createChance(seed, `${name}/${fork}`),
  };
}

/** The engine's randomness port on a source of chance. */
export function createSimRandomness(chance: Chance): Randomness {
  const hex = (): string => chance.bits().toString(16).padStart(8, '0');
  return {
    ulid: (at) => ulidOf(chance.bits, at),
    token: () => hex() + hex() + hex() + hex(),
    seed: () => chance.bits() >>> 1,
    hash: (content) => createHash('sha256').update(content).digest('hex'),
  };
}

function mix(seed: number, name: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let place = 0; place < name.length; place++) hash = Math.imul(hash ^ name.charCodeAt(place), 0x01000193) >>> 0;
  return hash;
}
