// How a watch goes on after anything that can happen to it: pure, so that every case can be tried without a network.
//
// 1. What was seen is never asked for again: a new subscription starts behind the last cursor.
// 2. LAGGED and a broken connection resume; only CURSOR_EXPIRED asks for the whole picture again.
// 3. A refusal that a repeat would meet again ends the watch; everything else is tried again, ever more slowly.

/** Where a watch is: behind which cursor, and how often in a row it broke. */
export interface WatchPlace {
  readonly after: string | undefined;
  readonly failures: number;
}

/** What can happen to a watch. */
export type WatchEvent =
  | {
      readonly kind: 'frame';
      readonly cursor: string;
      readonly frame: 'SNAPSHOT' | 'COMMIT' | 'HEARTBEAT' | 'LAGGED' | 'BENEATH';
    }
  | { readonly kind: 'complete'; readonly isWanted: boolean }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'lost' };

/** What to do next. */
export type NextMove =
  | { readonly kind: 'deliver' }
  | { readonly kind: 'ignore' }
  | { readonly kind: 'subscribe'; readonly delayMs: number }
  | { readonly kind: 'start-over' }
  | { readonly kind: 'end' }
  | { readonly kind: 'give-up'; readonly code: string };

/** The place after an event, and the move that it asks for. */
export interface WatchStep {
  readonly place: WatchPlace;
  readonly move: NextMove;
}

/** A watch that has seen nothing behind the cursor; without one it begins with a snapshot. */
export function startAt(after: string | undefined): WatchPlace {
  return { after, failures: 0 };
}

const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 10_000;
const FINAL_CODES: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'BAD_INPUT',
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** Decides how a watch goes on. `chance`, from 0 to 1, spreads the attempts of many pages. */
export function afterEvent(place: WatchPlace, event: WatchEvent, chance: number): WatchStep {
  switch (event.kind) {
    case 'frame':
      return afterFrame(event);
    case 'complete':
      return event.isWanted ? again(place, chance) : { place, move: { kind: 'end' } };
    case 'lost':
      return again(place, chance);
    case 'refused':
      return afterRefusal(place, event.code, chance);
  }
}

function afterFrame({ frame, cursor }: WatchEvent & { readonly kind: 'frame' }): WatchStep {
  const place = { after: cursor, failures: 0 };
  if (frame === 'LAGGED') return { place, move: { kind: 'subscribe', delayMs: 0 } };
  return { place, move: { kind: frame === 'HEARTBEAT' ? 'ignore' : 'deliver' } };
}

function afterRefusal(place: WatchPlace, code: string, chance: number): WatchStep {
  if (code === 'CURSOR_EXPIRED') return { place: startAt(undefined), move: { kind: 'start-over' } };
  if (FINAL_CODES.has(code)) return { place, move: { kind: 'give-up', code } };
  return again(place, chance);
}

function again(place: WatchPlace, chance: number): WatchStep {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(place.failures, 10));
  return {
    place: { ...place, failures: place.failures + 1 },
    move: { kind: 'subscribe', delayMs: Math.round(delay * (0.5 + chance / 2)) },
  };
}
