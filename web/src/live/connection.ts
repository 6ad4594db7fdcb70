// Whether the page hears the server: the one truth behind the banner. Fed by the socket and by failed queries.

/** How the page stands to the server. */
export interface Connection {
  readonly isLost: boolean;
  /** Since when nothing was heard, in milliseconds of the page's clock. */
  readonly lostAt: number | undefined;
  /** Grows by one each time the connection is back: whoever missed something asks again. */
  readonly returns: number;
}

let current: Connection = { isLost: false, lostAt: undefined, returns: 0 };
const listeners = new Set<() => void>();

/** How things stand. */
export function connection(): Connection {
  return current;
}

/** Says that the server cannot be heard. */
export function sayLost(): void {
  if (!current.isLost) change({ ...current, isLost: true, lostAt: Date.now() });
}

/** Says that the server was heard. */
export function sayHeard(): void {
  if (current.isLost) change({ isLost: false, lostAt: undefined, returns: current.returns + 1 });
}

/** Calls the listener on every change; answers how to stop. */
export function onConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function change(next: Connection): void {
  current = next;
  for (const listener of listeners) listener();
}
