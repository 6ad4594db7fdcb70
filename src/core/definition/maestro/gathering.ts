// What is gathered over all steps of a definition, at every depth: their ids and how many there are.

import { type Spot, report } from '../reading/spot.ts';

/** The steps that were met so far. */
export interface Gathering {
  readonly ids: Map<string, Spot>;
  count: number;
}

/** Where a list of steps stands. */
export interface Surrounding {
  readonly gathering: Gathering;
  /** The workflow itself is the first. */
  readonly depth: number;
  /** The names that the loops around give. */
  readonly loopNames: readonly string[];
}

const MOST_STEPS = 300;
const DEEPEST = 10;

/** Counts a step, and tells if its id is taken. */
export function gather({ ids }: Gathering, id: string, spot: Spot): void {
  const first = ids.get(id);
  if (first === undefined) {
    ids.set(id, spot);
    return;
  }
  const line = String(first.node.at.line);
  const message = `There are two steps with the id "${id}" (the first on line ${line}); ids are unique across all levels.`;
  report(spot, 'duplicate-step', message, { hint: 'Give this step another id.' });
}

/** Tells if there are too many steps. */
export function checkCount(spot: Spot, { count }: Gathering): void {
  if (count <= MOST_STEPS) return;
  const message = `The workflow has ${String(count)} steps, those inside loops among them, and ${String(MOST_STEPS)} are the most.`;
  report(spot, 'too-many-steps', message);
}

/** Tells if steps that run others stand too deep in one another. */
export function checkDepth(spot: Spot, depth: number): void {
  if (depth < DEEPEST) return;
  const message = `This is ${String(depth)} deep, the workflow counted; less than ${String(DEEPEST)} is allowed.`;
  report(spot, 'too-deep', message, { hint: 'Move what is inside into a workflow of its own.' });
}
