// Where the steps of a workflow stand in its picture. Depends on the definition only, so that nothing jumps while it runs.

import { graphlib, layout } from '@dagrejs/dagre';

/** A step and what it needs. */
export interface LaidStep {
  readonly stepId: string;
  readonly needs: readonly string[];
  /** Whether it is drawn taller than others, for what it holds. */
  readonly isTall?: boolean;
}

/** How large the steps are drawn, and how far apart. */
export interface LayoutSize {
  readonly width: number;
  readonly height: number;
  /** The height of tall steps. */
  readonly tall: number;
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
  for (const step of steps) graph.setNode(step.stepId, { width: size.width, height: heightOf(step, size) });
  for (const { from, to } of pairs) graph.setEdge(to, from);
  layout(graph);
  const boxes = new Map(steps.map(({ stepId }) => [stepId, boxIn(graph, stepId)]));
  const halves = halfRanksOf(graph);
  const lines = pairs.map(({ from, to }) => ({ from, to, points: pointsOf(graph, boxes, { from, to }, halves) }));
  const all = [...boxes.values()];
  const right = Math.max(
    0,
    ...all.map(({ x, width }) => x + width),
    ...lines.flatMap(({ points }) => points.map(({ x }) => x)),
  );
  const places = new Map([...boxes].map(([stepId, { x, y }]) => [stepId, { x, y }]));
  return { places, lines, width: right, height: Math.max(0, ...all.map(({ y, height }) => y + height)) };
}

/** How high the step is drawn. */
export function heightOf({ isTall = false }: Pick<LaidStep, 'isTall'>, size: LayoutSize): number {
  return isTall ? size.tall : size.height;
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

interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };

function boxIn(graph: Graph, stepId: string): Box {
  const { x, y, width, height } = { ...NOWHERE, ...(graph.node(stepId) as Partial<Box>) };
  return { x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
}

/** Half the height of each rank of steps, by the middle of the rank. */
function halfRanksOf(graph: Graph): ReadonlyMap<number, number> {
  const halves = new Map<number, number>();
  for (const name of graph.nodes()) {
    const { y, height } = { ...NOWHERE, ...(graph.node(name) as Partial<Box>) };
    halves.set(Math.round(y), Math.max(halves.get(Math.round(y)) ?? 0, height / 2));
  }
  return halves;
}

/** From the middle of the one's lower edge, past the ranks between, to the middle of the other's upper edge. */
function pointsOf(
  graph: Graph,
  boxes: ReadonlyMap<string, Box>,
  { from, to }: { readonly from: string; readonly to: string },
  halves: ReadonlyMap<number, number>,
): readonly Place[] {
  const start = boxes.get(from) ?? NOWHERE;
  const end = boxes.get(to) ?? NOWHERE;
  const { points = [] } = graph.edge(to, from) as { readonly points?: readonly Place[] };
  const top = start.y + start.height;
  // A point between two ranks would be a bend for nothing; one beside a rank keeps the line clear of its steps.
  const between = [...points].reverse().flatMap(({ x, y }) => {
    const half = halves.get(Math.round(y));
    const isBetween = half !== undefined && y - half >= top && y + half <= end.y;
    return isBetween
      ? [
          { x: round(x), y: round(y - half) },
          { x: round(x), y: round(y + half) },
        ]
      : [];
  });
  return [{ x: start.x + start.width / 2, y: top }, ...between, { x: end.x + end.width / 2, y: end.y }];
}

function pair(x: number, y: number): string {
  return `${String(x)},${String(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
