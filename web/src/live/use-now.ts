// The page's clock: one timer for everything that ticks, and none when nothing does.

import { useSyncExternalStore } from 'react';

const TICK_MS = 500;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function still(): () => void {
  return () => undefined;
}

/** The time, twice a second while `isTicking`; otherwise the time of the last tick. */
export function useNow(isTicking = true): number {
  return useSyncExternalStore(isTicking ? listen : still, () => now);
}
