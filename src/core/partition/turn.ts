// One turn of a partition: reads what is loaded, gathers events, messages and effects, and sees its own changes at once.
//
// What is not loaded is noted and read as absent; a turn with such a note is thrown away whole and decided again once
// the shell has loaded what was missing. So no rule needs to know that anything can be missing.

import { type Definition } from '../definition/model.ts';
import { type BackfillBookState, type BackfillState } from '../backfill/backfill.ts';
import { type BackfillLinesState } from '../backfill/lines.ts';
import { type EntityId, kindOf } from '../ids.ts';
import { type IterationsState } from '../run/iterations.ts';
import { type PoolsState } from '../pool/pools.ts';
import { type Random, randomOf } from '../random.ts';
import { type QueueState } from '../queue/queue.ts';
import { type RunState } from '../run/state.ts';
import { type SignalQuarantineState } from '../signal/refused.ts';
import { type SignalShelfState } from '../signal/shelf.ts';
import { type SignalState, type SignalTypeState } from '../signal/signal.ts';
import { type BucketState } from '../trigger/bucket.ts';
import { type StartKeyState } from '../trigger/start-key.ts';
import { type TriggerState } from '../trigger/trigger.ts';
import { type WorkflowState } from '../workflow/workflow.ts';
import { type Circumstances } from './command.ts';
import { type Effect } from './effect.ts';
import { directoryOf, type EntityEvent } from './entity.ts';
import { createGathering, type Gathered, type Gathering, type Memory, type Needs } from './gathering.ts';
import { type TemplateState } from '../template/template.ts';
import { type Message } from './message.ts';
import { fullCommitBytes } from './size-limits.ts';

interface States {
  readonly workflow: WorkflowState;
  readonly template: TemplateState;
  readonly queue: QueueState;
  readonly run: RunState;
  readonly iterations: IterationsState;
  readonly trigger: TriggerState;
  readonly signalType: SignalTypeState;
  readonly signalShelf: SignalShelfState;
  readonly signalQuarantine: SignalQuarantineState;
  readonly pools: PoolsState;
  readonly signal: SignalState;
  readonly bucket: BucketState;
  readonly startKey: StartKeyState;
  readonly backfill: BackfillState;
  readonly backfillLines: BackfillLinesState;
  readonly backfillBook: BackfillBookState;
}

/** A turn as the rules see it. An entity that is set aside reads as if it were not there. */
export interface Turn {
  readonly circumstances: Circumstances;
  readonly random: Random;
  /** The entity as it stands after this turn's events; undefined if there is none (or it is not loaded). */
  read<K extends keyof States>(kind: K, id: EntityId): States[K] | undefined;
  /** A run, also one that is set aside: what stands in it goes on. */
  peek(id: EntityId): RunState | undefined;
  definition(hash: string): Definition | undefined;
  /** Who of the partition listens to a signal name, after this turn's events: triggers and runs, or those of one kind. */
  listeners(name: string, kind?: 'trigger' | 'run'): readonly EntityId[];
  /** Records the first event of an entity whose id is new: nothing need be loaded to know that it is not there. */
  create(entity: EntityId, event: EntityEvent): void;
  emit(entity: EntityId, event: EntityEvent): void;
  send(to: number, message: Message): void;
  effect(effect: Effect): void;
  /** An entity that has something left to do in this turn, after what is being done now. */
  follow(entity: EntityId): void;
  /** Whether the commit, with so many bytes more, is long enough. */
  isFull(bytes?: number): boolean;
  /** Whether an entity's state has room for so many bytes more of outputs. One that is not there has all the room there is. */
  hasRoom(entity: EntityId, bytes: number): boolean;
  /** Sets an entity aside, if there is one. */
  setAside(entity: EntityId, reason: string): void;
  /** Why an entity was set aside; undefined if it was not. */
  quarantine(id: EntityId): string | undefined;
  /**
   * Works on one entity. If that fails by an error of ours, or comes to more than can be stored, nothing of it remains but
   * that the entity is set aside, and the turn goes on: in a cascade each entity stands alone. Answers whether it went well.
   */
  alone(entity: EntityId, act: () => void): boolean;
}

/** The shell's side of a turn. */
export interface OpenTurn extends Turn {
  readonly pending: EntityId[];
  /** What has become larger than can be stored; undefined if nothing has. */
  excess(): string | undefined;
  needs(): Needs | undefined;
  gathered(): Gathered;
}

/** How many events make a commit full. A run of that many steps goes on in the next. */
const fullCommit = 1_500;

/** Opens a turn on what a partition has in memory. */
export function openTurn(memory: Memory, circumstances: Circumstances): OpenTurn {
  const gathering = createGathering(memory, circumstances.now);
  const setAside = (entity: EntityId, reason: string): void => {
    const before = gathering.versioned(entity);
    if (before !== undefined) gathering.record(entity, before, { type: 'Quarantined', reason });
  };
  return {
    circumstances,
    random: randomOf(circumstances.seed),
    pending: gathering.pending,
    read: <K extends keyof States>(kind: K, id: EntityId): States[K] | undefined => {
      const state = gathering.versioned(id)?.state;
      return state?.kind === kind && state.quarantine === undefined ? (state as States[K]) : undefined;
    },
    peek: (id) => {
      const state = gathering.versioned(id)?.state;
      return state?.kind === 'run' ? state : undefined;
    },
    definition: (hash) => gathering.definition(hash),
    listeners: (name, kind) =>
      listenersIn(memory, gathering, name)
        .filter((id) => kind === undefined || kindOf(id) === kind)
        .sort(),
    create: (entity, event) => {
      gathering.record(entity, undefined, event);
    },
    emit: (entity, event) => {
      const before = gathering.versioned(entity);
      // What is not loaded cannot change; the turn is decided again once it is.
      if (before !== undefined || !gathering.lacks(entity)) gathering.record(entity, before, event);
    },
    send: (to, message) => {
      gathering.send(to, message);
    },
    effect: (effect) => {
      gathering.effect(effect);
    },
    follow: (entity) => {
      if (!gathering.pending.includes(entity)) gathering.pending.push(entity);
    },
    isFull: (bytes = 0) => gathering.meter.weight() >= fullCommit || gathering.meter.bytes() + bytes >= fullCommitBytes,
    hasRoom: (entity, bytes) => gathering.hasRoom(entity, bytes),
    excess: () => gathering.meter.excess(),
    setAside,
    needs: () => gathering.needs(),
    gathered: () => gathering.gathered(),
    quarantine: (id) => gathering.versioned(id)?.state.quarantine?.reason,
    alone: (entity, act) => {
      const reason = faultOf(gathering, act);
      if (reason !== undefined) setAside(entity, reason);
      return reason === undefined;
    },
  };
}

/** Does something; if that fails, or comes to more than can be stored, nothing of it remains but why. */
function faultOf(gathering: Gathering, act: () => void): string | undefined {
  const rollBack = gathering.mark();
  const before = gathering.meter.excess();
  try {
    act();
  } catch (error) {
    rollBack();
    return error instanceof Error ? error.message : String(error);
  }
  const excess = gathering.meter.excess();
  if (excess === before) return undefined;
  rollBack();
  return excess;
}

/** Who listens to a name: those of the partition's memory, with what this turn has changed. */
function listenersIn(memory: Memory, gathering: Gathering, name: string): readonly EntityId[] {
  const { changed } = gathering.gathered();
  const unchanged = memory.listeners(name).filter((id) => !changed.has(id));
  const now = [...changed].filter(([, { state }]) => directoryOf(state)?.listens?.includes(name) === true);
  return [...unchanged, ...now.map(([id]) => id)];
}
