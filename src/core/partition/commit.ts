// What the log holds: commits, gathered into blocks. A block is one document and one durable step of its partition.

import { type EntityId } from '../ids.ts';
import { type Instant } from '../time.ts';
import { type Outcome } from './command.ts';
import { type Directory, type EntityState, type RecordedEvent } from './entity.ts';
import { type Message, type MessagePlace } from './message.ts';

/** Everything that one command caused, over all entities of its partition: atomic. */
export interface Commit {
  /** The partition's time: never goes back within it. */
  readonly at: Instant;
  /** For commands from outside: who asked, and what they were told. */
  readonly command?: CommandRecord;
  /** For a message from another partition (or from itself): which one this consumes. */
  readonly in?: MessagePlace;
  readonly events: readonly RecordedEvent[];
  readonly out: readonly OutMessage[];
}

/** A command as the log remembers it. */
export interface CommandRecord {
  readonly id: string;
  readonly actor: string;
  readonly reason?: string;
  /** What was asked for, as far as the audit wants it: the command's type. Absent for what no person or service asked for. */
  readonly operation?: string;
  /** What it was about, where the outcome does not say so: a step's id, or a signal's name. */
  readonly subject?: string;
  /** With a key, a repeat of the command is answered with this outcome. */
  readonly key?: string;
  /** Hash of its arguments: another hash under the same key is a mismatch. */
  readonly argsHash?: string;
  readonly outcome: Outcome;
}

/** A message to a partition. */
export interface OutMessage {
  readonly to: number;
  readonly sequence: number;
  readonly message: Message;
}

/** All commits of one flush. `n` is gapless in its partition. A block without commits is a fence. */
export interface Block {
  readonly partition: number;
  readonly n: number;
  /** Random for each process and tenure of the partition. */
  readonly writer: string;
  readonly epoch: number;
  /** The shape of the block and its commits; each event is stored with a version of its own (stored-event.ts). */
  readonly format: number;
  readonly commits: readonly Commit[];
}

/** The format that this version writes. */
export const blockFormat = 1;

/** An entity's state as of block `n`, or as of a commit of it. */
export interface StoredEntity {
  readonly id: EntityId;
  readonly partition: number;
  readonly n: number;
  /** How many events it has had. */
  readonly version: number;
  readonly state: EntityState;
  /** Present while it lives. */
  readonly directory?: Directory;
}

/** A living entity's line in the directory. */
export interface DirectoryEntry {
  readonly id: EntityId;
  readonly version: number;
  readonly directory: Directory;
}

/** How far a partition's entities are saved, and what it knew of the others then. */
export interface PartitionCheckpoint {
  /** Every block up to and with `n` is in the saved entities. */
  readonly n: number;
  /** The partition's time at that point. */
  readonly at: Instant;
  /** Last message taken from each sender. */
  readonly seen: readonly MessagePlace[];
  /** Last message sent to each recipient. */
  readonly sent: readonly { readonly to: number; readonly sequence: number; readonly n: number }[];
}
