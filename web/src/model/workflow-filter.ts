// What an address says of the list of workflows, as a question to the server.

import { type WorkflowFilter } from '../api/documents.ts';
import { type WorkflowsRoute } from '../routing/route.ts';

const ORDERS: Readonly<Record<string, string>> = {
  'last-active': 'ACTIVE_LAST_FIRST',
  name: 'ID_UP',
  oldest: 'OLDEST_FIRST',
};

/** The filter that an address asks for; what has no meaning in it is left out. */
export function workflowFilterOf(
  { text, owner, label, triggers }: WorkflowsRoute,
  statuses: readonly string[],
): WorkflowFilter {
  const cut = label?.indexOf('=') ?? -1;
  return {
    ...(text === undefined ? {} : { text }),
    ...(owner === undefined ? {} : { owner }),
    ...(label === undefined || cut < 1 ? {} : { labels: { [label.slice(0, cut)]: label.slice(cut + 1) } }),
    ...(triggers === 'paused' || triggers === 'active' ? { paused: triggers === 'paused' } : {}),
    ...(statuses.length === 0 ? {} : { lastRun: statuses }),
  };
}

/** The order that an address asks for; the newest first if it asks for none. */
export function workflowOrderOf({ order }: WorkflowsRoute): string {
  return ORDERS[order ?? ''] ?? 'NEWEST_FIRST';
}
