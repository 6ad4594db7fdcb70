// A step in the picture: a real button with sign, name and words, so that it can be reached and read without a mouse. A loop
// looks like a pile and says how far it is; a step that runs another workflow leads to that run.

import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { type ReactElement } from 'react';
import { type StepDefinition, type StepState } from '../api/shapes.ts';
import { isLoop, isTall } from '../model/body.ts';
import { stopsThere } from '../model/breakpoint.ts';
import { loopText } from '../model/loop-progress.ts';
import { LoopProgress } from '../parts/LoopProgress.tsx';
import { Duration } from '../parts/Moment.tsx';
import { BreakpointMark } from '../parts/BreakpointMark.tsx';
import { PhaseMark } from '../parts/PhaseMark.tsx';
import { Link } from '../routing/Link.tsx';
import { addressOf, shortId } from '../routing/route.ts';
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
      {data.step.kind === 'workflow' ? <Called {...data} /> : null}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

function StepBox(drawing: StepDrawing): ReactElement {
  const { step, state, words, isSelected, onSelect } = drawing;
  const className = classOf(drawing);
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
      aria-label={labelOf(step, state, words)}
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

function classOf({ step, state, words, isSelected, isCompact }: StepDrawing): string {
  const marks = [
    ['is-selected', isSelected],
    ['is-compact', isCompact],
    ['is-tall', isTall(step)],
    ['is-loop', isLoop(step.kind)],
    ['has-breakpoint', stopsThere(state)],
    ['is-kept', state !== undefined && state.keptFrom !== null],
  ] as const;
  return ['step-node', `phase-${words?.phase ?? 'NONE'}`, ...marks.flatMap(([name, is]) => (is ? [name] : []))].join(
    ' ',
  );
}

function StepWords(drawing: StepDrawing): ReactElement {
  const { step, state, words, isCompact } = drawing;
  return (
    <>
      {words === undefined ? null : <PhaseMark phase={words.phase} size={18} />}
      <span className="step-node-words">
        <span className="step-node-title">{isCompact ? step.stepId : (step.name ?? step.stepId)}</span>
        <span className="step-node-state">
          {words === undefined ? <code>{step.kind}</code> : null}
          {words !== undefined && isCompact ? shortText(words) : words?.text}
          {isCompact ? null : <Took state={state} />}
          {stopsThere(state) ? <BreakpointMark isWordy={!isCompact} /> : null}
        </span>
      </span>
      {isLoop(step.kind) ? <Inside {...drawing} /> : null}
    </>
  );
}

/** What a loop holds: how far it is, or before that what it does each time. */
function Inside({ step: { steps = [] }, state }: StepDrawing): ReactElement {
  const loop = state?.loop;
  if (loop !== null && loop !== undefined) return <LoopProgress loop={loop} />;
  return <span className="loop-steps">each time: {steps.map(({ stepId }) => stepId).join(', ')}</span>;
}

/** The way to the run that the step started, or to the workflow that it is going to run. */
function Called({ step: { workflowId }, state }: StepDrawing): ReactElement | null {
  const child = state?.child ?? null;
  if (child !== null) {
    return (
      <Link href={child.url} className="step-node-link" aria-label={`The run ${shortId(child.id)}`}>
        {shortId(child.id)} →
      </Link>
    );
  }
  if (workflowId === null) return null;
  return (
    <Link href={addressOf({ page: 'workflow', workflow: workflowId })} className="step-node-link">
      runs {workflowId}
    </Link>
  );
}

function Took({ state }: { readonly state: StepState | undefined }): ReactElement | null {
  if (state === undefined || state.startedAt === null || state.phase === 'SKIPPED' || state.keptFrom !== null)
    return null;
  return (
    <>
      {' · '}
      <Duration from={state.startedAt} to={state.endedAt} />
    </>
  );
}

function labelOf(
  { stepId, name, needs }: StepDefinition,
  state: StepState | undefined,
  words: StatusWords | undefined,
): string {
  const loop = state?.loop ?? null;
  const stop = stopsThere(state) ? 'It will stop at a breakpoint' : undefined;
  const parts = [name ?? stepId, words?.text, stop, loop === null ? undefined : loopText(loop), needsText(needs)];
  return parts.filter((part) => part !== undefined).join('. ');
}

/** What it waits for does not fit into a small step; the list says it. */
function shortText({ phase, text }: StatusWords): string {
  return phase === 'WAITING' && text.startsWith('Waiting') ? 'Waiting' : text;
}

function needsText(needs: readonly string[]): string | undefined {
  return needs.length === 0 ? undefined : `Needs ${needs.join(', ')}`;
}
