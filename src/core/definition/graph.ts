// The steps of a definition with what they wait for and what waits for them: computed once for each definition, in time
// linear in steps and needs. Only for definitions that `readDefinitions` accepted: there are no circles and no bad names.
// The steps under `finally` stand behind the others and hang together only with one another.

import { type Expression, compile } from '../expression/compile.ts';
import { invariant } from '../result.ts';
import { type Definition, type StepDefinition } from './model.ts';
import { orderSteps } from './order.ts';

/** All steps of a definition and how they hang together. */
export interface Graph {
  /** In the order of the text, those under `finally` last: a step stands at its `index`. */
  readonly steps: readonly GraphStep[];
  /** All indexes, each after those it needs. */
  readonly order: readonly number[];
  readonly indexes: ReadonlyMap<string, number>;
}

/** One step in the graph. */
export interface GraphStep {
  readonly index: number;
  readonly step: StepDefinition;
  /** What must be complete first, in the order of `needs`. */
  readonly predecessors: readonly GraphEdge[];
  /** Indexes of the steps that need this one. */
  readonly successors: readonly number[];
  readonly when?: Expression;
  /** Whether it stands under `finally`. */
  readonly isFinal: boolean;
  /** The length of the longest path from a root; 0 for a root. */
  readonly depth: number;
}

/** A step that must be complete first; with a condition, it leads on only where that is true. */
export interface GraphEdge {
  readonly index: number;
  readonly condition?: Expression;
}

const graphs = new WeakMap<Definition, Graph>();

/** The graph of a definition; the same object for the same definition. */
export function graphOf(definition: Definition): Graph {
  const known = graphs.get(definition);
  if (known !== undefined) return known;
  const graph = makeGraph(definition);
  graphs.set(definition, graph);
  return graph;
}

function makeGraph(definition: Definition): Graph {
  const main = partOf(definition.id, definition.steps, { offset: 0, isFinal: false });
  const final = partOf(definition.id, definition.finally ?? [], { offset: definition.steps.length, isFinal: true });
  const steps = [...main.steps, ...final.steps];
  const indexes = new Map(steps.map(({ step, index }) => [step.id, index]));
  return { steps, order: [...main.order, ...final.order], indexes };
}

/** The steps of one list. `offset` is the index of its first. */
function partOf(
  workflowId: string,
  steps: readonly StepDefinition[],
  { offset, isFinal }: { readonly offset: number; readonly isFinal: boolean },
): Pick<Graph, 'steps' | 'order'> {
  const { predecessors, successors, order, cycles } = orderSteps(steps);
  invariant(cycles.length === 0, `the steps of ${workflowId} form a circle`);
  const indexes = new Map(steps.map((step, index) => [step.id, offset + index]));
  const depths = depthsOf(predecessors, order);
  const graphSteps = steps.map((step, index): GraphStep => {
    const when = step.when === undefined ? undefined : compiled(step.when);
    return {
      index: offset + index,
      step,
      predecessors: edgesOf(step, indexes),
      successors: (successors[index] ?? []).map((successor) => offset + successor),
      isFinal,
      ...(when === undefined ? {} : { when }),
      depth: depths[index] ?? 0,
    };
  });
  return { steps: graphSteps, order: order.map((index) => offset + index) };
}

function depthsOf(predecessors: readonly (readonly number[])[], order: readonly number[]): readonly number[] {
  const depths = predecessors.map(() => 0);
  for (const index of order) {
    for (const before of predecessors[index] ?? []) {
      depths[index] = Math.max(depths[index] ?? 0, (depths[before] ?? 0) + 1);
    }
  }
  return depths;
}

function edgesOf(step: StepDefinition, indexes: ReadonlyMap<string, number>): readonly GraphEdge[] {
  return step.needs.map((need) => {
    const index = indexes.get(need.step);
    invariant(index !== undefined, `step ${step.id} needs ${need.step}, which does not exist`);
    return need.condition === undefined ? { index } : { index, condition: compiled(need.condition) };
  });
}

function compiled(source: string): Expression {
  const expression = compile(source);
  invariant(expression.ok, `the expression ${source} does not compile`);
  return expression.value;
}
