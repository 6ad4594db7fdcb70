// The listening side of Redis pub/sub. Whoever subscribes hears everything from the answer on, or is told of the gap.

import { type AbsenceReport, createRedisConnection, reportAbsence } from './connection.ts';

/** Hears channels over one connection. */
export interface RedisSubscriber {
  /** Answers once the channel is heard; while Redis is away, at once. The answer ends it. */
  subscribe(channel: string, onMessage: (message: string) => void, onGap?: () => void): Promise<() => void>;
  close(): void;
}

interface Listener {
  readonly hear: (message: string) => void;
  readonly gap: () => void;
}

/** Makes a subscriber. Connects in the background, and for ever again. */
export function createRedisSubscriber(url: string, report: AbsenceReport): RedisSubscriber {
  const listeners = new Map<string, Set<Listener>>();
  const connection = createRedisConnection(url, { maxRetriesPerRequest: null, enableOfflineQueue: false });
  reportAbsence(connection, url, report);
  const tried = new Promise<void>((resolve) => {
    connection.once('ready', resolve);
    connection.once('close', resolve);
  });
  connection.on('message', (channel: string, message: string) => {
    for (const listener of listeners.get(channel) ?? []) {
      // A turn of its own for each, so that one that throws keeps nothing from the others.
      queueMicrotask(() => {
        if (listeners.get(channel)?.has(listener) === true) listener.hear(message);
      });
    }
  });
  connection.on('ready', () => {
    const [waiting, channels] = [[...listeners.values()].flatMap((each) => [...each]), [...listeners.keys()]];
    if (channels.length === 0) return;
    void hear(channels).then((isHeard) => {
      // Only now: what is published from here on is heard, and what was before is found by reading.
      if (isHeard) for (const { gap } of waiting) gap();
    });
  });
  const hear = async (channels: readonly string[]): Promise<boolean> => {
    try {
      await connection.subscribe(...channels);
      return true;
    } catch (error) {
      // A connection that broke comes back and does the same again; anything else is for a person to see.
      if (connection.status === 'ready')
        report.log.error('Redis refuses to let us hear a channel.', error, { channels });
      return false;
    }
  };
  return {
    subscribe: async (channel, onMessage, onGap) => {
      await tried;
      const listener: Listener = { hear: onMessage, gap: onGap ?? ((): void => undefined) };
      const heard = listeners.get(channel) ?? new Set<Listener>();
      listeners.set(channel, heard.add(listener));
      // While Redis is away, its return subscribes to all channels and tells of the gap.
      if (connection.status === 'ready') await hear([channel]);
      return () => {
        heard.delete(listener);
        if (heard.size > 0 || listeners.get(channel) !== heard) return;
        listeners.delete(channel);
        if (connection.status === 'ready') connection.unsubscribe(channel).catch(() => undefined);
      };
    },
    close: () => {
      listeners.clear();
      connection.disconnect();
    },
  };
}
