// Which page of a list: first with after, or last with before, 1 to 100 items.

import { type PageRequest } from '../../engine/page.ts';
import { badInput } from '../errors/bad-input.ts';
import { decodePageCursor } from './page-cursor.ts';

/** The arguments of every list. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** The page that is wanted, in terms of the engine. */
export interface PageWish {
  readonly request: PageRequest;
  /** It is read from the end; its rows come in the opposite order. */
  readonly backward: boolean;
}

const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 100;

/** In which direction a list runs, and by what. */
export type ListOrder = Pick<PageRequest, 'order' | 'by'>;

/** Reads the arguments of a list that is called `list` with its filter and order, and runs in that order. */
export function parsePage(args: PageArguments, list: string, { order, by }: ListOrder): PageWish {
  const backward = isBackward(args);
  const limit = backward ? sizeOf('last', args.last) : sizeOf('first', args.first);
  const cursor = backward ? args.before : args.after;
  return {
    backward,
    request: {
      limit,
      order: backward ? opposite(order) : order,
      ...(by === undefined ? {} : { by }),
      ...(isGiven(cursor) ? { after: decodePageCursor(list, cursor) } : {}),
    },
  };
}

function isBackward({ first, last, after, before }: PageArguments): boolean {
  const backward = isGiven(last) || isGiven(before);
  if (backward && (isGiven(first) || isGiven(after))) {
    throw badInput('first and after exclude last and before: a page is read from one end.');
  }
  return backward;
}

/** Refuses a number of items outside of its bounds. */
export function countWithin(name: string, count: number, most: number): number {
  if (count >= 1 && count <= most) return count;
  throw badInput(`${name} must be 1 to ${String(most)}, and is ${String(count)}.`);
}

function sizeOf(name: string, size: number | null | undefined): number {
  return countWithin(name, size ?? DEFAULT_SIZE, LARGEST_SIZE);
}

function opposite(order: PageRequest['order']): PageRequest['order'] {
  return order === 'NEWEST_FIRST' ? 'OLDEST_FIRST' : 'NEWEST_FIRST';
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
