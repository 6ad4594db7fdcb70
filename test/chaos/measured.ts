// Figures that a test measured, for people to read; bounds are asserted beside it.

/** Prints a figure. */
export function measured(what: string, since: number): number {
  const took = performance.now() - since;
  process.stdout.write(`${what}: ${took.toFixed(0)} ms\n`);
  return took;
}
