// Lists as Relay connections over pages of the engine. A page that was read from the end is turned round again.

import { type Cursor } from '../../core/partition/cursor.ts';
import { type Page } from '../../engine/page.ts';
import { type PageInfo } from '../generated/schema.ts';
import { type PageWish } from '../parse/page.ts';
import { encodePageCursor } from '../parse/page-cursor.ts';
import { type AuditSource } from './audit.ts';
import { type RunSource } from './run.ts';
import { type SignalSource } from './signal.ts';
import { type TemplateSource } from './template.ts';
import { type WorkflowSource } from './workflow.ts';

/** A page of anything; `count` is asked only when a query wants `totalCount`. */
export interface ConnectionSource<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  readonly cursor: Cursor;
  readonly count: () => Promise<number>;
}

/** What the fields of `AuditConnection` are resolved from. */
export type AuditConnectionSource = ConnectionSource<AuditSource>;
/** What the fields of `RunConnection` are resolved from. */
export type RunConnectionSource = ConnectionSource<RunSource>;
/** What the fields of `SignalConnection` are resolved from. */
export type SignalConnectionSource = ConnectionSource<SignalSource>;
/** What the fields of `TemplateConnection` are resolved from. */
export type TemplateConnectionSource = ConnectionSource<TemplateSource>;
/** What the fields of `WorkflowConnection` are resolved from. */
export type WorkflowConnectionSource = ConnectionSource<WorkflowSource>;

/** How a list is shown: its name with filter and order, its items, its count. */
export interface Listing<Row, Node> {
  readonly list: string;
  readonly present: (row: Row, cursor: Cursor) => Node;
  readonly count: () => Promise<number>;
}

/** A page of the engine as a connection. */
export function connectionOf<Row extends { readonly at: number }, Node>(
  page: Page<Row>,
  wish: PageWish,
  listing: Listing<Row, Node>,
): ConnectionSource<Node> {
  const rows = wish.backward ? page.rows.toReversed() : page.rows;
  const edges = rows.map(({ id, row, key }) => ({
    cursor: encodePageCursor(listing.list, { at: key ?? row.at, id }),
    node: listing.present(row, page.cursor),
  }));
  const hasMoreBehindStart = wish.request.after !== undefined;
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: wish.backward ? hasMoreBehindStart : page.more,
      hasPreviousPage: wish.backward ? page.more : hasMoreBehindStart,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
    cursor: page.cursor,
    count: listing.count,
  };
}
