// The picture of a workflow's steps. It is laid out once for a definition and a width; while the run goes on only signs,
// words and colours change. The list of steps beside it says the same in text.

import { type NodeHandle, Panel, Position, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { type ReactElement, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type StepDefinition, type StepState } from '../api/shapes.ts';
import { type Body, isTall } from '../model/body.ts';
import { inReadingOrder } from '../model/outline.ts';
import { type Stand, stepLine, unfinishedOf } from '../model/step-line.ts';
import { type DividerFlowNode, DividerNode } from './DividerNode.tsx';
import { heightOf, type LaidStep, type Layout, type LayoutSize, pathThrough } from './layout.ts';
import { NeedEdge, type NeedFlowEdge } from './NeedEdge.tsx';
import { type StepFlowNode, StepNode } from './StepNode.tsx';
import { layOutWithFinals, type LayoutWithFinals } from './with-finals.ts';

const WIDE: LayoutSize = { width: 208, height: 72, tall: 104, across: 24, down: 40 };
const COMPACT: LayoutSize = { width: 108, height: 76, tall: 124, across: 10, down: 30 };
/** Rather than wide steps below this scale, small ones are drawn. */
const COMPACT_BELOW = 0.8;
const MARGIN = 20;
const TALLEST = 760;
const DIVIDER_HEIGHT = 20;
const NODE_TYPES = { step: StepNode, divider: DividerNode };
const EDGE_TYPES = { need: NeedEdge };

interface DiagramOptions {
  /** Of the definition and of the part of it that is drawn: the same key, the same picture. */
  readonly drawn: string;
  readonly body: Body;
  /** How the steps stand in a run; without it the plain definition is drawn. */
  readonly states: { readonly steps: readonly StepState[]; readonly stand: Stand } | undefined;
  readonly selected: string | undefined;
  readonly onSelect: ((stepId: string) => void) | undefined;
}

/** The picture. */
export function Diagram(options: DiagramOptions): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = (): void => {
      setWidth(Math.round(element.clientWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  const { drawn, body } = options;
  const ordered = useMemo(() => ({ steps: inReadingOrder(body.steps), finals: inReadingOrder(body.finals) }), [drawn]);
  const wide = useMemo(() => laidOut(ordered, WIDE), [ordered]);
  const isCompact = scaleOf(wide, width) < COMPACT_BELOW;
  const layout = useMemo(() => (isCompact ? laidOut(ordered, COMPACT) : wide), [ordered, wide, isCompact]);
  const scale = Math.min(1, scaleOf(layout, width));
  const height = Math.min(TALLEST, Math.max(120, layout.height * scale + 2 * MARGIN));
  return (
    <div ref={frame} className="diagram" style={{ height }}>
      {width === 0 ? null : (
        <ReactFlowProvider key={`${drawn} ${String(isCompact)}`}>
          <Flow
            {...options}
            body={ordered}
            layout={layout}
            size={isCompact ? COMPACT : WIDE}
            width={width}
            height={height}
          />
        </ReactFlowProvider>
      )}
    </div>
  );
}

function laidOut({ steps, finals }: Body, size: LayoutSize): LayoutWithFinals {
  return layOutWithFinals(steps.map(laid), finals.map(laid), size);
}

function laid(step: StepDefinition): LaidStep {
  return { stepId: step.stepId, needs: step.needs, isTall: isTall(step) };
}

/** By how much the picture must be scaled to be as wide as its frame. */
function scaleOf(layout: Layout, width: number): number {
  return (width - 2 * MARGIN) / Math.max(1, layout.width);
}

interface FlowOptions extends DiagramOptions {
  readonly layout: LayoutWithFinals;
  readonly size: LayoutSize;
  readonly width: number;
  readonly height: number;
}

function Flow({ body, states, selected, onSelect, layout, size, width, height }: FlowOptions): ReactElement {
  const flow = useReactFlow();
  useEffect(() => {
    void flow.fitView(FIT);
  }, [flow, width, height]);
  const nodes = useMemo(
    () => [...nodesOf({ body, states, selected, onSelect, layout, size }), ...dividersOf(layout)],
    [body, states, selected, onSelect, layout, size],
  );
  const edges = useMemo(() => edgesOf(layout, states?.steps), [layout, states]);
  const isCut = layout.width > width - 2 * MARGIN || layout.height > height - 2 * MARGIN;
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      fitView
      fitViewOptions={FIT}
      minZoom={0.2}
      maxZoom={1.5}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      zoomOnScroll={false}
      zoomOnDoubleClick={false}
      preventScrolling={false}
      panOnDrag={isCut}
      proOptions={NO_MARK}
      role="group"
      aria-label="The steps and what they need"
    >
      {isCut ? <ZoomButtons /> : null}
    </ReactFlow>
  );
}

const FIT = { padding: '16px', maxZoom: 1 } as const;
const NO_MARK = { hideAttribution: true };

function ZoomButtons(): ReactElement {
  const flow = useReactFlow();
  return (
    <Panel position="bottom-right" className="zoom">
      <button type="button" aria-label="Smaller" onClick={() => void flow.zoomOut()}>
        −
      </button>
      <button type="button" aria-label="Larger" onClick={() => void flow.zoomIn()}>
        +
      </button>
      <button type="button" onClick={() => void flow.fitView(FIT)}>
        All
      </button>
    </Panel>
  );
}

function nodesOf(options: Omit<FlowOptions, 'drawn' | 'width' | 'height'>): StepFlowNode[] {
  const { body, states, selected, onSelect, layout, size } = options;
  const known = new Map(states?.steps.map((state) => [state.stepId, state]));
  const unfinished = unfinishedOf(states?.steps ?? []);
  return [...body.steps, ...body.finals].map((step) => {
    const state = known.get(step.stepId);
    const words = state === undefined ? undefined : stepLine(state, unfinished, states?.stand ?? 'going');
    const height = heightOf({ isTall: isTall(step) }, size);
    return {
      id: step.stepId,
      type: 'step',
      handles: handlesOf({ width: size.width, height }),
      position: { ...(layout.places.get(step.stepId) ?? { x: 0, y: 0 }) },
      width: size.width,
      height,
      data: { step, state, words, isSelected: step.stepId === selected, isCompact: size === COMPACT, onSelect },
    };
  });
}

function dividersOf({ divider, width }: LayoutWithFinals): DividerFlowNode[] {
  if (divider === undefined) return [];
  const position = { x: 0, y: divider - DIVIDER_HEIGHT / 2 };
  // No step has a name with a space.
  return [{ id: 'always, last', type: 'divider', position, width, height: DIVIDER_HEIGHT, handles: [], data: {} }];
}

/** Said beforehand: otherwise each change would take the lines away until the browser has measured every step anew. */
function handlesOf({ width, height }: { readonly width: number; readonly height: number }): NodeHandle[] {
  const middle = { x: width / 2, width: 1, height: 1 };
  return [
    { ...middle, type: 'target', position: Position.Top, y: 0 },
    { ...middle, type: 'source', position: Position.Bottom, y: height },
  ];
}

function edgesOf({ lines }: Layout, states: readonly StepState[] | undefined): NeedFlowEdge[] {
  const phases = new Map(states?.map(({ stepId, phase }) => [stepId, phase]));
  return lines.map(({ from, to, points }) => ({
    id: `${from}→${to}`,
    type: 'need',
    data: { path: pathThrough(points) },
    source: from,
    target: to,
    className: `edge-from-${phases.get(from) ?? 'NONE'} edge-to-${phases.get(to) ?? 'NONE'}`,
    ariaRole: 'presentation' as const,
  }));
}
