// Which runs to list.

import { type RunsFilter } from '../../engine/engine.ts';
import { type RunFilter } from '../generated/schema.ts';
import { parseWorkflowId } from './public-id.ts';
import { wanted } from './wanted.ts';

/** Reads the filter of a list of runs. */
export function parseRunsFilter({ workflowId, status, cause }: RunFilter): RunsFilter {
  return {
    ...(workflowId === null || workflowId === undefined ? {} : { workflowId: wanted(parseWorkflowId(workflowId)) }),
    ...(status === null || status === undefined ? {} : { status }),
    ...(cause === null || cause === undefined ? {} : { cause }),
  };
}
