// Subscribers: they watch, lose their node, come again with the cursor they had, and keep everything they were sent.

import { type Cursor } from '../../src/core/partition/cursor.ts';
import { isTerminalRun } from '../../src/core/run/state.ts';
import { type Change, type RunChange } from '../../src/engine/engine.ts';
import { type RunningEngine } from '../../src/engine/create-engine.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type Chance } from './chance.ts';
import { type Cluster, type Life } from './cluster.ts';

/** What one subscriber of all commits was sent: the events of each commit, as `entity@version`. */
export interface FleetRecord {
  readonly commits: (readonly string[])[];
  /** The last cursor it was given. */
  cursor: Cursor;
}

/** What one subscriber of a run was sent: the versions of its events, and how it stood. */
export interface RunRecord {
  readonly run: string;
  versions: number[];
  statuses: string[];
  hasEnded: boolean;
}

/** All subscribers of a simulation. */
export interface Subscribers {
  readonly fleet: readonly FleetRecord[];
  readonly runs: readonly RunRecord[];
  /** Watches every commit from the beginning. */
  watchAll(partitions: number): void;
  watchRun(workflowId: string, number: number, attempt: number): void;
  stop(): void;
}

/** Creates subscribers. */
export function createSubscribers(time: VirtualTime, chance: Chance, cluster: Cluster): Subscribers {
  const fleet: FleetRecord[] = [];
  const runs: RunRecord[] = [];
  let isOver = false;

  /** Keeps a subscription going on one node after the other, until `take` says that it is done. */
  function follow<C>(
    open: (engine: RunningEngine) => AsyncIterable<C>,
    take: (change: C) => 'MORE' | 'AGAIN' | 'DONE',
  ): void {
    const [life] = cluster.callable().length === 0 ? [] : [chance.pick(cluster.callable())];
    const again = (): void => {
      time.after(chance.int(10, 800), () => {
        if (!isOver) follow(open, take);
      });
    };
    if (life === undefined) again();
    else attend(life, open(life.engine), { take, again });
  }

  function attend<C>(
    { process }: Life,
    changes: AsyncIterable<C>,
    { take, again }: { readonly take: (change: C) => 'MORE' | 'AGAIN' | 'DONE'; readonly again: () => void },
  ): void {
    let isHere = true;
    const leave = (): void => {
      if (!isHere) return;
      isHere = false;
      again();
    };
    process.onDeath(leave);
    if (chance.is(0.5)) time.after(chance.int(100, 15_000), leave);
    const pump = async (): Promise<void> => {
      for await (const change of changes) {
        if (!isHere || isOver) return;
        const next = take(change);
        if (next === 'DONE') isHere = false;
        // Now and then one leaves in the middle of a block, and comes again with a place inside it.
        if (next !== 'MORE' || chance.is(0.03)) break;
      }
      leave();
    };
    pump().catch(leave);
  }

  return {
    fleet,
    runs,
    watchAll: (partitions) => {
      const cursor = Array.from({ length: partitions }, (_, partition) => ({ partition, n: 0, i: -1 }));
      const record: FleetRecord = { commits: [], cursor };
      fleet.push(record);
      follow<Change>(
        (engine) => engine.watch({ kind: 'all' }, record.cursor),
        (change) => {
          if (change.kind === 'COMMIT') {
            record.commits.push(change.events.map(({ entity, version }) => `${entity}@${String(version)}`));
          }
          record.cursor = change.cursor;
          return change.kind === 'LAGGED' ? 'AGAIN' : 'MORE';
        },
      );
    },
    watchRun: (workflowId, number, attempt) => {
      const record: RunRecord = {
        run: `run:${workflowId}/${String(number)}.${String(attempt)}`,
        versions: [],
        statuses: [],
        hasEnded: false,
      };
      let cursor: Cursor | undefined;
      runs.push(record);
      follow<RunChange>(
        (engine) => engine.watchRun({ workflowId, number, attempt }, cursor),
        (change) => {
          cursor = change.cursor;
          record.versions.push(...change.events.map(({ version }) => version));
          if (change.run === undefined) return 'MORE';
          record.statuses.push(change.run.state.status);
          record.hasEnded = isTerminalRun(change.run.state.status);
          return record.hasEnded ? 'DONE' : 'MORE';
        },
      );
    },
    stop: () => {
      isOver = true;
    },
  };
}
