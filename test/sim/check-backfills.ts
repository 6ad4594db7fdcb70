// What backfills promise (I12), followed through the log by hand: one run for each line and for each time that a plan is for, no
// more of them at once than the plan says, none admitted while a run waits that is of no backfill, and at rest all is through.

import { type EntityEvent } from '../../src/core/partition/entity.ts';
import { type FoldedRun } from './folded.ts';
import { type History, type PlacedCommit, placeText } from './history.ts';

type OfType<T extends EntityEvent['type']> = Extract<EntityEvent, { readonly type: T }>;

interface Known {
  /** By backfill: how many lines are to get a run, and how many at once. */
  readonly plans: Map<string, { readonly toDo: number; readonly concurrency: number }>;
  /** By backfill and line, the run. */
  readonly lines: Map<string, string>;
  /** By workflow and time, the run. */
  readonly times: Map<string, string>;
  /** By run: the backfill that it is of; a restart by a person is of none. */
  readonly of: Map<string, string>;
  /** By backfill, its runs that are not over. */
  readonly going: Map<string, Set<string>>;
  /** By queue, the runs that wait and are of no backfill. */
  readonly waiting: Map<string, Set<string>>;
}

/** Says which promise was broken. */
export function checkBackfills(history: History, runs: readonly FoldedRun[]): readonly string[] {
  const wrong: string[] = [];
  const known: Known = {
    plans: new Map(),
    lines: new Map(),
    times: new Map(),
    of: new Map(),
    going: new Map(),
    waiting: new Map(),
  };
  for (const placed of history.commits) {
    for (const { entity, event } of placed.commit.events) wrong.push(...take(known, { entity, event, placed }));
    for (const [backfill, going] of known.going) {
      const most = known.plans.get(backfill)?.concurrency ?? 0;
      if (going.size > most)
        wrong.push(
          `I12: ${String(going.size)} runs of ${backfill} at once after ${placeText(placed)}, not ${String(most)}`,
        );
    }
  }
  return [...wrong, ...checkRest(history, known, runs)];
}

interface Seen {
  readonly entity: string;
  readonly event: EntityEvent;
  readonly placed: PlacedCommit;
}

function take(known: Known, seen: Seen): readonly string[] {
  const { entity, event } = seen;
  if (event.type === 'BackfillPlanned') {
    const { verdicts, concurrency } = event.plan;
    known.plans.set(entity, { toDo: verdicts.NEW + verdicts.REDO, concurrency });
  }
  if (event.type === 'RunEnded') for (const going of known.going.values()) going.delete(entity);
  if (event.type === 'RunCreated') return takeRun(known, seen, event);
  if (event.type === 'RunQueued' || event.type === 'RunAdmitted' || event.type === 'RunLeft') {
    return takeQueue(known, seen, event);
  }
  return [];
}

function takeQueue(
  known: Known,
  { entity, placed }: Seen,
  event: OfType<'RunQueued' | 'RunAdmitted' | 'RunLeft'>,
): readonly string[] {
  const name = nameOf(entity, event);
  const waiting = known.waiting.get(entity) ?? new Set();
  known.waiting.set(entity, waiting);
  const isOfBackfill = known.of.has(name);
  if (event.type !== 'RunQueued') waiting.delete(name);
  else if (!isOfBackfill) waiting.add(name);
  const isEarly = event.type === 'RunAdmitted' && isOfBackfill && waiting.size > 0;
  return isEarly ? [`I12: ${name} is admitted in ${placeText(placed)} before ${[...waiting].join(' ')}`] : [];
}

function takeRun(known: Known, { entity, placed }: Seen, event: OfType<'RunCreated'>): readonly string[] {
  const { cause, workflowId, attempt, scheduledFor, path } = event;
  const first = cause.kind === 'RESTART' ? cause.of : cause;
  if (path !== undefined || first.kind !== 'BACKFILL') return [];
  const { backfill } = first;
  // A restart by a person is a live run: it waits behind nobody, and comes on top of what the plan allows.
  if (cause.kind === 'RESTART' && !cause.actor.startsWith('backfill ')) return [];
  known.of.set(entity, backfill);
  const going = known.going.get(backfill) ?? new Set();
  known.going.set(backfill, going.add(entity));
  if (attempt > 1) return [];
  const line = `${backfill} line ${String(first.line)}`;
  const time = `${workflowId} at ${String(scheduledFor)}`;
  const twice = [known.lines.get(line), known.times.get(time)].filter((run) => run !== undefined);
  known.lines.set(line, entity);
  known.times.set(time, entity);
  return twice.length === 0
    ? []
    : [`I12: ${entity} in ${placeText(placed)} is for ${time}, and so was ${twice.join(' ')}`];
}

/** At rest every backfill that was applied and not cancelled has a run for each line, and has ended. */
function checkRest({ events }: History, known: Known, runs: readonly FoldedRun[]): readonly string[] {
  if (runs.some(({ endedIn, path }) => path === undefined && endedIn === undefined)) return [];
  return [...known.plans].flatMap(([backfill, { toDo }]) => {
    const types = (events.get(backfill) ?? []).map(({ event }) => event.type);
    if (!types.includes('BackfillApplied') || types.includes('BackfillCancelled')) return [];
    const made = [...known.lines.keys()].filter((line) => line.startsWith(`${backfill} line `)).length;
    const isOver = types.lastIndexOf('BackfillEnded') > types.lastIndexOf('BackfillRetried');
    return made === toDo && isOver
      ? []
      : [`I12: ${backfill} came to rest with ${String(made)} of ${String(toDo)} runs, ${isOver ? '' : 'not '}ended`];
  });
}

function nameOf(queue: string, { number, attempt }: { readonly number: number; readonly attempt: number }): string {
  return `run:${queue.slice('queue:'.length)}/${String(number)}.${String(attempt)}`;
}
