// Signals through a channel in memory: for tests. As with every channel, what is said while nobody hears is lost.

import { type IncomingSignal, parseSignal } from '../../core/signal/parse-signal.ts';
import { type Logger } from '../../ports/logger.ts';
import { type SignalSource } from '../../ports/signal-source.ts';

/** A channel, and those who hear it. */
export interface MemorySignalChannel {
  /** Says a text; answers how many hear it, which they do after the caller's turn. */
  publish(text: string): number;
  /** Another one who hears, once started. */
  source(log: Logger): SignalSource;
}

/** Makes a channel that nobody hears yet. */
export function createMemorySignalChannel(): MemorySignalChannel {
  const hearing = new Set<(text: string) => void>();
  return {
    publish: (text) => {
      for (const hear of hearing) {
        queueMicrotask(() => {
          if (hearing.has(hear)) hear(text);
        });
      }
      return hearing.size;
    },
    source: (log) => {
      let ours: ((text: string) => void) | undefined;
      return {
        start: async (onSignal) => {
          ours ??= (text) => {
            hear(text, onSignal, log);
          };
          hearing.add(ours);
        },
        stop: async () => {
          if (ours !== undefined) hearing.delete(ours);
          ours = undefined;
        },
      };
    },
  };
}

function hear(text: string, onSignal: (signal: IncomingSignal) => void, log: Logger): void {
  const parsed = parseSignal(text);
  if (parsed.ok) onSignal(parsed.signal);
  else log.warn('Dropped a text that is no signal.', { problem: parsed.problem });
}
