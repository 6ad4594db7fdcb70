// A list that is at hand whole, as a connection: pages from the front, each cursor naming an item and its place, so that a page
// goes on behind an item where it is now, or where it was if it is gone.

import { type PageInfo } from '../generated/schema.ts';
import { countWithin } from '../parse/page.ts';
import { decodePageCursor, encodePageCursor } from '../parse/page-cursor.ts';

/** A page of a list that is at hand whole. */
export interface ShortPage<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

const LARGEST_SIZE = 100;
const USUAL_SIZE = 20;

/** How a list is shown: its name, the name of each item, and the item itself; only the items of the page are shown. */
export interface ShortListing<Item, Node> {
  readonly list: string;
  readonly idOf: (item: Item) => string;
  readonly show: (item: Item, index: number) => Node;
}

/** A page of a list. */
export function shortPage<Item, Node>(
  all: readonly Item[],
  { first, after }: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
  { list, idOf, show }: ShortListing<Item, Node>,
): ShortPage<Node> {
  const size = countWithin('first', first ?? USUAL_SIZE, LARGEST_SIZE);
  const from = after === null || after === undefined ? 0 : behind(all, decodePageCursor(list, after), idOf);
  const edges = all.slice(from, from + size).map((item, index) => ({
    cursor: encodePageCursor(list, { at: from + index, id: idOf(item) }),
    node: show(item, from + index),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: from + size < all.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
    totalCount: all.length,
  };
}

function behind<Item>(
  all: readonly Item[],
  { at, id }: { readonly at: number; readonly id: string },
  idOf: (item: Item) => string,
): number {
  const found = all.findIndex((item) => idOf(item) === id);
  return found === -1 ? Math.min(at, all.length) : found + 1;
}
