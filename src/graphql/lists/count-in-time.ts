// Counting may be slow, and a page is of use without it.

import { UnavailableError } from '../../engine/unavailable-error.ts';

const PATIENCE_MS = 2_000;

/** The count, or null if the engine cannot tell within two seconds. */
export async function countInTime(count: () => Promise<number>): Promise<number | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, null);
  });
  try {
    return await Promise.race([count(), tooLate]);
  } catch (error) {
    if (error instanceof UnavailableError) return null;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
