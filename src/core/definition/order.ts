// The order in which steps can run, or the circles that forbid one. Iterative: a chain of thousands of steps is fine.

import { type StepDefinition } from './model.ts';

/** Steps by their indexes in the definition. */
export interface StepOrder {
  /** The steps that each step needs, without names that do not exist. */
  readonly predecessors: readonly (readonly number[])[];
  /** The steps that need each step. */
  readonly successors: readonly (readonly number[])[];
  /** Every step after all that it needs; steps in a circle, and those behind one, are missing. */
  readonly order: readonly number[];
  /** Circles without their repeated end: each step needs the next, and the last the first. */
  readonly cycles: readonly (readonly number[])[];
}

/** Orders the steps by what they need; of two steps with one id, the first is meant. */
export function orderSteps(steps: readonly StepDefinition[]): StepOrder {
  const indexes = new Map<string, number>();
  for (const [index, step] of steps.entries()) if (!indexes.has(step.id)) indexes.set(step.id, index);
  const predecessors = steps.map((step) => [...new Set(step.needs.flatMap((need) => indexes.get(need.step) ?? []))]);
  const successors = successorsOf(predecessors);
  const order = sorted(predecessors, successors);
  const isCyclic = order.length < steps.length;
  return { predecessors, successors, order, cycles: isCyclic ? cyclesOf(predecessors, new Set(order)) : [] };
}

function successorsOf(predecessors: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const successors: number[][] = predecessors.map(() => []);
  for (const [index, before] of predecessors.entries()) for (const one of before) successors[one]?.push(index);
  return successors;
}

/** Kahn's algorithm; among steps that are ready, the order of the text. */
function sorted(
  predecessors: readonly (readonly number[])[],
  successors: readonly (readonly number[])[],
): readonly number[] {
  const waiting = predecessors.map((before) => before.length);
  const order = [...waiting.keys()].filter((index) => waiting[index] === 0);
  // The list grows while it is gone through, and the loop comes to what was added.
  for (const index of order) {
    for (const after of successors[index] ?? []) {
      const left = (waiting[after] ?? 0) - 1;
      waiting[after] = left;
      if (left === 0) order.push(after);
    }
  }
  return order;
}

/** Every step that is left needs another that is left, so following the needs must come round. */
function cyclesOf(
  predecessors: readonly (readonly number[])[],
  placed: ReadonlySet<number>,
): readonly (readonly number[])[] {
  const cycles: number[][] = [];
  const seen = new Set<number>(placed);
  for (const start of predecessors.keys()) {
    const walk = new Set<number>();
    let at: number | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      walk.add(at);
      at = predecessors[at]?.find((before) => !placed.has(before));
    }
    if (at === undefined || !walk.has(at)) continue;
    const path = [...walk];
    cycles.push(path.slice(path.indexOf(at)));
  }
  return cycles;
}
