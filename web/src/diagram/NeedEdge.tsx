// The line from a step to one that needs it. What it says is also in the label of the step that needs.

import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import { type ReactElement } from 'react';

/** A line as xyflow knows it; its path was laid out with the steps. */
export type NeedFlowEdge = Edge<{ readonly path: string }, 'need'>;

/** A line of the picture. */
export function NeedEdge({ data }: EdgeProps<NeedFlowEdge>): ReactElement {
  return <BaseEdge path={data?.path ?? ''} interactionWidth={0} />;
}
