// A watch of the engine as the stream of a subscription: a SNAPSHOT first if there is one, then every change, presented one by
// one as the subscriber takes them.

import { type Cursor } from '../../core/partition/cursor.ts';
import { type Context } from '../context.ts';
import { boundedAhead } from './bounded-ahead.ts';

/** What every change has. */
export interface Framed {
  readonly kind: 'SNAPSHOT' | 'COMMIT' | 'HEARTBEAT' | 'LAGGED' | 'BENEATH';
  readonly cursor: Cursor;
  readonly at: number;
  readonly events: readonly unknown[];
}

/** What to follow, and how its items are shown. */
export interface Followed<Item, Shown> {
  readonly source: AsyncIterable<Item>;
  /** Comes before everything else. */
  readonly snapshot?: Shown | undefined;
  readonly present: (item: Item) => Shown | Promise<Shown>;
}

const CAPACITY = 1_000;
const LOG_CAPACITY = 10;
const PATIENCE_MS = 5_000;

/** What a subscriber is told who was too slow: subscribe again behind the last change that it got. */
function laggedBehind<Item extends Framed>(last: Item): Item {
  return { ...last, kind: 'LAGGED', events: [], run: undefined };
}

/** The stream of a subscription's changes. A subscriber that is too slow gets LAGGED with the cursor to resume behind. */
export function followChanges<Item extends Framed, Shown>(
  context: Context,
  { source, ...rest }: Followed<Item, Shown>,
): AsyncIterableIterator<Shown, undefined> {
  const slow = { patience: PATIENCE_MS, lagged: laggedBehind<Item> };
  return present(context, { source: boundedAhead(source, { capacity: CAPACITY, slow }), ...rest });
}

/** The stream of a step's log: it is kept anyway, and read as fast as the subscriber takes it. */
export function followLog<Item, Shown>(
  context: Context,
  { source, ...rest }: Followed<Item, Shown>,
): AsyncIterableIterator<Shown, undefined> {
  return present(context, { source: boundedAhead(source, { capacity: LOG_CAPACITY }), ...rest });
}

function present<Item, Shown>(
  context: Context,
  followed: Followed<Item, Shown>,
): AsyncIterableIterator<Shown, undefined> {
  const iterator = followed.source[Symbol.asyncIterator]();
  let snapshot = followed.snapshot;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      context.loaders.forget();
      if (snapshot !== undefined) {
        const value = snapshot;
        snapshot = undefined;
        return { done: false, value };
      }
      const step = await iterator.next();
      if (step.done === true) return { done: true, value: undefined };
      context.loaders.forget();
      return { done: false, value: await followed.present(step.value) };
    },
    return: async () => {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}
