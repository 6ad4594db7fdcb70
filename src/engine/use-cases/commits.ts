// Commits as they come: fix places, read the log behind them, then go on with what comes. No gap, no repeat, a commit whole.

import { type EntityId } from '../../core/ids.ts';
import { type Block } from '../../core/partition/commit.ts';
import { type Cursor, isBehind, type Place } from '../../core/partition/cursor.ts';
import { type Milliseconds } from '../../core/time.ts';
import { type Change } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';

const heartbeat: Milliseconds = 15_000;
/** A watcher that was live and fell this many blocks behind is told so, and has to come again. */
const mostBehind = 10_000;

interface Tail {
  readonly outside: Outside;
  readonly node: EngineNode;
  /** How far the watcher has seen, by partition. */
  readonly at: Map<number, Place>;
  /** How far blocks were read, by partition. */
  readonly read: Map<number, number>;
  readonly wants: (entity: EntityId) => boolean;
}

/** Commits behind places, as they come, that touch an entity which `wants` names. Ends only with LAGGED. */
export async function* commitsBehind(
  outside: Outside,
  node: EngineNode,
  places: readonly Place[],
  wants: (entity: EntityId) => boolean,
): AsyncGenerator<Change, void, undefined> {
  const tail: Tail = {
    outside,
    node,
    at: new Map(places.map((place) => [place.partition, place])),
    // The block of a place may hold commits behind it.
    read: new Map(places.map(({ partition, n }) => [partition, Math.max(0, n - 1)])),
    wants,
  };
  let lastSaid = outside.clock.monotonic();
  for (let isLive = false; ;) {
    const read = [...tail.read];
    for await (const change of newChanges(tail)) {
      lastSaid = outside.clock.monotonic();
      yield change;
    }
    if (isLive && isFarBehind(tail)) {
      yield { kind: 'LAGGED', cursor: cursorOf(tail), at: node.now(), events: [] };
      return;
    }
    if (read.some(([partition, n]) => tail.read.get(partition) !== n)) continue;
    isLive = true;
    await node.feed.wait(tail.read, heartbeat);
    if (outside.clock.monotonic() - lastSaid < heartbeat) continue;
    lastSaid = outside.clock.monotonic();
    yield { kind: 'HEARTBEAT', cursor: cursorOf(tail), at: node.now(), events: [] };
  }
}

/** One page of each partition. */
async function* newChanges(tail: Tail): AsyncGenerator<Change, void, undefined> {
  for (const partition of tail.at.keys()) {
    for (const block of await tail.node.feed.after(partition, tail.read.get(partition) ?? 0)) {
      tail.read.set(partition, block.n);
      yield* changesOf(tail, block);
    }
  }
}

/** The changes of a block that lie behind the place of its partition; moves the place on. */
function* changesOf(tail: Tail, block: Block): Generator<Change, void, undefined> {
  for (const [i, commit] of block.commits.entries()) {
    const place = { partition: block.partition, n: block.n, i };
    if (!isBehind(place, tail.at.get(block.partition) ?? place)) continue;
    tail.at.set(block.partition, place);
    const events = commit.events.filter(({ entity }) => tail.wants(entity));
    if (events.length > 0) yield { kind: 'COMMIT', cursor: cursorOf(tail), at: commit.at, events };
  }
}

function isFarBehind({ node, read }: Tail): boolean {
  return [...read].some(([partition, n]) => (node.open(partition)?.head().n ?? 0) - n > mostBehind);
}

function cursorOf({ at }: Tail): Cursor {
  return [...at.values()];
}
