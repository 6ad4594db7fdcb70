// Signals that data jobs publish through Redis (contract, "Redis in"): `PUBLISH downbeat:signals '{"name": …}'`, at most once.

import { parseSignal } from '../../core/signal/parse-signal.ts';
import { type Logger } from '../../ports/logger.ts';
import { type SignalSource } from '../../ports/signal-source.ts';
import { createRedisSubscriber, type RedisSubscriber } from './subscriber.ts';

/** How signals are heard. */
export interface RedisSignalSourceOptions {
  readonly url: string;
  readonly log: Logger;
  /** The channel, `downbeat:signals` unless told otherwise. */
  readonly channel?: string;
}

const SHOWN_CHARACTERS = 200;

/** Makes a source of signals. Connects at `start`, in the background, and for ever again. */
export function createRedisSignalSource({
  url,
  log,
  channel = 'downbeat:signals',
}: RedisSignalSourceOptions): SignalSource {
  let subscriber: RedisSubscriber | undefined;
  return {
    start: async (onSignal) => {
      if (subscriber !== undefined) return;
      subscriber = createRedisSubscriber(url, { log, meanwhile: 'signals published through it are lost' });
      await subscriber.subscribe(channel, (text) => {
        const parsed = parseSignal(text);
        if (parsed.ok) onSignal(parsed.signal);
        else
          log.warn('Dropped a text from Redis that is no signal.', {
            channel,
            problem: parsed.problem,
            text: text.slice(0, SHOWN_CHARACTERS),
          });
      });
    },
    stop: async () => {
      subscriber?.close();
      subscriber = undefined;
    },
  };
}
