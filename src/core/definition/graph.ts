// The steps of a definition with what they wait for and what waits for them: computed once for each definition, in time
// linear in steps and needs. Only for definitions that `readDefinitions` accepted: there are no circles and no bad names.

import { type Expression, compile } from '../expression/compile.ts';
import { invariant } from '../result.ts';
import { type Definition, type StepDefinition } from './model.ts';
import { orderSteps } from './order.ts';

/** All steps of a definition and how they hang together. */
export interface Graph {
  /** In the order of the text: a step stands at its `index`. */
  readonly steps: readonly GraphStep[];
  /** Indexes of the steps that need none. */
  readonly roots: readonly number[];
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

function makeGraph({ id, steps }: Definition): Graph {
  const { predecessors, successors, order, cycles } = orderSteps(steps);
  invariant(cycles.length === 0, `the steps of ${id} form a circle`);
  const indexes = new Map(steps.map((step, index) => [step.id, index]));
  const depths = depthsOf(predecessors, order);
  const graphSteps = steps.map((step, index): GraphStep => {
    const when = step.when === undefined ? undefined : compiled(step.when);
    return {
      index,
      step,
      predecessors: edgesOf(step, indexes),
      successors: successors[index] ?? [],
      ...(when === undefined ? {} : { when }),
      depth: depths[index] ?? 0,
    };
  });
  const roots = graphSteps.filter((step) => step.predecessors.length === 0).map((step) => step.index);
  return { steps: graphSteps, roots, order, indexes };
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
