// A node among others: says that it lives, knows who else does, and what time the store says it is.

import { type Instant } from '../core/time.ts';
import { type LastOut, type NodeRow } from '../ports/partitions.ts';
import { type Identity, type Outside } from './outside.ts';

/** Who lives, and what time it is. */
export interface Membership {
  /** The store's time: the node's monotonic clock plus what the last beat told. */
  now(): Instant;
  /** Says that this node lives, and asks who else does. */
  beat(): Promise<void>;
  /** Whether the last beat is young enough to act on: less than two thirds of the lease. */
  isFresh(): boolean;
  /** The living nodes, as of the last beat. */
  nodes(): readonly NodeRow[];
  /** Whether a node of that incarnation lives, as far as is known. */
  isAlive(incarnation: string): boolean;
  leave(): Promise<void>;
}

/** Joins nobody yet. `lastOut` is what a beat tells of messages that went out. */
export function createMembership(outside: Outside, identity: Identity, lastOut: () => readonly LastOut[]): Membership {
  const { clock, partitions } = outside;
  const { incarnation, nodeId, timing } = identity;
  let offset = 0;
  let lastBeat = -Infinity;
  let nodes: readonly NodeRow[] = [];
  return {
    now: () => Math.floor(clock.monotonic() + offset),
    beat: async () => {
      const sent = clock.monotonic();
      const { address } = identity;
      const time = await partitions.beat({ incarnation, nodeId, address, lastOut: lastOut() }, timing.lease);
      lastBeat = sent;
      offset = time - clock.monotonic();
      nodes = await partitions.nodes();
    },
    isFresh: () => clock.monotonic() - lastBeat <= (2 / 3) * timing.lease,
    nodes: () => nodes,
    isAlive: (host) => host === incarnation || (!identity.isAlone && nodes.some((node) => node.incarnation === host)),
    leave: () => partitions.leave(incarnation),
  };
}
