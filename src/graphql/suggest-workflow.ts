// "Did you mean": when a change names a workflow that is not there, the one whose name is nearest to it.

import { nearest } from '../core/expression/nearest.ts';
import { type Refusal } from '../core/refusal.ts';
import { type Engine } from '../engine/engine.ts';

/** Among so many workflows, those to which something happened last, a name is looked for. */
const CANDIDATES = 1_000;

/** The refusals with a hint, where a workflow's name was probably mistyped. */
export async function withSuggestion(
  engine: Pick<Engine, 'workflows'>,
  input: object,
  refusals: readonly Refusal[],
): Promise<readonly Refusal[]> {
  const given = 'workflowId' in input && typeof input.workflowId === 'string' ? input.workflowId : undefined;
  if (given === undefined || !refusals.some(isUnknown)) return refusals;
  const name = given.replace(/^workflow:/u, '');
  const { rows } = await engine.workflows({ limit: CANDIDATES, order: 'NEWEST_FIRST', by: 'ACTIVITY' }, {});
  const near = nearest(
    name,
    rows.map(({ row }) => row.workflowId),
  );
  if (near === undefined) return refusals;
  return refusals.map((refusal) => (isUnknown(refusal) ? { ...refusal, hint: `Did you mean "${near}"?` } : refusal));
}

function isUnknown({ code, path }: Refusal): boolean {
  return code === 'NOT_FOUND' && path.length === 1 && path[0] === 'workflowId';
}
