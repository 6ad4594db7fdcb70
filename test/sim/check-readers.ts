// Readers see what the log says: lists (I2), entities read from a fresh node that replayed everything (I2), subscribers,
// who miss nothing and are sent nothing twice (I15).

import { type RunningEngine } from '../../src/engine/create-engine.ts';
import { type EntityEvent } from '../../src/core/partition/entity.ts';
import { type Place } from '../../src/core/partition/cursor.ts';
import { type RunState } from '../../src/core/run/state.ts';
import { type FoldedRun } from './folded.ts';
import { type History } from './history.ts';
import { type SimStore } from './store.ts';
import { type FleetRecord, type Subscribers } from './subscribers.ts';

/** Says where the lists differ from the log. */
export async function checkProjections(
  store: SimStore,
  runs: readonly FoldedRun[],
  history: History,
): Promise<readonly string[]> {
  const { rows } = await store.truth.projections.page('runs', { where: {}, order: 'NEWEST_FIRST', limit: 100_000 });
  const byId = new Map<string, (typeof rows)[number]>(rows.map((row) => [row.id, row]));
  const wrong = runs.flatMap((run) => {
    if (run.path !== undefined) return [];
    const stored = byId.get(run.id)?.row;
    if (stored === undefined) return [`I2: ${run.id} is in no list`];
    const counts = new Map<string, number>();
    for (const { status } of run.steps) counts.set(status, (counts.get(status) ?? 0) + 1);
    const isSame =
      stored.status === run.status &&
      stored.newest === !run.isSuperseded &&
      stored.counts.every(({ status, count }) => counts.get(status) === count);
    return isSame
      ? []
      : [
          `I2: the list says that ${run.id} is ${stored.status}, newest ${String(stored.newest)}; it is ${run.status}, ${String(!run.isSuperseded)}`,
        ];
  });
  const projected = new Map((await store.truth.projections.projected()).map(({ partition, n }) => [partition, n]));
  const behind = history.blocks.flatMap((blocks, partition) => {
    const last = blocks.findLast((block) => block.commits.length > 0)?.n ?? 0;
    return (projected.get(partition) ?? 0) >= last
      ? []
      : [`the lists of partition ${String(partition)} stay behind block ${String(last)}`];
  });
  return [...wrong, ...behind];
}

/** Says where what a node reads differs from the log, also of runs whose blocks were cut. */
export async function checkEntities(
  engine: RunningEngine,
  runs: readonly FoldedRun[],
  { events }: History,
): Promise<readonly string[]> {
  const superseded = new Set(runs.filter((run) => run.isSuperseded).map(({ id }) => id));
  const wrong = await Promise.all(
    runs.map(async (run) => {
      const { workflowId, number, attempt, path } = run;
      const place = { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
      // An iteration is history once its run is.
      const whole = run.id.split('/').slice(0, 2).join('/');
      const view = await engine.run(place);
      const read = view === undefined ? 'nothing' : textOf(view.state);
      const folded = `${run.status} ${String(superseded.has(whole))} ${run.steps.map(({ status, attempts }) => `${status}×${String(attempts)}`).join(' ')}`;
      const timeline = await engine.timeline(place, Number.MAX_SAFE_INTEGER);
      const told = timeline.map(({ event }) => eventText(event)).join(' ');
      const happened = events.get(run.id)?.map(eventText).join(' ') ?? '';
      return [
        ...(read === folded ? [] : [`I2: a node reads ${run.id} as ${read}; the log says ${folded}`]),
        ...(told === happened ? [] : [`I2: the timeline of ${run.id} is ${told}; what happened is ${happened}`]),
      ];
    }),
  );
  return wrong.flat();
}

function eventText({ version, event }: { readonly version: number; readonly event: EntityEvent }): string {
  return `${String(version)} ${event.type}`;
}

function textOf({ status, superseded, steps }: RunState): string {
  return `${status} ${String(superseded)} ${steps.map((step) => `${step.status}×${String(step.attempts.length)}`).join(' ')}`;
}

/** Says what subscribers were not sent, or sent twice, or out of order. */
export function checkSubscribers(history: History, subscribers: Subscribers): readonly string[] {
  const partitionOf = new Map([...history.events].map(([entity, [first]]) => [entity, first?.in.partition]));
  const wrong = [...subscribers.wrong];
  subscribers.fleet.forEach((record, number) => {
    const { commits, cursor } = record;
    history.blocks.forEach((blocks, partition) => {
      const expected = blocks
        .flatMap(({ n, commits: all }) => all.map(({ events }, i) => ({ place: { partition, n, i }, events })))
        .filter(({ place }) => isWithin(place, record))
        .map(({ events }) => events.map(({ entity, version }) => `${entity}@${String(version)}`).join(' '))
        .filter((text) => text !== '');
      const got = commits
        .filter(([first = '']) => partitionOf.get(first.slice(0, first.lastIndexOf('@'))) === partition)
        .map((events) => events.join(' '));
      const place = expected.findIndex((text, index) => text !== got[index]);
      if (place === -1 && got.length === expected.length) return;
      const at = place === -1 ? expected.length : place;
      wrong.push(
        `I15: subscriber ${String(number)} of partition ${String(partition)} got as commit ${String(at)} of ${String(expected.length)}: ${got[at] ?? 'nothing'}; expected ${expected[at] ?? 'nothing'}; its cursor is ${JSON.stringify(cursor)}`,
      );
    });
  });
  for (const { run, versions, statuses, hasEnded } of subscribers.runs) {
    const events = history.events.get(run) ?? [];
    const end = events.find(({ event }) => event.type === 'RunEnded')?.version;
    const isGapless = versions.every((version, place) => place === 0 || version === (versions[place - 1] ?? 0) + 1);
    if (!isGapless || versions.some((version) => version > events.length))
      wrong.push(`I15: a subscriber of ${run} was sent versions ${versions.join(' ')}`);
    if (!hasEnded)
      wrong.push(`I15: a subscriber of ${run} never saw its end; it saw ${versions.join(' ')}, ${statuses.join(' ')}`);
    else if (versions.length > 0 && versions.at(-1) !== end)
      wrong.push(
        `I15: a subscriber of ${run} ended with version ${String(versions.at(-1))}, and its end is ${String(end)}`,
      );
  }
  return wrong;
}

/** Whether a subscriber should have been sent a commit: all behind where it began, up to where its cursor expired. */
function isWithin(place: Place, { from, cursor, hasExpired }: FleetRecord): boolean {
  const start = from.find(({ partition }) => partition === place.partition);
  const end = cursor.find(({ partition }) => partition === place.partition);
  if (start === undefined || end === undefined) return false;
  return isAfter(place, start) && (!hasExpired || !isAfter(place, end));
}

function isAfter(one: Place, other: Place): boolean {
  return one.n > other.n || (one.n === other.n && one.i > other.i);
}
