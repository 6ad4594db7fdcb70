// Waiting for something that may fail or never come, for a while only.

import { type Milliseconds } from '../core/time.ts';
import { type Outside } from './outside.ts';

/** Resolves when the part is over, well or badly, or when the monotonic clock has reached the deadline. */
export function settledBy(
  { clock, logger }: Pick<Outside, 'clock' | 'logger'>,
  deadline: Milliseconds,
  part: Promise<unknown>,
): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(Math.max(0, deadline - clock.monotonic()), resolve);
    void part
      .catch((error: unknown) => {
        logger.error('a part of the end failed; leases hand over then', error);
      })
      .finally(() => {
        cancel();
        resolve();
      });
  });
}
