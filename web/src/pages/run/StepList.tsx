// The steps as a list in the order in which they can be read, each with the time that it took drawn beside it: the same
// as the picture, for whoever reads rather than looks.

import { Fragment, type ReactElement, type RefObject, useEffect, useRef } from 'react';
import { type RunPicture } from '../../api/documents.ts';
import { type StepState } from '../../api/shapes.ts';
import { useNow } from '../../live/use-now.ts';
import { stopsThere } from '../../model/breakpoint.ts';
import { loopText } from '../../model/loop-progress.ts';
import { inReadingOrder } from '../../model/outline.ts';
import { barsOf } from '../../model/score.ts';
import { standOf, stepLine, unfinishedOf } from '../../model/step-line.ts';
import { Duration } from '../../parts/Moment.tsx';
import { BreakpointMark } from '../../parts/BreakpointMark.tsx';
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
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (left.current !== undefined)
      list.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(left.current)}"]`)?.focus();
  }, [left]);
  const now = useNow(!run.isTerminal);
  const steps = inReadingOrder(run.steps.nodes);
  const parts = [
    { title: undefined, steps: steps.filter(({ isFinal }) => !isFinal) },
    { title: 'Always, last', steps: steps.filter(({ isFinal }) => isFinal) },
  ].filter((part) => part.steps.length > 0);
  const unfinished = unfinishedOf(steps);
  const from = Date.parse(run.startedAt ?? run.createdAt);
  const span = { from, to: run.endedAt === null ? Math.max(now, from) : Date.parse(run.endedAt) };
  return (
    <div ref={list}>
      <h2>Steps</h2>
      {parts.map(({ title, steps: some }) => (
        <Fragment key={title ?? ''}>
          {title === undefined ? null : <h3>{title}</h3>}
          <ol className="steps">
            {some.map((step) => (
              <li key={step.stepId}>
                <StepRow step={step} words={stepLine(step, unfinished, standOf(run))} span={span} onSelect={onSelect} />
              </li>
            ))}
          </ol>
        </Fragment>
      ))}
    </div>
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
        {words.phase === 'SKIPPED' || step.keptFrom !== null ? null : (
          <Duration from={step.startedAt} to={step.endedAt} />
        )}
      </span>
      <span className="step-row-state">
        {words.text}
        {step.loop === null ? '' : `: ${loopText(step.loop)}`}
        {stopsThere(step) ? <BreakpointMark isWordy /> : null}
      </span>
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
