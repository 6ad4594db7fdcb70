// The hosts on which attempts run, as the owner of their runs sees them: those that are gone, and what they were to do.

import { type EntityId } from '../core/ids.ts';
import { type Effect } from '../core/partition/effect.ts';
import { type Delivery } from './delivery.ts';
import { type Membership } from './membership.ts';
import { type OpenPartition } from './open-partition.ts';
import { type OpenedPartitions } from './opened.ts';
import { type Identity, type Outside } from './outside.ts';
import { type Performer } from './performer.ts';

/** What hosts are told, and what becomes of their attempts. */
export interface Hosts {
  /** Sends out again what ran on hosts that are gone. */
  missAll(): void;
  /** Sends out again what ran on one host: its attempts in this partition are lost, whether or not it still lives. */
  miss(partition: OpenPartition, host: string): void;
  /** Tells again what was told to end: a message can be lost, and so can its sender. */
  remindEnding(): void;
  /** Tells the owner of a partition that attempts which name this host were never started, and never will be. */
  disown(partition: number, effects: readonly Effect[]): void;
}

/** What it takes. */
export interface HostParts {
  readonly outside: Outside;
  readonly identity: Identity;
  readonly opened: OpenedPartitions;
  readonly membership: Membership;
  readonly delivery: Delivery;
  readonly performer: Performer;
}

/** Creates an owner's view of hosts. */
export function createHosts(parts: HostParts): Hosts {
  const { identity, opened, membership, performer, delivery } = parts;
  return {
    missAll: () => {
      for (const { partition } of opened.values())
        void loseHosts(parts, partition, (host) => !membership.isAlive(host));
    },
    miss: (partition, lost) => void loseHosts(parts, partition, (host) => host === lost),
    remindEnding: () => {
      const directories = [...opened.values()].flatMap(({ partition }) => [...partition.memory.directory().values()]);
      for (const { host, token } of directories.flatMap(({ ending = [] }) => ending)) performer.end(host, token);
    },
    disown: (partition, effects) => {
      for (const { type, run, token } of effects) {
        if (type !== 'StartAttempt' || !performer.disown(token)) continue;
        const hosts = [identity.incarnation];
        const body = { type: 'HostsLost', entity: run, hosts, tokens: [token] } as const;
        void delivery.deliver(partition, { id: `disowned:${token}`, actor: 'downbeat', body });
      }
    },
  };
}

async function loseHosts(
  { outside, delivery }: HostParts,
  partition: OpenPartition,
  isLost: (host: string) => boolean,
): Promise<void> {
  const directory = partition.memory.directory();
  const concerned = (): readonly EntityId[] =>
    [...directory].flatMap(([entity, { hosts }]) => (hosts.some(isLost) ? [entity] : []));
  if (concerned().length === 0) return;
  // A host that left in peace has left its last reports here: what has ended must not go out again.
  await delivery.readInbox(partition).catch((error: unknown) => {
    outside.logger.error('the inbox could not be read', error, { partition: partition.index });
  });
  for (const entity of concerned()) {
    const hosts = directory.get(entity)?.hosts.filter(isLost) ?? [];
    void delivery.tell(partition.index, { type: 'HostsLost', entity, hosts });
  }
}
