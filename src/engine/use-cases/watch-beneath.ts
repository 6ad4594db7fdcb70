// A watch of a run that also says when something nested in it has changed, however deep and in whatever partition: at most once
// a second, and only where that moves the run's roll-up. Nothing of it is kept: who comes late sees how it stands.

import { type RunPlace } from '../../core/ids.ts';
import { type Cursor } from '../../core/partition/cursor.ts';
import { isTerminalRun } from '../../core/run/state.ts';
import { type Milliseconds } from '../../core/time.ts';
import { type RunChange } from '../engine.ts';
import { type Rollup, type ViewCases } from '../views.ts';
import { type WatchRunParts } from './watch-run.ts';

const PACE: Milliseconds = 1_000;
const PATIENCE: Milliseconds = 15_000;

/** What it works with. */
export interface WatchBeneathParts extends WatchRunParts {
  readonly views: Pick<ViewCases, 'rollup'>;
}

/** The changes of a run, and between them those beneath it. */
export async function* withBeneath(
  parts: WatchBeneathParts,
  changes: AsyncGenerator<RunChange, void, undefined>,
  { run, after }: { readonly run: RunPlace; readonly after: Cursor | undefined },
): AsyncGenerator<RunChange, void, undefined> {
  const life = { isOver: false };
  const beneath = changesBeneath(parts, run, life);
  let cursor = after;
  let next = changes.next();
  let moved = beneath.next();
  try {
    for (;;) {
      const first = await Promise.race([next.then(() => 'change' as const), moved.then(() => 'moved' as const)]);
      const step = await (first === 'change' ? next : moved);
      if (first === 'change' && step.done === true) return;
      if (first === 'change') next = changes.next();
      // Whatever is nested in a run that has ended has ended too: what is left to say is in the run's own changes.
      else moved = step.done === true ? new Promise(() => undefined) : beneath.next();
      if (step.done === true) continue;
      if (first === 'change') ({ cursor } = step.value);
      if (cursor !== undefined) yield { ...step.value, cursor };
    }
  } finally {
    life.isOver = true;
    // Nobody waits for a source that is in the middle of a wait; it ends when it can.
    next.catch(() => undefined);
    moved.catch(() => undefined);
    void changes.return().catch(() => undefined);
    void beneath.return().catch(() => undefined);
  }
}

/** How the run stands, at first and each time that its roll-up has moved. */
async function* changesBeneath(
  { node, reader, runs, views, outside }: WatchBeneathParts,
  run: RunPlace,
  life: { readonly isOver: boolean },
): AsyncGenerator<RunChange, void, undefined> {
  let workflows: readonly string[] = [run.workflowId];
  let shown: string | undefined;
  while (!life.isOver) {
    const begun = outside.clock.monotonic();
    const partitions = [...new Set(workflows.map((workflow) => node.partitionOf(workflow)))];
    const heads = await Promise.all(partitions.map((partition) => reader.head(partition)));
    const view = await runs.view(run);
    if (view === undefined || isTerminalRun(view.state.status)) return;
    const rollup = await views.rollup(view, begun);
    const text = textOf(rollup);
    if (shown !== text) {
      yield { kind: 'BENEATH', cursor: view.cursor, at: node.now(), run: view, events: [] };
    }
    shown = text;
    const isKnown = rollup.workflows.every((workflow) => workflows.includes(workflow));
    ({ workflows } = rollup);
    const left = PACE - (outside.clock.monotonic() - begun);
    if (left > 0) await new Promise<void>((resolve) => outside.clock.after(left, resolve));
    // Of a workflow that was not watched yet something may have been missed.
    if (isKnown) await node.feed.wait(new Map(heads.map(({ partition, n }) => [partition, n])), PATIENCE);
  }
}

function textOf({ counts, attention }: Rollup): string {
  return JSON.stringify([counts, attention.map(({ place, stepId, status }) => [place, stepId, status])]);
}
