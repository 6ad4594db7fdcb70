// The log as a checker reads it: every commit in order, and what the events say, gathered by hand from what the simulation saw
// getting in, which no cut takes away. None of the engine's own code takes part, so that a mistake there cannot hide here.

import { type Definition } from '../../src/core/definition/model.ts';
import { type Block, type Commit } from '../../src/core/partition/commit.ts';
import { type EntityEvent } from '../../src/core/partition/entity.ts';
import { type Message, type MessagePlace } from '../../src/core/partition/message.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type SimStore } from './store.ts';

/** A commit with its place and when its block got in. */
export interface PlacedCommit {
  readonly partition: number;
  readonly n: number;
  readonly i: number;
  readonly commit: Commit;
  readonly appliedAt: Milliseconds;
  /** When its block was cut; Infinity while it is there. */
  readonly cutAt: Milliseconds;
}

/** An event with the commit it is in. */
export interface PlacedEvent {
  readonly entity: string;
  readonly version: number;
  readonly event: EntityEvent;
  readonly in: PlacedCommit;
}

/** A message with the commit that sent it. */
export interface PlacedMessage {
  readonly to: number;
  readonly sequence: number;
  readonly message: Message;
  readonly in: PlacedCommit;
}

/** Everything that the log says. */
export interface History {
  readonly blocks: readonly (readonly Block[])[];
  /** In the order of each partition, partition by partition. */
  readonly commits: readonly PlacedCommit[];
  /** By entity, in order. */
  readonly events: ReadonlyMap<string, readonly PlacedEvent[]>;
  /** By `from>to`, in order. */
  readonly sent: ReadonlyMap<string, readonly PlacedMessage[]>;
  /** By `from>to`, in order. */
  readonly taken: ReadonlyMap<string, readonly { readonly place: MessagePlace; readonly in: PlacedCommit }[]>;
  /** By hash. */
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** Reads everything that ever was in the log. */
export async function readHistory(store: SimStore, partitions: number): Promise<History> {
  const blocks: Block[][] = [];
  const commits: PlacedCommit[] = [];
  const events = new Map<string, PlacedEvent[]>();
  const sent = new Map<string, PlacedMessage[]>();
  const taken = new Map<string, { place: MessagePlace; in: PlacedCommit }[]>();
  for (let partition = 0; partition < partitions; partition++) {
    const found = [...store.record(partition)];
    blocks.push(found);
    for (const block of found) {
      const appliedAt = store.appliedAt(partition, block.n);
      const cutAt = store.cutAt(partition, block.n);
      commits.push(...block.commits.map((commit, i) => ({ partition, n: block.n, i, commit, appliedAt, cutAt })));
    }
  }
  for (const placed of commits) {
    const { partition, commit } = placed;
    for (const event of commit.events) add(events, event.entity, { ...event, in: placed });
    for (const out of commit.out) add(sent, pair(partition, out.to), { ...out, in: placed });
    if (commit.in !== undefined) add(taken, pair(commit.in.from, partition), { place: commit.in, in: placed });
  }
  return { blocks, commits, events, sent, taken, definitions: await readDefinitions(store, events) };
}

/** The name of a pair of partitions. */
export function pair(from: number, to: number): string {
  return `${String(from)}>${String(to)}`;
}

/** The place of a commit, for people. */
export function placeText({ partition, n, i }: PlacedCommit): string {
  return `${String(partition)}:${String(n)}.${String(i)}`;
}

async function readDefinitions(
  store: SimStore,
  events: ReadonlyMap<string, readonly PlacedEvent[]>,
): Promise<ReadonlyMap<string, Definition>> {
  const definitions = new Map<string, Definition>();
  for (const { event } of [...events.values()].flat()) {
    if (event.type !== 'VersionApplied') continue;
    const content = await store.truth.blobs.get(event.definition);
    if (content !== undefined)
      definitions.set(event.definition, JSON.parse(new TextDecoder().decode(content)) as Definition);
  }
  return definitions;
}

function add<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
