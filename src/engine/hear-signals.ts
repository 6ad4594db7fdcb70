// Publishes what is heard from a source of signals. Each server hears all of it, and the one that makes the changes publishes it.

import { type Logger } from '../ports/logger.ts';
import { type SignalSource } from '../ports/signal-source.ts';
import { type Engine } from './engine.ts';
import { UnavailableError } from './unavailable-error.ts';

/** Who publishes what came through a source. */
const actor = 'redis';

/** Begins to hear. What cannot be published is told to the log: nobody waits for an answer. */
export async function hearSignals(
  source: SignalSource,
  engine: Pick<Engine, 'publishSignals'>,
  logger: Logger,
): Promise<void> {
  await source.start(({ idempotencyKey, ...signal }) => {
    const caller = { actor, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
    engine.publishSignals([signal], caller).then(
      (answer) => {
        if (!answer.ok)
          logger.warn('a signal from Redis was refused', { signal: signal.name, why: answer.refusals[0]?.message });
      },
      (error: unknown) => {
        if (error instanceof UnavailableError && error.code === 'NOT_OWNER') return;
        logger.error('a signal from Redis could not be published', error, { signal: signal.name });
      },
    );
  });
}
