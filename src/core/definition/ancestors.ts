// Which steps are complete for sure before another one begins: those it needs, and what those need, and so on.

import { type StepOrder } from './order.ts';

/** Tells whether one step always comes before another, by their indexes. */
export type Ancestry = (earlier: number, later: number) => boolean;

const BITS = 32;

/** Finds the ancestors of every step: a bit for each pair, so that 5,000 steps take 3 MB. In a circle it answers false. */
export function ancestryOf({ predecessors, order }: StepOrder): Ancestry {
  const words = Math.ceil(predecessors.length / BITS);
  const rows = predecessors.map(() => new Uint32Array(words));
  for (const index of order) {
    const row = rows[index];
    if (row === undefined) continue;
    for (const before of predecessors[index] ?? []) {
      merge(row, rows[before]);
      const word = Math.floor(before / BITS);
      row[word] = (row[word] ?? 0) | (1 << (before % BITS));
    }
  }
  return (earlier, later) => {
    const word = rows[later]?.[Math.floor(earlier / BITS)] ?? 0;
    return (word & (1 << (earlier % BITS))) !== 0;
  };
}

function merge(row: Uint32Array, other: Uint32Array | undefined): void {
  if (other === undefined) return;
  for (const [word, bits] of other.entries()) row[word] = (row[word] ?? 0) | bits;
}
