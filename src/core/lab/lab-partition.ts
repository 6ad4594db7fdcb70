// One partition of a world: what it knows, what it wrote, and what is on its way to it.

import { type EntityId } from '../ids.ts';
import { type Directory, directoryOf, evolve, type RecordedEvent } from '../partition/entity.ts';
import { type Versioned } from '../partition/gathering.ts';
import { type Message } from '../partition/message.ts';
import { type Instant } from '../time.ts';

/** A commit of some partition. */
export interface WorldCommit {
  readonly at: Instant;
  readonly partition: number;
  readonly events: readonly RecordedEvent[];
}

/** A partition. */
export interface LabPartition {
  readonly index: number;
  readonly entities: Map<EntityId, Versioned>;
  /** What lives, and what it waits for. */
  readonly living: Map<EntityId, Directory>;
  readonly log: WorldCommit[];
  /** Messages on their way here, by sender, each in order. */
  readonly letters: Map<number, Message[]>;
}

/** Something that wants to be woken. */
export interface Due {
  readonly here: LabPartition;
  readonly id: EntityId;
  readonly at: Instant;
}

/** A partition in which nothing has happened. */
export function emptyPartition(index: number): LabPartition {
  return { index, entities: new Map(), living: new Map(), log: [], letters: new Map() };
}

/** Takes an entity as it stands now. */
export function put(here: LabPartition, id: EntityId, versioned: Versioned): void {
  here.entities.set(id, versioned);
  const waits = directoryOf(versioned.state);
  if (waits === undefined) here.living.delete(id);
  else here.living.set(id, waits);
}

/** Makes the memory of a partition out of its log alone, as a new owner does. */
export function refold(here: LabPartition): void {
  here.entities.clear();
  here.living.clear();
  const states = new Map<EntityId, Versioned>();
  for (const { at, events } of here.log) {
    for (const { entity, version, event } of events) {
      states.set(entity, { version, state: evolve(states.get(entity)?.state, event, at) });
    }
  }
  for (const [id, versioned] of states) put(here, id, versioned);
}

/** Those of a partition that listen to a signal name. */
export function listenersIn({ living }: LabPartition, name: string): readonly EntityId[] {
  return [...living].flatMap(([id, { listens }]) => (listens?.includes(name) === true ? [id] : [])).sort();
}

/** What wants to be woken first, of all partitions, no later than a time. */
export function earliestWake(all: readonly LabPartition[], until: Instant): Due | undefined {
  let first: Due | undefined;
  for (const here of all) {
    for (const [id, { wake }] of here.living) {
      if (wake !== undefined && wake <= until && (first === undefined || wake < first.at))
        first = { here, id, at: wake };
    }
  }
  return first;
}
