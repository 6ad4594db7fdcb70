// The steps as a list in the order in which they can be read, each with the time that it took drawn beside it: the same
// as the picture, for whoever reads rather than looks.

import { type ReactElement, type RefObject, useEffect, useRef } from 'react';
import { type RunPicture } from '../../api/documents.ts';
import { type StepState } from '../../api/shapes.ts';
import { useNow } from '../../live/use-now.ts';
import { inReadingOrder } from '../../model/outline.ts';
import { barsOf } from '../../model/score.ts';
import { stepLine, unfinishedOf } from '../../model/step-line.ts';
import { Duration } from '../../parts/Moment.tsx';
import { PhaseMark } from '../../parts/PhaseMark.tsx';
import { type StatusWords } from '../../words/status-words.ts';

interface ListOptions {
  readonly run: RunPicture;
  /** The step whose panel was left for this list: there the keyboard goes on. */
  readonly left: RefObject<string | undefined>;
  readonly onSelect: (stepId: string) => void;
}

/** The list of a run's steps. */
export function StepList({ run, left, onSelect }: ListOptions): ReactElement {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (left.current !== undefined)
      list.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(left.current)}"]`)?.focus();
  }, [left]);
  const now = useNow(!run.isTerminal);
  const steps = inReadingOrder(run.steps.nodes);
  const unfinished = unfinishedOf(steps);
  const from = Date.parse(run.startedAt ?? run.createdAt);
  const span = { from, to: run.endedAt === null ? Math.max(now, from) : Date.parse(run.endedAt) };
  return (
    <>
      <h2>Steps</h2>
      <ol className="steps" ref={list}>
        {steps.map((step) => (
          <li key={step.stepId}>
            <StepRow step={step} words={stepLine(step, unfinished, run.isTerminal)} span={span} onSelect={onSelect} />
          </li>
        ))}
      </ol>
    </>
  );
}

interface RowOptions {
  readonly step: StepState;
  readonly words: StatusWords;
  readonly span: { readonly from: number; readonly to: number };
  readonly onSelect: (stepId: string) => void;
}

function StepRow({ step, words, span, onSelect }: RowOptions): ReactElement {
  return (
    <button
      type="button"
      className={`step-row phase-${words.phase}`}
      data-step={step.stepId}
      title={words.status}
      onClick={() => {
        onSelect(step.stepId);
      }}
    >
      <PhaseMark phase={words.phase} size={18} />
      <span className="step-row-title">
        {step.name ?? step.stepId}
        {step.name === null ? null : <code>{step.stepId}</code>}
      </span>
      <span className="step-row-length">
        {words.phase === 'SKIPPED' ? null : <Duration from={step.startedAt} to={step.endedAt} />}
      </span>
      <span className="step-row-state">{words.text}</span>
      <span className="score" aria-hidden="true">
        {barsOf(step.attempts, span).map((bar, place) => (
          <i
            key={place}
            className={`score-bar phase-${bar.hasFailed ? 'FAILED' : words.phase}`}
            style={{ left: `${String(bar.start * 100)}%`, width: `${String(bar.length * 100)}%` }}
          />
        ))}
      </span>
    </button>
  );
}
