// Which runs to list.

import { type RunsFilter } from '../../engine/filters.ts';
import { type RunFilter } from '../generated/schema.ts';
import { givenOf } from './given.ts';
import { parseLabelFilter } from './label-filter.ts';
import { parseWorkflowId } from './public-id.ts';
import { parseTimeRanges } from './time-range.ts';
import { wanted } from './wanted.ts';

/** Reads the filter of a list of runs. */
export function parseRunsFilter(filter: RunFilter): RunsFilter {
  const { workflowId, workflowIds, labels, created, started, ended, scheduledFor, ...plain } = givenOf(filter);
  return {
    ...plain,
    ...parseTimeRanges({ created, started, ended, scheduledFor }),
    ...(workflowId === undefined ? {} : { workflowId: wanted(parseWorkflowId(workflowId)) }),
    ...(workflowIds === undefined ? {} : { workflowIds: workflowIds.map((id) => wanted(parseWorkflowId(id))) }),
    ...(labels === undefined ? {} : { labels: parseLabelFilter(labels) }),
  };
}
