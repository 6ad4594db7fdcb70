// Commands from nodes that do not own the partition: kept until the owner has committed them.

import { type Command } from '../core/partition/command.ts';

/** A durable letterbox a partition. */
export interface Inbox {
  /** Keeps a command; the same id twice is one. */
  put(partition: number, command: Command): Promise<void>;
  /** What lies there, oldest first, at most `limit`. */
  list(partition: number, limit: number): Promise<readonly Command[]>;
  /** Forgets commands that are committed. */
  remove(ids: readonly string[]): Promise<void>;
}
