// Who waits for a signal of a name: triggers, steps of active versions, and runs that wait for it now.

import { type Listening } from '../../core/explanation/listening.ts';
import { waitingsOf } from '../../core/explanation/neighbours.ts';
import { publicRun } from '../../core/explanation/sentences.ts';
import { signalTypeEntity } from '../../core/ids.ts';
import { waitText } from '../../core/signal/describe-wait.ts';
import { type WaitingStep } from '../contract-cases.ts';
import { type Engine } from '../engine.ts';
import { type ActiveParts, activeDefinitions } from './active-definitions.ts';
import { readHearingTriggers } from './read-workflows.ts';

const mostWorkflows = 500;
/** How many runs that wait are named. */
const mostRuns = 5;
const mostCounted = 1_000;

/**
 * A signal name with the triggers that listen to it; undefined if nothing ever published it or listened, and no step of an
 * active version does either.
 */
export async function readSignalType(parts: ActiveParts, name: string): ReturnType<Engine['signalType']> {
  const read = await parts.reader.entity('signalType', signalTypeEntity(name), parts.node.partitionOf(name));
  if (read !== undefined) return { state: read.state, listeners: await readHearingTriggers(parts, name) };
  if ((await readWaitingSteps(parts, name)).length === 0) return undefined;
  return { state: { kind: 'signalType', name, sequence: 0, interest: [] }, listeners: [] };
}

/** The steps of active versions that wait for a name; of the newest five hundred workflows if there are more. */
export async function readWaitingSteps(parts: ActiveParts, name: string): Promise<readonly WaitingStep[]> {
  return (await activeDefinitions(parts, mostWorkflows)).flatMap(({ definition }) =>
    waitingsOf(definition)
      .filter(({ wait }) => wait.signal === name)
      .map(({ step, wait }) => ({ workflowId: definition.id, stepId: step, text: waitText(wait) })),
  );
}

/** Everybody who waits for a name. Triggers that only watch whether it comes are left out. */
export async function readListening(parts: ActiveParts, name: string): Promise<Listening> {
  const { projections } = parts.outside;
  const where = { awaits: name, newest: true };
  const [steps, triggers] = [await readWaitingSteps(parts, name), await readHearingTriggers(parts, name)];
  const [page, count] = await Promise.all([
    projections.page('runs', { where, order: 'NEWEST_FIRST', limit: mostRuns }),
    projections.count('runs', { where }, mostCounted),
  ]);
  return {
    triggers: triggers
      .filter(({ state }) => state.definition.kind !== 'absent' && state.definition.kind !== 'expected')
      .map(({ id }) => id),
    steps: [...new Map(steps.map((step) => [`${step.workflowId}/${step.stepId}`, step])).values()],
    runs: page.rows.map(({ id }) => publicRun(id)),
    moreRuns: Math.max(0, count - page.rows.length),
  };
}
