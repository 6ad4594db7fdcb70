// What one turn gathers: events, messages and effects, over what the partition has in memory. What is read and not loaded is
// noted as missing and taken for absent. Bytes are counted as they come: those of the commit, and those of each changed state.

import { type Definition } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { roomForOutputs } from '../run/room.ts';
import { type Instant } from '../time.ts';
import { type Effect } from './effect.ts';
import { type EntityEvent, type EntityState, type RecordedEvent, evolve } from './entity.ts';
import { type Message } from './message.ts';
import { createMeter, type Meter } from './meter.ts';
import { isWithin } from './state-bytes.ts';

/** An entity as it stands, with how many events it has had. */
export interface Versioned {
  readonly version: number;
  readonly state: EntityState;
}

/** What a partition has in memory. */
export interface Memory {
  /** `null`: there is none; `undefined`: not loaded. */
  entity(id: EntityId): Versioned | null | undefined;
  /** A definition by its hash; `undefined`: not loaded. */
  definition(hash: string): Definition | undefined;
  /** Triggers and runs of the partition that listen to a signal name. */
  listeners(name: string): readonly EntityId[];
}

/** What a turn comes to. */
export interface Gathered {
  readonly events: readonly RecordedEvent[];
  readonly messages: readonly { readonly to: number; readonly message: Message }[];
  readonly effects: readonly Effect[];
  /** The changed entities as they stand now. */
  readonly changed: ReadonlyMap<EntityId, Versioned>;
  /** At least as many bytes as the events and messages take in the store. */
  readonly bytes: number;
}

/** What has to be loaded first. */
export interface Needs {
  readonly entities: readonly EntityId[];
  readonly definitions: readonly string[];
}

/** A turn's findings while it goes on. */
export interface Gathering {
  /** Entities that have something left to do. */
  readonly pending: EntityId[];
  /** The entity as it stands now; undefined if there is none or it is not loaded. */
  versioned(id: EntityId): Versioned | undefined;
  definition(hash: string): Definition | undefined;
  /** Whether the entity was asked for and is not loaded. */
  lacks(id: EntityId): boolean;
  record(entity: EntityId, before: Versioned | undefined, event: EntityEvent): void;
  effect(effect: Effect): void;
  send(to: number, message: Message): void;
  /** Remembers how far everything is; the answer goes back there. */
  mark(): () => void;
  needs(): Needs | undefined;
  gathered(): Gathered;
  /** Whether what steps give may make a state larger by so many bytes. One that is not there has all the room there is. */
  hasRoom(id: EntityId, more: number): boolean;
  readonly meter: Meter;
}

/** Begins to gather at a time. */
export function createGathering(memory: Memory, now: Instant): Gathering {
  const events: RecordedEvent[] = [];
  const messages: { readonly to: number; readonly message: Message }[] = [];
  const effects: Effect[] = [];
  const pending: EntityId[] = [];
  const missing = { entities: new Set<EntityId>(), definitions: new Set<string>() };
  let changed = new Map<EntityId, Versioned>();
  const meter = createMeter();
  const versioned = (id: EntityId): Versioned | undefined => {
    const found = changed.get(id) ?? memory.entity(id);
    if (found === undefined) missing.entities.add(id);
    return found ?? undefined;
  };
  return {
    pending,
    meter,
    versioned,
    definition: (hash) => {
      const definition = memory.definition(hash);
      if (definition === undefined) missing.definitions.add(hash);
      return definition;
    },
    lacks: (id) => missing.entities.has(id),
    record: (entity, before, event) => {
      const version = (before?.version ?? 0) + 1;
      const state = evolve(before?.state, event, now);
      changed.set(entity, { version, state });
      meter.event(entity, event, before?.state, state);
      events.push({ entity, version, event });
    },
    effect: (effect) => {
      effects.push(effect);
    },
    send: (to, message) => {
      messages.push({ to, message });
      meter.message(message);
    },
    mark: () => {
      const [before, waiting] = [new Map(changed), [...pending]];
      const [event, message, effect] = [events.length, messages.length, effects.length];
      const countBack = meter.mark();
      return () => {
        events.length = event;
        messages.length = message;
        effects.length = effect;
        pending.splice(0, pending.length, ...waiting);
        changed = before;
        countBack();
      };
    },
    needs: () => needsOf(missing),
    gathered: () => ({ events, messages, effects, changed, bytes: meter.bytes() }),
    hasRoom: (id, more) => {
      const found = versioned(id);
      return found === undefined || isWithin(found.state, roomForOutputs - more);
    },
  };
}

function needsOf({
  entities,
  definitions,
}: {
  readonly entities: ReadonlySet<EntityId>;
  readonly definitions: ReadonlySet<string>;
}): Needs | undefined {
  if (entities.size + definitions.size === 0) return undefined;
  return { entities: [...entities], definitions: [...definitions] };
}
