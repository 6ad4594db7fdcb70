// The commits of a partition that are decided but not durable, the one block in flight, and who waits for them.
//
// 1. At most one block is in flight, at exactly the last durable n + 1 (design §3, Append 1).
// 2. Whoever waits is told when everything decided before is durable, in order, or that it never will be.

import { type EntityId } from '../core/ids.ts';
import { type Block, blockFormat, type Commit } from '../core/partition/commit.ts';
import { type Place } from '../core/partition/cursor.ts';
import { type Effect } from '../core/partition/effect.ts';
import { type Gathered, type Versioned } from '../core/partition/gathering.ts';

/** A commit that is durable, with what it causes. */
export interface Released {
  readonly commit: Commit;
  readonly place: Place;
  readonly effects: readonly Effect[];
  readonly changed: ReadonlyMap<EntityId, Versioned>;
  /** Those of the changed entities that were not there before. */
  readonly born: ReadonlySet<EntityId>;
  /** In bytes: at least as many as it takes in the store. */
  readonly size: number;
}

/** A commit on its way. */
export interface Decided {
  readonly commit: Commit;
  readonly gathered: Gathered;
  /** In bytes: at least as many as it takes in the store. */
  readonly size: number;
  readonly answer: (place: Place) => void;
  readonly fail: (error: Error) => void;
}

/** The undurable end of a partition. */
export interface Undurable {
  add(decided: Decided): void;
  /** Calls back once everything decided so far is durable, or never can be. */
  whenDurable(act: (place: Place) => void, fail: (error: Error) => void): void;
  /** The next block, if there is something to send and none is in flight. */
  nextBlock(): Block | undefined;
  /** The block in flight is there for good: `release` is called with what it holds, then everyone who waited is told. */
  durable(release: (released: readonly Released[]) => void): void;
  /** Nothing of it will be written by us; answers the effects of the block in flight, which may be durable all the same. */
  drop(error: Error): readonly Effect[];
  /** The last durable place. */
  head(): Place;
  /** Whether nothing more should be decided before something becomes durable. */
  isFull(): boolean;
  /** Whether there is something that is not in flight yet. */
  hasWaiting(): boolean;
  isEmpty(): boolean;
  /** Entities with changes that are not durable. */
  entities(): ReadonlySet<EntityId>;
}

interface Waiter {
  readonly after: Decided;
  readonly act: (place: Place) => void;
  readonly fail: (error: Error) => void;
}

const mostCommits = 4_000;
const mostBytes = 8_000_000;
const largestBlock = 4_000_000;

/** Begins behind the last durable block of a partition. */
export function createUndurable(tenure: {
  readonly index: number;
  readonly writer: string;
  readonly epoch: number;
  readonly head: number;
}): Undurable {
  const { index: partition, writer, epoch } = tenure;
  const waiters: Waiter[] = [];
  let waiting: Decided[] = [];
  let flight: { readonly block: Block; readonly commits: readonly Decided[] } | undefined;
  let bytes = 0;
  let head: Place = { partition, n: tenure.head, i: -1 };
  const all = (): readonly Decided[] => [...(flight?.commits ?? []), ...waiting];

  function settle(release: (released: readonly Released[]) => void): void {
    if (flight === undefined) return;
    const { block, commits } = flight;
    flight = undefined;
    head = { partition, n: block.n, i: commits.length - 1 };
    for (const { size } of commits) bytes -= size;
    release(commits.map((decided, i) => releasedOf(decided, { ...head, i })));
    commits.forEach((decided, i) => {
      decided.answer({ ...head, i });
      while (waiters[0]?.after === decided) waiters.shift()?.act({ ...head, i });
    });
  }

  return {
    head: () => head,
    isFull: () => waiting.length + (flight?.commits.length ?? 0) >= mostCommits || bytes >= mostBytes,
    hasWaiting: () => waiting.length > 0,
    isEmpty: () => waiting.length === 0 && flight === undefined,
    entities: () => new Set(all().flatMap(({ gathered }) => [...gathered.changed.keys()])),
    add: (decided) => {
      waiting.push(decided);
      bytes += decided.size;
    },
    whenDurable: (act, fail) => {
      const after = waiting.at(-1) ?? flight?.commits.at(-1);
      if (after === undefined) act(head);
      else waiters.push({ after, act, fail });
    },
    nextBlock: () => {
      if (flight !== undefined || waiting.length === 0) return undefined;
      const commits = fitting(waiting);
      waiting = waiting.slice(commits.length);
      const events = commits.map(({ commit }) => commit);
      const block: Block = { partition, n: head.n + 1, writer, epoch, format: blockFormat, commits: events };
      flight = { block, commits };
      return block;
    },
    durable: settle,
    drop: (error) => {
      const doubtful = (flight?.commits ?? []).flatMap(({ gathered }) => gathered.effects);
      for (const { fail } of [...all(), ...waiters.splice(0)]) fail(error);
      waiting = [];
      flight = undefined;
      return doubtful;
    },
  };
}

/** As many commits as fit into a block, at least one. */
function fitting(waiting: readonly Decided[]): readonly Decided[] {
  let bytes = 0;
  const count = waiting.findIndex(({ size }) => (bytes += size) > largestBlock);
  return count === -1 ? waiting : waiting.slice(0, Math.max(1, count));
}

function releasedOf({ commit, gathered, size }: Decided, place: Place): Released {
  const born = new Set(commit.events.flatMap(({ entity, version }) => (version === 1 ? [entity] : [])));
  return { commit, place, effects: gathered.effects, changed: gathered.changed, born, size };
}
