// Publishes what waits in a queue of signals: on the server that makes the changes, until it is durable or refused for good.

import { type SignalTaker, type Taken } from '../ports/signal-queue.ts';
import { type Engine } from './engine.ts';
import { type Outside } from './outside.ts';
import { unavailableOf } from './why-unavailable.ts';

/** Who publishes what came through a queue. */
const actor = 'redis';
const elsewhereMs = 250;
const failedMs = 500;
/** An entry that trips over an error of ours so often holds up those behind it no longer. */
const mostFailures = 5;

/** Makes the taker of an engine. */
export function createSignalTaker(
  engine: Pick<Engine, 'publishSignals' | 'server'>,
  { logger, at }: Pick<Outside, 'logger' | 'at'>,
): SignalTaker {
  const failures = new Map<string, number>();
  return {
    mayTake: async () => (await engine.server()).role === 'OWNER',
    take: async ({ idempotencyKey, ...signal }): Promise<Taken> => {
      try {
        const answer = await engine.publishSignals([signal], { actor, idempotencyKey }, { atOnce: true });
        failures.delete(idempotencyKey);
        at('before-acknowledgement');
        if (answer.ok) return { kind: 'PUBLISHED' };
        return { kind: 'REFUSED', why: answer.refusals.map(({ message }) => message).join(' ') };
      } catch (error) {
        const passing = unavailableOf(error);
        if (passing?.code === 'NOT_OWNER') return { kind: 'LATER', afterMs: elsewhereMs };
        if (passing !== undefined) return { kind: 'LATER', afterMs: passing.retryAfterMs };
        const times = (failures.get(idempotencyKey) ?? 0) + 1;
        logger.error('a signal from a queue could not be published', error, { signal: signal.name, times });
        failures.set(idempotencyKey, times);
        if (times < mostFailures) return { kind: 'LATER', afterMs: failedMs };
        failures.delete(idempotencyKey);
        const why = error instanceof Error ? error.message : String(error);
        return { kind: 'REFUSED', why: `Publishing it failed ${String(times)} times on our side: ${why}` };
      }
    },
  };
}
