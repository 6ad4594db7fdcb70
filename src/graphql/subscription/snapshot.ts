// How things stand at the start of a watch: what goes on, and what came last. The watch goes on from the place that the list
// reflects, so that nothing between the two is missed.

import { type Context } from '../context.ts';
import { listRuns } from '../lists/runs.ts';
import { listSignals } from '../lists/signals.ts';
import { type ChangeSource, type SignalChangeSource } from '../present/change.ts';

const MOST = 100;

/** The runs that go on, of all workflows or of one: the newest 100. */
export async function runsSnapshot({ engine, now }: Context, workflowId: string | undefined): Promise<ChangeSource> {
  const filter = {
    status: ['QUEUED', 'RUNNING', 'PAUSED'] as const,
    ...(workflowId === undefined ? {} : { workflowId }),
  };
  const { nodes, cursor } = await listRuns(engine, { first: MOST }, { filter, order: { order: 'NEWEST_FIRST' } });
  return { kind: 'SNAPSHOT', cursor, at: now(), entities: [], snapshot: nodes };
}

/** The newest 100 signals, of all names or of one. */
export async function signalsSnapshot({ engine, now }: Context, name: string | undefined): Promise<SignalChangeSource> {
  const { nodes, cursor } = await listSignals(engine, { first: MOST }, { name });
  return { kind: 'SNAPSHOT', cursor, at: now(), signals: nodes };
}
