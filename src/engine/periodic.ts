// What a node does again and again, and waiting.

import { type Milliseconds } from '../core/time.ts';
import { type Outside } from './outside.ts';

/** Something that is done again and again. */
export interface Chore {
  readonly name: string;
  readonly every: Milliseconds;
  /** Before the first time; as `every` if not given. */
  readonly first?: Milliseconds;
  readonly act: () => Promise<void>;
}

/** Does a chore until the answer is called: the next time begins when the last has ended, also when it failed. */
export function periodically({ clock, logger }: Outside, chore: Chore): () => void {
  let isOver = false;
  let cancel: (() => void) | undefined;
  const again = (delay: Milliseconds): void => {
    cancel = clock.after(delay, () => {
      chore
        .act()
        .catch((error: unknown) => {
          logger.error(`${chore.name} failed`, error);
        })
        .finally(() => {
          if (!isOver) again(chore.every);
        });
    });
  };
  again(chore.first ?? chore.every);
  return () => {
    isOver = true;
    cancel?.();
  };
}

/** Resolves after a while. */
export function pause({ clock }: Pick<Outside, 'clock'>, delay: Milliseconds): Promise<void> {
  return new Promise((resolve) => clock.after(delay, resolve));
}
