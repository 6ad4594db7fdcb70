// A step in the picture: a real button with sign, name and words, so that it can be reached and read without a mouse.

import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { type ReactElement } from 'react';
import { type StepDefinition, type StepState } from '../api/shapes.ts';
import { Duration } from '../parts/Moment.tsx';
import { PhaseMark } from '../parts/PhaseMark.tsx';
import { type StatusWords } from '../words/status-words.ts';

/** What a step in the picture shows. */
export interface StepDrawing extends Record<string, unknown> {
  readonly step: StepDefinition;
  readonly state: StepState | undefined;
  readonly words: StatusWords | undefined;
  readonly isSelected: boolean;
  readonly isCompact: boolean;
  readonly onSelect: ((stepId: string) => void) | undefined;
}

/** A step as xyflow knows it. */
export type StepFlowNode = Node<StepDrawing, 'step'>;

/** A step in the picture. */
export function StepNode({ data }: NodeProps<StepFlowNode>): ReactElement {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <StepBox {...data} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

function StepBox(drawing: StepDrawing): ReactElement {
  const { step, words, isSelected, isCompact, onSelect } = drawing;
  const className = `step-node phase-${words?.phase ?? 'NONE'}${isSelected ? ' is-selected' : ''}${isCompact ? ' is-compact' : ''}`;
  if (onSelect === undefined) {
    return (
      <div className={className} title={step.stepId}>
        <StepWords {...drawing} />
      </div>
    );
  }
  return (
    <button
      type="button"
      className={className}
      aria-label={labelOf(step, words)}
      aria-pressed={isSelected}
      title={words === undefined ? step.stepId : `${step.stepId}: ${words.status}`}
      onClick={() => {
        onSelect(step.stepId);
      }}
    >
      <StepWords {...drawing} />
    </button>
  );
}

function StepWords({ step, state, words, isCompact }: StepDrawing): ReactElement {
  return (
    <>
      {words === undefined ? null : <PhaseMark phase={words.phase} size={18} />}
      <span className="step-node-words">
        <span className="step-node-title">{isCompact ? step.stepId : (step.name ?? step.stepId)}</span>
        <span className="step-node-state">
          {words === undefined ? <code>{step.kind}</code> : null}
          {words !== undefined && isCompact ? shortText(words) : words?.text}
          {isCompact ? null : <Took state={state} />}
        </span>
      </span>
    </>
  );
}

function Took({ state }: { readonly state: StepState | undefined }): ReactElement | null {
  if (state === undefined || state.startedAt === null || state.phase === 'SKIPPED') return null;
  return (
    <>
      {' · '}
      <Duration from={state.startedAt} to={state.endedAt} />
    </>
  );
}

function labelOf({ stepId, name, needs }: StepDefinition, words: StatusWords | undefined): string {
  return [name ?? stepId, words?.text, needsText(needs)].filter((part) => part !== undefined).join('. ');
}

/** What it waits for does not fit into a small step; the list says it. */
function shortText({ phase, text }: StatusWords): string {
  return phase === 'WAITING' && text.startsWith('Waiting') ? 'Waiting' : text;
}

function needsText(needs: readonly string[]): string | undefined {
  return needs.length === 0 ? undefined : `Needs ${needs.join(', ')}`;
}
