// Brings the engine's own commands to partitions: wake-ups to those that are open here, reports to whoever the owner is.
//
// A report is sent until an owner has taken it: in memory if the partition is ours, else through the durable inbox. A
// refusal counts only once the store has said that the partition is still ours: a superseded owner knows nothing.

import { type Command, type CommandBody } from '../core/partition/command.ts';
import { type Milliseconds } from '../core/time.ts';
import { type OpenPartition } from './open-partition.ts';
import { type OpenedPartitions } from './opened.ts';
import { type Outside } from './outside.ts';
import { pause } from './periodic.ts';
import { UnavailableError } from './unavailable-error.ts';

/** The ways of the engine's own commands. */
export interface Delivery {
  /** Posts a command to a partition that is open here; what it comes to is of no interest. */
  tell(partition: number, body: CommandBody): Promise<void>;
  /** Brings a command home, wherever that is. */
  deliver(partition: number, command: Command): Promise<void>;
  /** Takes what other hosts have left for a partition. */
  readInbox(partition: OpenPartition): Promise<void>;
  /** Gives up what is still on its way: the process ends. */
  stop(): void;
}

const page = 100;
const longestPause: Milliseconds = 2_000;

/** Creates the delivery of a node. */
export function createDelivery(
  outside: Outside,
  opened: OpenedPartitions,
  isStillOurs: (partition: OpenPartition) => Promise<boolean>,
): Delivery {
  const { logger } = outside;
  let isStopped = false;

  async function bring(partition: number, command: Command): Promise<void> {
    const here = opened.get(partition)?.partition;
    if (here === undefined || here.isLost()) {
      await outside.inbox.put(partition, command);
      outside.bus.publish('inbox', String(partition));
      return;
    }
    const reply = await here.submit(command);
    if (reply.kind === 'COMMITTED') return;
    // What was refused out of the memory of an owner that was superseded, the true one may well take.
    if (!(await isStillOurs(here))) {
      await bring(partition, command);
      return;
    }
    logger.warn('a report was refused', { report: command.id, why: reply.refusals[0]?.message });
  }

  return {
    tell: async (partition, body) => {
      const command = { id: outside.randomness.token(), actor: 'downbeat', body };
      try {
        await opened.get(partition)?.partition.submit(command);
      } catch (error) {
        if (!(error instanceof UnavailableError)) logger.error('a wake-up failed', error, { partition });
      }
    },
    deliver: async (partition, command) => {
      for (let tries = 0; !isStopped; tries++) {
        try {
          await bring(partition, command);
          return;
        } catch (error) {
          const isPassing = error instanceof UnavailableError;
          if (!isPassing) logger.error('a report could not be delivered', error, { report: command.id });
          await pause(outside, Math.min(longestPause, 50 * 2 ** Math.min(tries, 6)));
        }
      }
    },
    readInbox: async (partition) => {
      const commands = await outside.inbox.list(partition.index, page);
      const taken = await Promise.allSettled(commands.map((command) => partition.submit(command)));
      const kinds = taken.map((reply) => (reply.status === 'fulfilled' ? reply.value.kind : undefined));
      if (kinds.includes('REFUSED') && !(await isStillOurs(partition))) return;
      const ids = commands.filter((_, place) => kinds[place] !== undefined).map((command) => command.id);
      if (ids.length > 0) await outside.inbox.remove(ids);
    },
    stop: () => {
      isStopped = true;
    },
  };
}
