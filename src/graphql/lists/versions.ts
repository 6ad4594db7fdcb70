// The versions of a workflow as a list: newest first, out of its state.

import { type WorkflowState } from '../../core/workflow/workflow.ts';
import { type WorkflowVersionsArgs } from '../generated/schema.ts';
import { countWithin } from '../parse/page.ts';
import { decodePageCursor, encodePageCursor } from '../parse/page-cursor.ts';
import { type ConnectionSource } from '../present/connection.ts';
import { versionLine, type VersionSource } from '../present/workflow.ts';

/** A page of versions; counting them costs nothing. */
export interface VersionPage extends Omit<ConnectionSource<VersionSource>, 'cursor' | 'count'> {
  readonly totalCount: number;
}

const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 100;

/** A page of a workflow's versions; an empty one if the workflow is no longer there. */
export function listVersions(
  workflow: WorkflowState | undefined,
  { first, after }: Pick<WorkflowVersionsArgs, 'first' | 'after'>,
): VersionPage {
  const { versions, active, workflowId = '' }: Partial<WorkflowState> = workflow ?? {};
  const list = `versions ${JSON.stringify(workflowId)}`;
  const size = countWithin('first', first ?? DEFAULT_SIZE, LARGEST_SIZE);
  const before = after === null || after === undefined ? Infinity : decodePageCursor(list, after).at;
  const newestFirst = (versions ?? []).toReversed();
  const rest = newestFirst.filter(({ version }) => version < before);
  const edges = rest.slice(0, size).map((state) => ({
    cursor: encodePageCursor(list, { at: state.version, id: String(state.version) }),
    node: versionLine(state, active),
  }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    totalCount: newestFirst.length,
    pageInfo: {
      hasNextPage: rest.length > edges.length,
      hasPreviousPage: newestFirst.length > rest.length,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}
