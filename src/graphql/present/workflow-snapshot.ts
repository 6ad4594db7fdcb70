// The changes of what is set by hand for a workflow, as the schema shows them.

import { type WorkflowState } from '../../core/workflow/workflow.ts';
import { type WorkflowSnapshot } from '../generated/schema.ts';
import { objectOf } from './object.ts';

/** The changes, newest first; none of a workflow that is no longer there. */
export function snapshotsOf(workflow: WorkflowState | undefined): readonly WorkflowSnapshot[] {
  return (workflow?.snapshots ?? []).toReversed().map(({ labels, ...snapshot }) => ({
    ...snapshot,
    labels: labels === undefined ? null : objectOf(labels),
  }));
}
