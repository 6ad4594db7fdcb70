// What each strategy promises beside a number of runs (I7), followed through the log by hand: under first-only there are never
// two, under last-only and latest-only none but the newest waits, and under strict-sequential a failed run holds all others up.

import { type FoldedRun } from './folded.ts';
import { type History, type PlacedCommit, placeText } from './history.ts';

/** The queue of one workflow. */
interface Queue {
  strategy: string | undefined;
  /** In the order in which they came. */
  readonly waiting: Set<FoldedRun>;
  readonly going: Set<FoldedRun>;
  readonly blockedBy: Set<number>;
  readonly ending: Set<string>;
}

/** Says which promise was broken. */
export function checkStrategies({ commits }: History, runs: readonly FoldedRun[]): readonly string[] {
  const wrong: string[] = [];
  const queues = new Map<string, Queue>();
  const byId = new Map(runs.filter(({ path }) => path === undefined).map((run) => [run.id, run]));
  for (const placed of commits) {
    const touched = new Set<Queue>();
    for (const { entity, event } of placed.commit.events) {
      const run = byId.get(entity);
      const workflowId = run?.workflowId ?? (entity.startsWith('queue:') ? entity.slice('queue:'.length) : undefined);
      if (workflowId === undefined) continue;
      const queue = queues.get(workflowId) ?? emptyQueue();
      queues.set(workflowId, queue);
      if (run === undefined) takeQueue(queue, event);
      else wrong.push(...takeRun(queue, run, { event, placed }));
      if (event.type === 'RunCreated') touched.add(queue);
    }
    for (const queue of touched) wrong.push(...checkNewest(queue, placed));
  }
  return wrong;
}

function emptyQueue(): Queue {
  return { strategy: undefined, waiting: new Set(), going: new Set(), blockedBy: new Set(), ending: new Set() };
}

type Event = PlacedCommit['commit']['events'][number]['event'];

function takeQueue(queue: Queue, event: Event): void {
  if (event.type === 'QueueUnblocked') queue.blockedBy.clear();
  if (event.type !== 'QueueLimited') return;
  queue.strategy = event.strategy;
  if (event.strategy !== 'strict-sequential') queue.blockedBy.clear();
}

function takeRun(
  queue: Queue,
  run: FoldedRun,
  { event, placed }: { readonly event: Event; readonly placed: PlacedCommit },
): readonly string[] {
  const { strategy, waiting, going, blockedBy } = queue;
  const where = `I7: ${run.id} in ${placeText(placed)}`;
  if (event.type === 'RunCreated') {
    const isOther = waiting.size + going.size > 0;
    waiting.add(run);
    blockedBy.delete(run.number);
    if (strategy === 'first-only' && isOther && run.endedIn !== placed)
      return [`${where} is one too many under first-only`];
  } else if (event.type === 'RunStarted') {
    return takeStart(queue, run, where);
  } else if (event.type === 'RunEnding' || event.type === 'RunFinishing') queue.ending.add(run.id);
  else if (event.type === 'RunEnded') {
    waiting.delete(run);
    going.delete(run);
    if (event.status === 'FAILED' && strategy === 'strict-sequential') blockedBy.add(run.number);
  }
  return [];
}

function takeStart({ strategy, waiting, going, blockedBy }: Queue, run: FoldedRun, where: string): readonly string[] {
  const newest = [...waiting].at(-1);
  waiting.delete(run);
  going.add(run);
  if (blockedBy.size > 0) return [`${where} starts, and ${[...blockedBy].join(' ')} failed before it`];
  const isOld = isNewestOnly(strategy) && newest !== run;
  return isOld ? [`${where} starts under ${String(strategy)}, and ${String(newest?.id)} is newer`] : [];
}

function isNewestOnly(strategy: string | undefined): boolean {
  return strategy === 'last-only' || strategy === 'latest-only';
}

/** After a run came, only it waits; under last-only all others are told to end, under latest-only it waits for one. */
function checkNewest({ strategy, waiting, going, ending }: Queue, placed: PlacedCommit): readonly string[] {
  if (!isNewestOnly(strategy)) return [];
  const names = [...waiting].map(({ id }) => id);
  if (names.length > 1) return [`I7: ${names.join(' ')} wait under ${String(strategy)} after ${placeText(placed)}`];
  if (names.length === 0) return [];
  if (going.size === 0) return [`I7: ${names.join(' ')} waits for nothing after ${placeText(placed)}`];
  const left = [...going].filter(({ id }) => !ending.has(id));
  if (strategy !== 'last-only' || left.length === 0) return [];
  return left.map(({ id }) => `I7: ${id} goes on under last-only after ${placeText(placed)}`);
}
