// What clients want, and how the workload `graphs` draws it.

import { type Milliseconds } from '../../src/core/time.ts';
import { type Chance } from './chance.ts';
import { type BackfillDesire, type KeepingDesire, type PoolDesire } from './special-desires.ts';
import { type SteerAction } from './steer.ts';
import { type MeantWorkflow, redraw } from './workflows.ts';

/** What a client wants; `back` counts runs that were started, from the last. */
export type Desire =
  | { readonly type: 'start'; readonly target: string; readonly n: number; readonly keyed: boolean }
  | { readonly type: 'publish'; readonly name: string; readonly rows: number; readonly keyed: boolean }
  | {
      readonly type: 'stop' | 'restart';
      readonly target: string;
      readonly n: number;
      readonly back: number;
      readonly keyed: boolean;
    }
  | { readonly type: 'pause' | 'resume'; readonly target: string }
  | { readonly type: 'unblock'; readonly target: string }
  | BackfillDesire
  | PoolDesire
  | KeepingDesire
  | {
      readonly type: 'steer';
      readonly action: SteerAction;
      /** Whether iterations count among the runs. */
      readonly isInside: boolean;
      readonly back: number;
      readonly step: string;
      readonly keyed: boolean;
    }
  | { readonly type: 'apply'; readonly workflow: MeantWorkflow };

/** What a client does next: it waits, and then wants some things at once. */
export interface Turn {
  readonly after: Milliseconds;
  readonly wishes: readonly Desire[];
}

/** Draws what a client of the workload `graphs` wants. */
export function drawDesire(
  chance: Chance,
  latest: ReadonlyMap<string, MeantWorkflow>,
  signals: readonly string[],
): Desire {
  const workflow = chance.pick([...latest.values()]);
  const target = workflow.id;
  const n = chance.int(0, 10);
  const dice = chance.next();
  if (dice < 0.35) return { type: 'start', target, n, keyed: chance.is(0.6) };
  if (dice < 0.65)
    return { type: 'publish', name: chance.pick(signals), rows: chance.int(0, 20), keyed: chance.is(0.7) };
  const type = dice < 0.77 ? 'stop' : 'restart';
  if (dice < 0.87) return { type, target, n, back: chance.int(0, 4), keyed: chance.is(0.7) };
  if (dice < 0.95) return { type: dice < 0.91 ? 'pause' : 'resume', target };
  return { type: 'apply', workflow: redraw(chance, workflow, signals) };
}
