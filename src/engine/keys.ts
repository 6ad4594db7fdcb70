// Idempotency keys of a partition: a repeat gets the first outcome, from memory or from one indexed read of the log.

import { type Command, type Outcome } from '../core/partition/command.ts';
import { type Commit } from '../core/partition/commit.ts';
import { type Place } from '../core/partition/cursor.ts';
import { type Log } from '../ports/log.ts';
import { type Reply } from './letter.ts';

/** What is known of a command's key. */
type Repeated =
  | {
      readonly kind: 'SAME';
      readonly reply: {
        readonly kind: 'COMMITTED';
        readonly outcome: Outcome;
        readonly place: Place | undefined;
        readonly replayed: true;
      };
    }
  | { readonly kind: 'MISMATCH' };

/** The keys that a partition remembers. */
export interface Keys {
  /** Looks an unknown key up in the log, before its command enters the mailbox. */
  recall(command: Command): Promise<void>;
  /** The outcome of an earlier command with the same key; undefined if this is the first. */
  repeated(command: Command): Repeated | undefined;
  /** A command was decided; its commit is not durable yet. */
  decided(command: Command, outcome: Outcome): void;
  /** A commit is durable. */
  durable(commit: Commit, place: Place): void;
}

interface Known {
  readonly argsHash: string | undefined;
  readonly outcome: Outcome;
  /** Undefined while its commit is not durable. */
  place: Place | undefined;
}

const mostKnown = 10_000;

/** Creates the memory of keys. */
export function createKeys(log: Log): Keys {
  const known = new Map<string, Known>();

  const remember = (key: string, entry: Known): void => {
    known.set(key, entry);
    const [oldest] = known.keys();
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  };

  return {
    recall: async ({ key }) => {
      if (key === undefined || known.has(key)) return;
      const block = await log.withKey(key);
      // A command with the same key may have been decided while we read: what is in memory is newer.
      if (block === undefined || known.has(key)) return;
      const i = block.commits.findIndex((commit) => commit.command?.key === key);
      const record = block.commits[i]?.command;
      if (record === undefined) return;
      remember(key, {
        argsHash: record.argsHash,
        outcome: record.outcome,
        place: { partition: block.partition, n: block.n, i },
      });
    },
    repeated: ({ key, argsHash }) => {
      const entry = key === undefined ? undefined : known.get(key);
      if (entry === undefined) return undefined;
      if (entry.argsHash !== argsHash) return { kind: 'MISMATCH' };
      return { kind: 'SAME', reply: { kind: 'COMMITTED', outcome: entry.outcome, place: entry.place, replayed: true } };
    },
    decided: ({ key, argsHash }, outcome) => {
      if (key !== undefined) remember(key, { argsHash, outcome, place: undefined });
    },
    durable: ({ command }, place) => {
      const entry = command?.key === undefined ? undefined : known.get(command.key);
      if (entry !== undefined) entry.place = place;
    },
  };
}

/** What the sender of other arguments under a known key is told. */
export function mismatch(command: Command, place: Place): Reply {
  return {
    kind: 'REFUSED',
    place,
    refusals: [
      {
        code: 'IDEMPOTENCY_MISMATCH',
        message: 'This idempotency key was used before, for the same operation and target but with other arguments.',
        path: ['idempotencyKey'],
        hint: `Use a new key for a new wish. (The key, with its scope, is "${command.key ?? ''}".)`,
      },
    ],
  };
}
