// What a kind of history is about: which workflows there are, and what clients want of them. Only drawing differs: what was
// drawn is recorded as data, so a recording is replayed without knowing whose draws they were.

import { type Milliseconds } from '../../src/core/time.ts';
import { type Chance } from './chance.ts';
import { drawDesire, type Turn } from './desires.ts';
import { drawWorkflow, type MeantWorkflow } from './workflows.ts';

/** How the wishes and workflows of a history are drawn. */
export interface Workload {
  /** How long faults go on at most. */
  readonly longest: Milliseconds;
  /** How long clients wait in the end for ticks that came while nobody was there. */
  readonly patience: Milliseconds;
  drawWorkflows(chance: Chance, signals: readonly string[]): readonly MeantWorkflow[];
  drawTurn(chance: Chance, latest: ReadonlyMap<string, MeantWorkflow>, signals: readonly string[]): Turn;
}

/** Graphs of simple steps, strategies by number, triggers and signals. */
export const graphs: Workload = {
  longest: 30_000,
  patience: 20_000,
  drawWorkflows: (chance, signals) =>
    Array.from({ length: chance.int(1, 4) }, (_, place) => drawWorkflow(chance, place, signals)),
  drawTurn: (chance, latest, signals) => {
    const after = chance.int(10, 2_500);
    // Now and then many at once: what is on its way when a node dies is what can go wrong.
    const count = chance.pick([1, 1, 1, 6]);
    return { after, wishes: Array.from({ length: count }, () => drawDesire(chance, latest, signals)) };
  },
};
