// Where the steps of a workflow stand in its picture. Depends on the definition only, so that nothing jumps while it runs.

import { graphlib, layout } from '@dagrejs/dagre';

/** A step and what it needs. */
export interface LaidStep {
  readonly stepId: string;
  readonly needs: readonly string[];
}

/** How large the steps are drawn, and how far apart. */
export interface LayoutSize {
  readonly width: number;
  readonly height: number;
  readonly across: number;
  readonly down: number;
}

/** A place in the picture; of a step its upper left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A line from a step to one that needs it, along points that keep clear of the steps between them. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Place[];
}

/** A picture: places by step, the lines between them, and how large it is. */
export interface Layout {
  readonly places: ReadonlyMap<string, Place>;
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

type Graph = InstanceType<typeof graphlib.Graph>;

/** Lays the steps out from top to bottom, each right below the last of what it needs. */
export function layOut(steps: readonly LaidStep[], size: LayoutSize): Layout {
  const known = new Set(steps.map((step) => step.stepId));
  const pairs = steps.flatMap(({ stepId, needs }) =>
    needs.filter((need) => known.has(need)).map((need) => ({ from: need, to: stepId })),
  );
  const graph = new graphlib.Graph();
  // Laid out from its end to its beginning: so the longest path counts from the beginning, and each step stands as early as it can.
  graph.setGraph({
    rankdir: 'BT',
    ranker: 'longest-path',
    nodesep: size.across,
    edgesep: size.across,
    ranksep: size.down,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { stepId } of steps) graph.setNode(stepId, { width: size.width, height: size.height });
  for (const { from, to } of pairs) graph.setEdge(to, from);
  layout(graph);
  const places = new Map(steps.map(({ stepId }) => [stepId, placeIn(graph, stepId, size)]));
  const lines = pairs.map(({ from, to }) => ({ from, to, points: pointsOf(graph, places, { from, to }, size) }));
  const all = [...places.values()];
  const right = Math.max(
    0,
    ...all.map(({ x }) => x + size.width),
    ...lines.flatMap(({ points }) => points.map(({ x }) => x)),
  );
  return { places, lines, width: right, height: Math.max(0, ...all.map(({ y }) => y + size.height)) };
}

/** A smooth line through the points, as an SVG path: straight down out of the first and into the last. */
export function pathThrough(points: readonly Place[]): string {
  const [first] = points;
  if (first === undefined) return '';
  const bends = points.slice(1).map((point, place) => {
    const before = points[place] ?? point;
    const middle = round((before.y + point.y) / 2);
    return `C${pair(before.x, middle)} ${pair(point.x, middle)} ${pair(point.x, point.y)}`;
  });
  return `M${pair(first.x, first.y)}${bends.join('')}`;
}

function placeIn(graph: Graph, stepId: string, { width, height }: LayoutSize): Place {
  const { x = 0, y = 0 } = graph.node(stepId) as Partial<Place>;
  return { x: Math.round(x - width / 2), y: Math.round(y - height / 2) };
}

/** From the middle of the one's lower edge, past the ranks between, to the middle of the other's upper edge. */
function pointsOf(
  graph: Graph,
  places: ReadonlyMap<string, Place>,
  { from, to }: { readonly from: string; readonly to: string },
  size: LayoutSize,
): readonly Place[] {
  const start = places.get(from) ?? { x: 0, y: 0 };
  const end = places.get(to) ?? { x: 0, y: 0 };
  const { points = [] } = graph.edge(to, from) as { readonly points?: readonly Place[] };
  const top = start.y + size.height;
  // A point between two ranks would be a bend for nothing; one beside a rank keeps the line clear of its steps.
  const ranks = new Set([...places.values()].map(({ y }) => y + size.height / 2));
  const between = [...points]
    .reverse()
    .filter(({ y }) => y > top && y < end.y && ranks.has(Math.round(y)))
    .flatMap(({ x, y }) => [
      { x: round(x), y: round(y - size.height / 2) },
      { x: round(x), y: round(y + size.height / 2) },
    ]);
  return [{ x: start.x + size.width / 2, y: top }, ...between, { x: end.x + size.width / 2, y: end.y }];
}

function pair(x: number, y: number): string {
  return `${String(x)},${String(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
