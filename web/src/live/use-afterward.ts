// Does something soon after it was asked for, however often it is asked for meanwhile.

import { useCallback, useEffect, useRef } from 'react';

const SOON_MS = 400;

/** Answers a function that calls `act` once, a moment later. */
export function useAfterward(act: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, SOON_MS);
  }, []);
}
