// Readers see what the log says: lists (I2), entities read from a fresh node that replayed everything (I2), subscribers,
// who miss nothing and are sent nothing twice (I15).

import { type RunningEngine } from '../../src/engine/create-engine.ts';
import { type RunState } from '../../src/core/run/state.ts';
import { type FoldedRun } from './fold-run.ts';
import { type History } from './history.ts';
import { type SimStore } from './store.ts';
import { type Subscribers } from './subscribers.ts';

/** Says where the lists differ from the log. */
export async function checkProjections(
  store: SimStore,
  runs: readonly FoldedRun[],
  history: History,
): Promise<readonly string[]> {
  const { rows } = await store.truth.projections.page('runs', { where: {}, order: 'NEWEST_FIRST', limit: 100_000 });
  const byId = new Map<string, (typeof rows)[number]>(rows.map((row) => [row.id, row]));
  const wrong = runs.flatMap((run) => {
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

/** Says where what a node reads differs from the log. */
export async function checkEntities(engine: RunningEngine, runs: readonly FoldedRun[]): Promise<readonly string[]> {
  const wrong = await Promise.all(
    runs.map(async (run) => {
      const view = await engine.run({ workflowId: run.workflowId, number: run.number, attempt: run.attempt });
      const read = view === undefined ? 'nothing' : textOf(view.state);
      const folded = `${run.status} ${String(run.isSuperseded)} ${run.steps.map(({ status, attempts }) => `${status}×${String(attempts)}`).join(' ')}`;
      return read === folded ? [] : [`I2: a node reads ${run.id} as ${read}; the log says ${folded}`];
    }),
  );
  return wrong.flat();
}

function textOf({ status, superseded, steps }: RunState): string {
  return `${status} ${String(superseded)} ${steps.map((step) => `${step.status}×${String(step.attempts.length)}`).join(' ')}`;
}

/** Says what subscribers were not sent, or sent twice, or out of order. */
export function checkSubscribers(history: History, subscribers: Subscribers): readonly string[] {
  const partitionOf = new Map([...history.events].map(([entity, [first]]) => [entity, first?.in.partition]));
  const wrong: string[] = [];
  subscribers.fleet.forEach(({ commits, cursor }, number) => {
    history.blocks.forEach((blocks, partition) => {
      const expected = blocks
        .flatMap((block) => block.commits)
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
