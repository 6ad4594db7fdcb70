// "Did you mean": the candidate that a mistyped word most likely stood for, by edit distance.

const LONGEST = 64;

/** Finds the candidate nearest to the word, or nothing when none is near enough to be worth suggesting. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > LONGEST) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < least && candidate !== word) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Counts the insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= b.length; column++) current.push(cheapest(rows, a, b, column));
  }
  return rows.at(-1)?.[b.length] ?? 0;
}

/** The cost of the last row at a column, from the costs above it and to its left. */
function cheapest(rows: readonly (readonly number[])[], a: string, b: string, column: number): number {
  const row = rows.length - 1;
  const cost = (up: number, left: number): number => rows[row - up]?.[column - left] ?? Infinity;
  const isSame = a[row - 1] === b[column - 1];
  const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  const swap = isSwapped ? cost(2, 2) + 1 : Infinity;
  return Math.min(cost(1, 1) + (isSame ? 0 : 1), cost(1, 0) + 1, cost(0, 1) + 1, swap);
}
