// All steps of a run, however many pages they fill.

import { RUN_STEPS, type StepView } from '../operations/operations.ts';
import { type Session } from '../session.ts';

/** A run's id and its steps in order; undefined if there is no such run. */
export async function stepsOfRun(
  { client }: Session,
  id: string,
): Promise<{ readonly id: string; readonly steps: readonly StepView[] } | undefined> {
  const first = (await client.query(RUN_STEPS, { id })).run;
  if (first === null) return undefined;
  const steps = [...first.steps.nodes];
  for (let end = first.steps.pageInfo; end.hasNextPage && end.endCursor !== null;) {
    const next = (await client.query(RUN_STEPS, { id: first.id, after: end.endCursor })).run;
    if (next === null) break;
    steps.push(...next.steps.nodes);
    end = next.steps.pageInfo;
  }
  return { id: first.id, steps };
}
