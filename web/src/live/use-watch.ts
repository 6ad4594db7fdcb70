// A watch for as long as a component is on the screen.

import { useEffect, useRef } from 'react';
import { type Frame, watch, type WatchOrder } from './watch.ts';

/** Watches while `order` is given. It is begun anew when its text, variables or cursor change. */
export function useWatch<F extends Frame>(order: WatchOrder<F> | undefined): void {
  const latest = useRef(order);
  useEffect(() => {
    latest.current = order;
  });
  const key = order === undefined ? undefined : JSON.stringify([order.text, order.variables, order.after]);
  useEffect(() => {
    const begun = latest.current;
    if (key === undefined || begun === undefined) return undefined;
    return watch<F>({
      ...begun,
      onFrame: (frame) => latest.current?.onFrame(frame),
      onExpired: () => latest.current?.onExpired?.(),
      onRefused: (code) => latest.current?.onRefused?.(code),
      mayEnd: () => latest.current?.mayEnd?.() === true,
    });
  }, [key]);
}
