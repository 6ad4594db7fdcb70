// What the lists know of a span: the signals of some names, and the runs that a trigger made.

import { type EntityId } from '../../../core/ids.ts';
import { type RunRow, type SummaryRow } from '../../../core/partition/summary.ts';
import { type Refusal } from '../../../core/refusal.ts';
import { firstCause } from '../../../core/run/state.ts';
import { type SignalState } from '../../../core/signal/signal.ts';
import { type Instant } from '../../../core/time.ts';
import { type PastSignal, type RealStart } from '../../../core/what-if/past.ts';
import { type Collection, type Projections, type RowQuery } from '../../../ports/projections.ts';

/** A span of time, its end excluded. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** More signals, runs or times than these are too many for one answer. */
export const MOST = 100_000;

const page = 1_000;

/** How many signals of these names were published in a span; counting stops one beyond the most. */
export async function countSignals(projections: Projections, names: readonly string[], span: Span): Promise<number> {
  if (names.length === 0) return 0;
  return projections.count('signals', { where: { name: names }, within: { at: span } }, MOST + 1);
}

/** The signals of these names in a span, each name in its own order. */
export async function signalsWithin(
  projections: Projections,
  names: readonly string[],
  span: Span,
): Promise<readonly SignalState[]> {
  const found: SignalState[] = [];
  for (const name of names) {
    const query = { where: { name }, within: { at: span } };
    for await (const row of rowsOf(projections, 'signals', query)) found.push(row.signal);
  }
  return found;
}

/** A signal as one trigger saw it. */
export function seenBy(trigger: EntityId | undefined, signal: SignalState): PastSignal {
  const { id, name, sequence, params, occurredAt, publishedAt, verdicts } = signal;
  const verdict = verdicts.find((one) => one.trigger === trigger);
  return { id, name, sequence, params, occurredAt, publishedAt, ...(verdict === undefined ? {} : { verdict }) };
}

/** Runs that a trigger made: of a span of their times, which for runs at times are the times that they are for. */
export async function runsOf(
  projections: Projections,
  made: { readonly workflowId: string; readonly trigger: string; readonly by: 'at' | 'scheduledFor' },
  span: Span,
): Promise<readonly RealStart[]> {
  const { workflowId, trigger, by } = made;
  const found: RealStart[] = [];
  const query = { where: { workflowId, attempt: 1, 'cause.trigger': trigger }, within: { [by]: span } };
  for await (const row of rowsOf(projections, 'runs', query)) {
    if (row.cause.kind === 'BACKFILL') continue;
    found.push(startOf(row));
    if (found.length > MOST) break;
  }
  return found;
}

function startOf({ at, number, cause, scheduledFor }: RunRow): RealStart {
  return { at, number, cause: firstCause(cause), ...(scheduledFor === undefined ? {} : { scheduledFor }) };
}

async function* rowsOf<C extends Collection>(
  projections: Projections,
  collection: C,
  query: Pick<RowQuery, 'where' | 'within'>,
): AsyncGenerator<Extract<SummaryRow, { readonly collection: C }>, void, undefined> {
  let after: { readonly at: number; readonly id: string } | undefined;
  for (;;) {
    const { rows, more } = await projections.page(collection, {
      ...query,
      order: 'OLDEST_FIRST',
      limit: page,
      ...(after === undefined ? {} : { after }),
    });
    for (const { row } of rows) yield row;
    const last = rows.at(-1);
    if (!more || last === undefined) return;
    after = { at: last.row.at, id: last.id };
  }
}

/** The refusal of what is too much for one answer. */
export function tooMany(what: string, hint: string): Refusal {
  return {
    code: 'LIMIT_EXCEEDED',
    message: `There are more than 100,000 ${what}, which are the most that are replayed at once.`,
    path: ['from'],
    hint,
  };
}
