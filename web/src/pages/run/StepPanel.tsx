// One step of a run in full: why it is where it is, its tries, what it prints while it prints it, what it made and gave.

import { Fragment, type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { type RunPicture, STEP_WHY } from '../../api/documents.ts';
import { type StepDefinition, type StepState } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useAfterward } from '../../live/use-afterward.ts';
import { isLoop, isTall } from '../../model/body.ts';
import { resultsOf } from '../../model/results.ts';
import { standOf, stepLine, unfinishedOf } from '../../model/step-line.ts';
import { Explained } from '../../parts/Explained.tsx';
import { FailureNote } from '../../parts/FailureNote.tsx';
import { Duration, Moment } from '../../parts/Moment.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { Values } from '../../parts/Values.tsx';
import { listText } from '../../words/status-words.ts';
import { ArtifactItem } from './ArtifactItem.tsx';
import { AwaitedSignals } from './AwaitedSignals.tsx';
import { Breakpoint } from './Breakpoint.tsx';
import { ChildRun } from './ChildRun.tsx';
import { Flattened } from './Flattened.tsx';
import { Iterations } from './Iterations.tsx';
import { LogTail } from './LogTail.tsx';
import { StepActions } from './StepActions.tsx';

interface PanelOptions {
  readonly run: RunPicture;
  readonly step: StepState;
  readonly definition: StepDefinition | undefined;
  readonly onChanged: () => void;
  readonly onSelect: (stepId: string | undefined) => void;
}

/** The panel of a step. */
export function StepPanel({ run, step, definition, onChanged, onSelect }: PanelOptions): ReactElement {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = panel.current;
    if (element === null) return;
    element.focus({ preventScroll: true });
    // On a small screen it opens above the list from which it was chosen.
    const { top } = element.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight / 2) element.scrollIntoView({ block: 'start' });
  }, []);
  const leave = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onSelect(undefined);
  };
  const words = stepLine(step, unfinishedOf(run.steps.nodes), standOf(run));
  return (
    <div ref={panel} className="panel" tabIndex={-1} onKeyDown={leave}>
      <button
        type="button"
        className="button-quiet panel-back"
        onClick={() => {
          onSelect(undefined);
        }}
      >
        ← All steps
      </button>
      <h2 className="panel-title">{step.name ?? step.stepId}</h2>
      <p className="facts">
        <StatusBadge words={words} />
        {step.keptFrom === null ? <Duration from={step.startedAt} to={step.endedAt} /> : null}
        <span>
          <code>{step.stepId}</code> <span className="quiet">{step.kind}</span>
        </span>
      </p>
      {step.failure === null ? <Why run={run} step={step} /> : <FailureNote failure={step.failure} />}
      {definition === undefined || definition.when === null ? null : (
        <p className="quiet">
          It runs only when <code>{definition.when}</code>
        </p>
      )}
      <AwaitedSignals step={step} />
      <div className="step-actions">
        <StepActions step={step} onChanged={onChanged} />
        <Breakpoint run={run} step={step} onChanged={onChanged} />
      </div>
      {isLoop(step.kind) ? <Inside run={run} step={step} definition={definition} /> : null}
      {step.child === null ? null : <ChildRun key={step.child.id} child={step.child} />}
      <Made step={step} />
      {isTall(step) ? null : <Printed step={step} />}
    </div>
  );
}

/** Of a loop: what it does each time, and its iterations once it has begun. */
function Inside({ run, step, definition }: Omit<PanelOptions, 'onChanged' | 'onSelect'>): ReactElement {
  const names = definition?.steps?.map(({ stepId }) => stepId) ?? [];
  const stamp = JSON.stringify([run.cursor, run.rollup.counts]);
  return (
    <>
      {names.length === 0 ? null : <p className="quiet">Each time it runs {listText(names)}.</p>}
      {step.loop === null ? null : (
        // Each attempt begins with choices of its own.
        <Fragment key={run.attempt}>
          <Iterations step={step} loop={step.loop} cursor={run.cursor} />
          <Flattened step={step} stamp={stamp} />
        </Fragment>
      )}
    </>
  );
}

function Why({ run, step }: { readonly run: RunPicture; readonly step: StepState }): ReactElement | null {
  const answer = useAnswer(
    STEP_WHY,
    useMemo(() => ({ id: step.id }), [step.id]),
  );
  const again = useAfterward(answer.askAgain);
  const seen = useRef(run.cursor);
  useEffect(() => {
    if (seen.current !== run.cursor) again();
    seen.current = run.cursor;
  }, [run.cursor, again]);
  const explanation = answer.data?.step?.explanation;
  return explanation === null || explanation === undefined ? null : <Explained explanation={explanation} />;
}

function Made({ step }: { readonly step: StepState }): ReactElement {
  const results = resultsOf([step]);
  return (
    <>
      {results.length === 0 ? null : (
        <section>
          <h3>Files it kept</h3>
          <ul className="artifacts">
            {results.map((result) => (
              <ArtifactItem key={result.artifact.path} result={result} />
            ))}
          </ul>
        </section>
      )}
      {Object.keys(step.outputs).length === 0 ? null : (
        <section>
          <h3>What it gave</h3>
          <Values values={step.outputs} />
        </section>
      )}
    </>
  );
}

function Printed({ step }: { readonly step: StepState }): ReactElement {
  const newest = step.attempts.length;
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const shown = step.attempts.find(({ number }) => number === chosen) ?? step.attempts.at(-1);
  return (
    <section>
      <h3>What it printed</h3>
      {newest < 2 ? null : (
        <ol className="attempts">
          {step.attempts.map(({ number, startedAt, endedAt, failure }) => (
            <li key={number}>
              <button
                type="button"
                className="attempt"
                aria-pressed={number === shown?.number}
                onClick={() => {
                  setChosen(number === newest ? undefined : number);
                }}
              >
                Try {number}
              </button>
              <span>
                <Moment at={startedAt} />, <Duration from={startedAt} to={endedAt} />
                {failure === null ? '' : `: ${failure.message}`}
              </span>
            </li>
          ))}
        </ol>
      )}
      {shown === undefined ? (
        <p className="quiet">{step.startedAt === null ? 'Nothing: it has not begun.' : 'Nothing.'}</p>
      ) : (
        <LogTail key={shown.id} stepId={step.id} attempt={shown.number} hasEnded={shown.endedAt !== null} />
      )}
    </section>
  );
}
