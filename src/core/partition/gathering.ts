// What one turn gathers: events, messages and effects, over what the partition has in memory. What is read and not loaded is
// noted as missing and taken for absent.

import { type Definition } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type Instant } from '../time.ts';
import { type Effect } from './effect.ts';
import { type EntityEvent, type EntityState, type RecordedEvent, evolve } from './entity.ts';
import { type Message } from './message.ts';

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
  /** How many events there are; one that takes over a record of iterations counts as each of them. */
  weight(): number;
}

/** Begins to gather at a time. */
export function createGathering(memory: Memory, now: Instant): Gathering {
  const events: RecordedEvent[] = [];
  const messages: { readonly to: number; readonly message: Message }[] = [];
  const effects: Effect[] = [];
  const pending: EntityId[] = [];
  const missing = { entities: new Set<EntityId>(), definitions: new Set<string>() };
  let changed = new Map<EntityId, Versioned>();
  let weight = 0;
  return {
    pending,
    versioned: (id) => {
      const found = changed.get(id) ?? memory.entity(id);
      if (found === undefined) missing.entities.add(id);
      return found ?? undefined;
    },
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
      events.push({ entity, version, event });
      weight += event.type === 'IterationsKept' ? 1 + event.entries.length : 1;
    },
    effect: (effect) => {
      effects.push(effect);
    },
    send: (to, message) => {
      messages.push({ to, message });
    },
    mark: () => {
      const [before, waiting] = [new Map(changed), [...pending]];
      const [event, message, effect] = [events.length, messages.length, effects.length];
      const weightBefore = weight;
      return () => {
        events.length = event;
        messages.length = message;
        effects.length = effect;
        pending.splice(0, pending.length, ...waiting);
        changed = before;
        weight = weightBefore;
      };
    },
    needs: () =>
      missing.entities.size + missing.definitions.size === 0
        ? undefined
        : { entities: [...missing.entities], definitions: [...missing.definitions] },
    gathered: () => ({ events, messages, effects, changed }),
    weight: () => weight,
  };
}
