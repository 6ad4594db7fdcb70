// The bus over Redis pub/sub: two connections, since one that subscribes can do nothing else. While Redis is away nothing is
// kept and nobody waits; when it is back, every subscriber is told that there may be a gap.

import { type Bus } from '../../ports/bus.ts';
import { type Logger } from '../../ports/logger.ts';
import { createRedisConnection } from './connection.ts';
import { createRedisSubscriber } from './subscriber.ts';

/** How the bus is set up. */
export interface RedisBusOptions {
  readonly url: string;
  readonly log: Logger;
  /** Goes before every channel: deployments with different prefixes do not hear one another. */
  readonly prefix?: string;
}

/** Makes a bus. Connects in the background, and for ever again. */
export function createRedisBus({ url, log, prefix = '' }: RedisBusOptions): Bus {
  const publisher = createRedisConnection(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  const subscriber = createRedisSubscriber(url, { log, meanwhile: 'changes arrive by polling' });
  return {
    publish: (channel, message) => {
      // Lost is lost: the log has it.
      publisher.publish(prefix + channel, message).catch(() => undefined);
    },
    subscribe: (channel, onMessage, onGap) => subscriber.subscribe(prefix + channel, onMessage, onGap),
    close: async () => {
      publisher.disconnect();
      subscriber.close();
    },
  };
}
