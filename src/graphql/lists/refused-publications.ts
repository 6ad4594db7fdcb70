// The publications of a signal name that its contract refused, as a list: newest first.

import { type SignalQuarantineState } from '../../core/signal/refused.ts';
import { type SignalTypeQuarantineArgs } from '../generated/schema.ts';
import { countWithin } from '../parse/page.ts';
import { decodePageCursor, encodePageCursor } from '../parse/page-cursor.ts';
import { refusedOf, type RefusedPage } from '../present/signal-type.ts';

const LARGEST_SIZE = 100;

/** A page of them. */
export function listRefused(
  state: SignalQuarantineState | undefined,
  { first, after }: Pick<SignalTypeQuarantineArgs, 'first' | 'after'>,
): RefusedPage {
  const limit = countWithin('first', first ?? 20, LARGEST_SIZE);
  const all = state === undefined ? [] : state.refused.toReversed();
  const list = `refused ${state?.name ?? ''}`;
  const behind = after === null || after === undefined ? undefined : decodePageCursor(list, after);
  // Ids are in the order of time, so a page goes on behind one that is gone.
  const rest = behind === undefined ? all : all.filter(({ id }) => id < behind.id);
  const edges = rest.slice(0, limit).flatMap((refused) => {
    if (state === undefined) return [];
    const cursor = encodePageCursor(list, { at: refused.firstAt, id: refused.id });
    return [{ cursor, node: refusedOf(state, refused) }];
  });
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    totalCount: all.length,
    dropped: state?.dropped ?? 0,
    pageInfo: {
      hasNextPage: rest.length > edges.length,
      hasPreviousPage: behind !== undefined,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}
