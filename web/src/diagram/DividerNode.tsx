// The line above the steps that come last. What it says is also in the list of steps beside the picture.

import { type Node, type NodeProps } from '@xyflow/react';
import { type ReactElement } from 'react';

/** The line as xyflow knows it. */
export type DividerFlowNode = Node<Record<string, never>, 'divider'>;

/** The line. */
export function DividerNode(_props: NodeProps<DividerFlowNode>): ReactElement {
  return (
    <div className="divider">
      <span>always, last</span>
    </div>
  );
}
