// The steps in an order in which they can be read: each after everything that it needs.

import { type LaidStep } from '../diagram/layout.ts';

/** The steps, needed ones first; otherwise as they are given. */
export function inReadingOrder<S extends LaidStep>(steps: readonly S[]): readonly S[] {
  const placed = new Set<string>();
  const known = new Set(steps.map((step) => step.stepId));
  const ordered: S[] = [];
  let waiting = [...steps];
  while (waiting.length > 0) {
    const ready = waiting.filter((step) => step.needs.every((need) => placed.has(need) || !known.has(need)));
    // A cycle cannot be applied; should one arrive all the same, its steps are shown as they came.
    const next = ready.length === 0 ? waiting : ready;
    for (const step of next) placed.add(step.stepId);
    ordered.push(...next);
    waiting = waiting.filter((step) => !placed.has(step.stepId));
  }
  return ordered;
}
