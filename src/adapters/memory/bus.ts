// The bus within one process: for a single server without Redis, and for tests. Loses nothing while it is open.

import { type Bus } from '../../ports/bus.ts';

type Hear = (message: string) => void;

/** Makes a bus for everybody who holds the object. Messages arrive after the publisher's turn, in order. */
export function createMemoryBus(): Bus {
  const listeners = new Map<string, Set<Hear>>();
  return {
    publish: (channel, message) => {
      for (const hear of listeners.get(channel) ?? []) {
        // A turn of its own for each, so that one that throws keeps nothing from the others.
        queueMicrotask(() => {
          if (listeners.get(channel)?.has(hear) === true) hear(message);
        });
      }
    },
    subscribe: async (channel, onMessage) => {
      const hear: Hear = (message) => {
        onMessage(message);
      };
      const heard = listeners.get(channel) ?? new Set<Hear>();
      listeners.set(channel, heard.add(hear));
      return () => {
        heard.delete(hear);
        if (heard.size === 0 && listeners.get(channel) === heard) listeners.delete(channel);
      };
    },
    close: async () => {
      listeners.clear();
    },
  };
}
