// Why a step waits for permits: what it asked for, who holds it, and how many come first.

import { heldOf, sizeFor } from '../pool/grants.ts';
import { queuePlace, type QueuePlace, weightIn } from '../pool/places.ts';
import { type Holding, type PermitWant, type PoolsState } from '../pool/pools.ts';
import { type EntityId, runPlaceOf } from '../ids.ts';
import { type StepPermits } from '../run/step-permits.ts';
import { type Reason } from './explanation.ts';
import { count, list } from './sentences.ts';

const MOST_NAMED = 3;

/** What is known of a step that waits for permits without asking the ledger. */
export function awaitsPermits(id: string, permits: StepPermits | undefined): Reason {
  const { wants = [] } = permits ?? {};
  return { code: 'PERMITS', text: `"${id}" waits for ${list(wants.map(wanted))}.` };
}

/** The same with what the ledger says. Undefined if the ledger does not know that it waits: an answer is on its way. */
export function explainPermits(
  id: string,
  place: { readonly run: EntityId; readonly step: number; readonly ask: number },
  state: PoolsState,
): Reason | undefined {
  const found = queuePlace(state, place);
  if (found === undefined) return undefined;
  const want = found.request.wants.find(({ pool }) => pool === found.pool);
  if (want === undefined) return undefined;
  return found.standing.kind === 'IMPOSSIBLE' ? neverEnough(id, want, found.standing) : inLine(id, want, state, found);
}

function neverEnough(id: string, want: PermitWant, { size }: { readonly size?: number }): Reason {
  const why = size === undefined ? 'there is no such pool' : `that has ${String(size)} in all`;
  return {
    code: 'PERMITS',
    text: `"${id}" waits for ${wanted(want)}, and ${why}: it cannot begin like this.`,
    unblock: `Apply the pool "${want.pool}" with a size of at least ${String(want.weight)}.`,
    subject: `pool:${want.pool}`,
  };
}

function inLine(id: string, want: PermitWant, state: PoolsState, { position, wait, pool }: QueuePlace): Reason {
  const size = sizeFor(state, want) ?? 0;
  const holders = state.held.filter((holding) => weightIn(holding, pool) > 0);
  const named = holders.slice(0, MOST_NAMED).map((holding) => stepName(holding));
  const rest = holders.length - named.length;
  const by = named.length === 0 ? '' : ` by ${list(rest === 0 ? named : [...named, count(rest, 'other step')])}`;
  const when = wait === undefined ? '' : `; about ${duration(wait)} to go, if permits are held as long as lately`;
  return {
    code: 'PERMITS',
    text: `"${id}" waits for ${wanted(want)}: ${String(heldOf(state, pool))} of ${String(size)} are held${by}; ${ordinal(position)} in line${when}.`,
    ...(want.limit === undefined || want.isTag === true
      ? { unblock: `Wait, or apply the pool "${pool}" with a greater size.`, subject: `pool:${pool}` }
      : { unblock: `Wait, or let more steps work at once: \`${limitName(pool)}\` in the definition.` }),
  };
}

function wanted({ pool, weight, limit, isTag }: PermitWant): string {
  if (limit === undefined || isTag === true) return `${String(weight)} of pool ${pool}`;
  const what = pool.startsWith('workflow:') ? 'workflow' : 'run';
  return `one of the ${String(limit)} steps that its ${what} lets work at once`;
}

function limitName(pool: string): string {
  return pool.startsWith('workflow:') ? 'stepConcurrency' : 'runStepConcurrency';
}

/** `penguins/12/train`. */
function stepName({ run, stepId }: Pick<Holding, 'run' | 'stepId'>): string {
  const { workflowId, number, path } = runPlaceOf(run);
  return `${workflowId}/${String(number)}${path === undefined ? '' : `/${path}`}/${stepId}`;
}

function duration(milliseconds: number): string {
  if (milliseconds < 90_000) return `${String(Math.max(1, Math.round(milliseconds / 1000)))} s`;
  return milliseconds < 5_400_000
    ? `${String(Math.round(milliseconds / 60_000))} min`
    : `${String(Math.round(milliseconds / 3_600_000))} h`;
}

function ordinal(position: number): string {
  const last = position % 100;
  const ending = last >= 11 && last <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][position % 10] ?? 'th');
  return `${String(position)}${ending}`;
}
