// "Did you mean": the workflow whose name is nearest to what somebody wrote.

import { nearest } from '../../core/expression/nearest.ts';
import { WORKFLOW_IDS } from '../operations/workflow-operations.ts';
import { type Session } from '../session.ts';

/** The nearest name, among the hundred workflows to which something happened last; undefined if it is there, or none is near. */
export async function nearestWorkflow({ client }: Session, name: string): Promise<string | undefined> {
  const { nodes } = (await client.query(WORKFLOW_IDS, {})).workflows;
  const known = nodes.map(({ workflowId }) => workflowId);
  return known.includes(name) ? undefined : nearest(name, known);
}
