// Brings messages from partition to partition. The log is the outbox: what was not delivered in memory is read there.
//
// A receiver takes each sender's messages strictly in the order of their numbers; a gap, a nudge or a beat that tells of
// more makes us read the sender's blocks from the last message taken. Nothing is ever deleted, nothing is lost.

import { type Message, type MessagePlace } from '../core/partition/message.ts';
import { type LastOut, type NodeRow } from '../ports/partitions.ts';
import { type Opened } from './opened.ts';
import { type Outside } from './outside.ts';

/** The post between partitions. */
export interface Post {
  /** A durable message goes out. */
  send(place: MessagePlace, to: number, message: Message): void;
  /** A partition was opened: what waits for it, and what it has sent meanwhile, is fetched. */
  opened(partition: number): void;
  /** A partition of another node wrote a block: it may hold messages for us. */
  heard(partition: number): void;
  /** Fetches what the beats of other nodes tell of. */
  catchUp(nodes: readonly NodeRow[]): void;
  /** What our own beat tells. */
  lastOut(): readonly LastOut[];
}

const page = 100;

/** Creates the post of a node. `opened` are the partitions that are open now, by number. */
export function createPost(outside: Outside, opened: ReadonlyMap<number, Opened>): Post {
  const fetching = new Set<string>();

  /** Reads what a sender has for a recipient that is open here, until there is nothing new. */
  async function fetch(from: number, to: number): Promise<void> {
    const pair = `${String(from)}>${String(to)}`;
    if (fetching.has(pair)) return;
    fetching.add(pair);
    try {
      let next = opened.get(to)?.partition.memory.seen.get(from)?.n;
      for (next ??= 0; next !== undefined;) next = await fetchPage(from, to, next);
    } catch (error) {
      outside.logger.error('messages could not be read', error, { from, to });
    } finally {
      fetching.delete(pair);
    }
  }

  /** Answers where to read on; undefined when there is nothing more, or nobody to take it. */
  async function fetchPage(from: number, to: number, n: number): Promise<number | undefined> {
    const blocks = await outside.log.messagesTo(to, from, n, page);
    const recipient = opened.get(to)?.partition;
    if (recipient === undefined || recipient.isLost()) return undefined;
    for (const block of blocks) {
      const messages = block.commits.flatMap((commit) => commit.out).filter((message) => message.to === to);
      for (const { sequence, message } of messages) recipient.receive({ from, sequence, n: block.n }, message);
    }
    const last = blocks.at(-1)?.n;
    return last === undefined || blocks.length < page ? undefined : last + 1;
  }

  function fetchIfMore(from: number, to: number, sequence: number): void {
    const recipient = opened.get(to)?.partition;
    if (recipient !== undefined && sequence > recipient.received(from)) void fetch(from, to);
  }

  return {
    send: (place, to, message) => {
      const recipient = opened.get(to)?.partition;
      if (recipient?.receive(place, message) === 'GAP') void fetch(place.from, to);
    },
    opened: (partition) => {
      const sent = opened.get(partition)?.checkpointer.sent();
      for (const [other, { checkpointer }] of opened) {
        fetchIfMore(other, partition, checkpointer.sent().get(partition)?.sequence ?? 0);
        fetchIfMore(partition, other, sent?.get(other)?.sequence ?? 0);
      }
    },
    heard: (partition) => {
      if (opened.has(partition)) return;
      for (const to of opened.keys()) void fetch(partition, to);
    },
    catchUp: (nodes) => {
      for (const { lastOut } of nodes) for (const { from, to, sequence } of lastOut) fetchIfMore(from, to, sequence);
    },
    lastOut: () =>
      [...opened.values()].flatMap(({ partition, checkpointer }) =>
        [...checkpointer.sent()].map(([to, last]) => ({ from: partition.index, to, ...last })),
      ),
  };
}
