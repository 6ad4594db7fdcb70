// The views of a run that go beyond its own state, on the engine's reader.

import { runEntity, type EntityId } from '../../core/ids.ts';
import { isTerminalRun } from '../../core/run/state.ts';
import { stepsIn } from '../../core/run/tally.ts';
import { type Instant, type Milliseconds } from '../../core/time.ts';
import { type Definitions } from '../definitions.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';
import { type Rollup, type ViewCases, type ViewedRun } from '../views.ts';
import { aggregate } from './aggregate.ts';
import { countsOf, flatten, nestedSteps } from './flatten.ts';
import { rollUp } from './roll-up.ts';
import { createRunTree, type TreeRun } from './run-tree.ts';

/** How long the roll-up of a run that goes on is given again, however many ask. */
const FRESH: Milliseconds = 1_000;
const MOST_KEPT = 200;

/** Creates the use cases. */
export function createViews(
  outside: Outside,
  node: EngineNode,
  parts: { readonly reader: Reader; readonly definitions: Definitions },
): ViewCases {
  const tree = createRunTree(node, parts.reader, parts.definitions);
  const kept = new Map<EntityId, { readonly at: Instant; readonly rollup: Promise<Rollup> }>();

  /** Read anew, since a view may be of a moment that is long gone, and nested runs are always read as they are now. */
  async function current(view: ViewedRun): Promise<Rollup> {
    const run = (await tree.run(placeOf(view))) ?? treeOf(view);
    return rollUp(tree, run, !view.state.superseded);
  }

  async function rollup(view: ViewedRun, notBefore = 0): Promise<Rollup> {
    if (isTerminalRun(view.state.status)) return current(view);
    const id = runEntity(view.state);
    const now = outside.clock.monotonic();
    const known = kept.get(id);
    if (known !== undefined && now - known.at < FRESH && known.at >= notBefore) return known.rollup;
    const made = { at: now, rollup: current(view) };
    kept.delete(id);
    kept.set(id, made);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    made.rollup.catch(() => kept.delete(id));
    return made.rollup;
  }

  return {
    rollup,
    aggregated: (view) => aggregate(view, async (place) => (await tree.run(place))?.state),
    nestedSteps: (view, step) => {
      const loop = stepsIn(view.definition)[step];
      return loop === undefined ? [] : nestedSteps(loop);
    },
    flattened: (view, step, request) => flatten(tree, treeOf(view), step, request),
    flattenedCounts: async (view, step, stepId) => {
      const { tally } = await rollup(view);
      return countsOf(stepsIn(view.definition), tally, step, stepId);
    },
  };
}

function treeOf(view: ViewedRun): TreeRun {
  return { place: placeOf(view), state: view.state, steps: stepsIn(view.definition) };
}

function placeOf({ state: { workflowId, number, attempt, path } }: ViewedRun): TreeRun['place'] {
  return { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
}
