// Subscribers: they watch, lose their node, come again with the cursor they had, and keep everything they were sent. Who is
// told that the log was cut behind its cursor begins anew, and writes down whether that was true.

import { type Cursor } from '../../src/core/partition/cursor.ts';
import { isTerminalRun } from '../../src/core/run/state.ts';
import { type Change, type RunChange } from '../../src/engine/engine.ts';
import { type RunningEngine } from '../../src/engine/create-engine.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type Choices } from './choices.ts';
import { type Cluster, type Life } from './cluster.ts';
import { type SimStore } from './store.ts';

/** What one subscriber of all commits was sent without an interruption: the events of each commit, as `entity@version`. */
export interface FleetRecord {
  readonly commits: (readonly string[])[];
  readonly from: Cursor;
  /** The last cursor it was given. */
  cursor: Cursor;
  /** It was told that what lies behind its cursor is gone. */
  hasExpired: boolean;
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
  /** Who was told that its cursor leads nowhere while the log still had what lies behind it. */
  readonly wrong: readonly string[];
  /** Whether the one that watches every commit has not got all of them yet. */
  isBehind(): boolean;
  /** Watches every commit from the beginning. */
  watchAll(partitions: number): void;
  watchRun(workflowId: string, number: number, attempt: number): void;
  stop(): void;
}

/** What a subscriber does with what it is told. */
interface Taking<C> {
  readonly take: (change: C) => 'MORE' | 'AGAIN' | 'DONE';
  /** The log was cut behind its cursor. */
  readonly expire: (engine: RunningEngine) => Promise<void>;
}

/** Creates subscribers. */
export function createSubscribers({
  time,
  choices,
  cluster,
  store,
}: {
  readonly time: VirtualTime;
  readonly choices: Choices;
  readonly cluster: Cluster;
  readonly store: SimStore;
}): Subscribers {
  const fleet: FleetRecord[] = [];
  const runs: RunRecord[] = [];
  const wrong: string[] = [];
  const chance = choices.noise('subscribers');
  let isOver = false;

  /** Writes down if someone is told that its cursor leads nowhere although nothing was cut behind it. */
  async function doubt(name: string, cursor: Cursor): Promise<void> {
    const firsts = await Promise.all(cursor.map(async ({ partition }) => store.truth.log.first(partition)));
    if (cursor.some(({ n }, place) => (firsts[place] ?? 0) > Math.max(1, n))) return;
    wrong.push(`I15: ${name} was told that its cursor leads nowhere, and nothing was cut: ${JSON.stringify(cursor)}`);
  }

  /** Keeps a subscription going on one node after the other, until `take` says that it is done. */
  function follow<C>(open: (engine: RunningEngine) => AsyncIterable<C>, taking: Taking<C>): void {
    const [life] = cluster.callable().length === 0 ? [] : [chance.pick(cluster.callable())];
    const again = (): void => {
      time.after(chance.int(10, 800), () => {
        if (!isOver) follow(open, taking);
      });
    };
    if (life === undefined) again();
    else attend(life, open(life.engine), { ...taking, again });
  }

  function attend<C>(
    { process, engine }: Life,
    changes: AsyncIterable<C>,
    { take, expire, again }: Taking<C> & { readonly again: () => void },
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
    pump().catch(async (error: unknown) => {
      // An engine that was bundled has an error class of its own, so its code tells.
      const hasExpired = error instanceof Error && 'code' in error && error.code === 'CURSOR_EXPIRED';
      // Who cannot begin anew now comes again with the old cursor, and is told so again.
      if (isHere && hasExpired) await expire(engine).catch(() => undefined);
      leave();
    });
  }

  function begin(from: Cursor): FleetRecord {
    const record = { commits: [], from, cursor: from, hasExpired: false };
    fleet.push(record);
    return record;
  }

  return {
    fleet,
    runs,
    wrong,
    isBehind: () =>
      fleet.at(-1)?.cursor.some(({ partition, n, i }) => {
        const last = store.record(partition).findLast(({ commits }) => commits.length > 0);
        return last !== undefined && (n < last.n || (n === last.n && i < last.commits.length - 1));
      }) ?? false,
    watchAll: (partitions) => {
      let record = begin(Array.from({ length: partitions }, (_, partition) => ({ partition, n: 0, i: -1 })));
      follow<Change>((engine) => engine.watch({ kind: 'all' }, record.cursor), {
        take: (change) => {
          if (change.kind === 'COMMIT') {
            record.commits.push(change.events.map(({ entity, version }) => `${entity}@${String(version)}`));
          }
          record.cursor = change.cursor;
          return change.kind === 'LAGGED' ? 'AGAIN' : 'MORE';
        },
        expire: async (engine) => {
          await doubt('a subscriber', record.cursor);
          const head = await engine.head();
          record.hasExpired = true;
          record = begin(head);
        },
      });
    },
    watchRun: (workflowId, number, attempt) => {
      const name = `run:${workflowId}/${String(number)}.${String(attempt)}`;
      const record: RunRecord = { run: name, versions: [], statuses: [], hasEnded: false };
      let cursor: Cursor | undefined;
      runs.push(record);
      follow<RunChange>((engine) => engine.watchRun({ workflowId, number, attempt }, cursor), {
        take: (change) => {
          cursor = change.cursor;
          record.versions.push(...change.events.map(({ version }) => version));
          if (change.run === undefined) return 'MORE';
          record.statuses.push(change.run.state.status);
          record.hasEnded = isTerminalRun(change.run.state.status);
          return record.hasEnded ? 'DONE' : 'MORE';
        },
        expire: async () => {
          await doubt(`a subscriber of ${name}`, cursor ?? []);
          cursor = undefined;
          record.versions = [];
        },
      });
    },
    stop: () => {
      isOver = true;
    },
  };
}
