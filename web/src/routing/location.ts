// The browser's address as a value that components follow, and the way to another one.

import { useSyncExternalStore } from 'react';
import { type Route, addressOf, routeOf } from './route.ts';

const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

window.addEventListener('popstate', tell);

/** The route where the person is; the component is drawn again when it changes. */
export function useRoute(): Route {
  const address = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => window.location.pathname + window.location.search,
  );
  return routeOf(address);
}

/** Goes to another page; the way back leads here. */
export function goTo(address: string): void {
  window.history.pushState(null, '', address);
  window.scrollTo(0, 0);
  tell();
}

/** Changes the address of this page without a new entry in the history: for filters and selections. */
export function stayAt(route: Route): void {
  window.history.replaceState(null, '', addressOf(route));
  tell();
}
