// One run, live: how it stands and why, its picture, its steps, what it made, and everything that happened.

import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { CHANGES, RUN_CHANGES, RUN_PICTURE, type RunPicture } from '../../api/documents.ts';
import { type ChangeFrame, type RunFrame } from '../../api/frames.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Diagram } from '../../diagram/Diagram.tsx';
import { useWatch } from '../../live/use-watch.ts';
import { runAfter } from '../../model/run-view.ts';
import { Unanswered } from '../../parts/Unanswered.tsx';
import { Values } from '../../parts/Values.tsx';
import { Link } from '../../routing/Link.tsx';
import { stayAt } from '../../routing/location.ts';
import { Results } from './Results.tsx';
import { RunHead } from './RunHead.tsx';
import { StepList } from './StepList.tsx';
import { StepPanel } from './StepPanel.tsx';
import { Timeline } from './Timeline.tsx';

/** The page of a run. */
export function RunPage({ run: id, step }: { readonly run: string; readonly step: string | undefined }): ReactElement {
  const answer = useAnswer(
    RUN_PICTURE,
    useMemo(() => ({ id }), [id]),
  );
  const base = answer.data?.run ?? undefined;
  const picture = useLivePicture(base, answer.askAgain);
  useRestarts(picture, id, answer.askAgain);
  const select = useCallback(
    (stepId: string | undefined) => {
      stayAt({ page: 'run', run: id, step: stepId });
    },
    [id],
  );
  if (answer.data === undefined) {
    return (
      <div className="page">
        <h1>{id}</h1>
        <Unanswered answer={answer} />
      </div>
    );
  }
  if (picture === undefined) {
    return (
      <div className="page">
        <h1>There is no run {id}</h1>
        <p>
          Its number may be too high, or its workflow has another name. <Link href="/">All runs</Link>
        </p>
      </div>
    );
  }
  return <Picture run={picture} asked={id} step={step} onSelect={select} onChanged={answer.askAgain} />;
}

/** The run as it was read, and everything that happened to it since. */
function useLivePicture(base: RunPicture | undefined, askAgain: () => void): RunPicture | undefined {
  const [live, setLive] = useState<{ readonly base: RunPicture; readonly picture: RunPicture } | undefined>(undefined);
  const hasEnded = useRef(false);
  useWatch<RunFrame>(
    base === undefined || base.isTerminal
      ? undefined
      : {
          ...RUN_CHANGES,
          field: 'runChanges',
          variables: { runId: base.id },
          after: base.cursor,
          onFrame: (frame) => {
            hasEnded.current = frame.run?.isTerminal === true;
            setLive((before) => ({ base, picture: runAfter(before?.base === base ? before.picture : base, frame) }));
          },
          onExpired: askAgain,
          mayEnd: () => hasEnded.current,
        },
  );
  return live !== undefined && live.base === base ? live.picture : base;
}

/** A run that has ended may be started again, by anybody: then its newest attempt is shown. */
function useRestarts(picture: RunPicture | undefined, asked: string, askAgain: () => void): void {
  const isNewest = !/\.\d+$/u.test(asked.slice(asked.indexOf('/')));
  useWatch<ChangeFrame>(
    picture?.isTerminal === true && isNewest
      ? {
          ...CHANGES,
          field: 'changes',
          variables: { filter: { workflowId: picture.workflowId } },
          onFrame: ({ runs }) => {
            if (
              runs.some(
                (run) =>
                  run.workflowId === picture.workflowId &&
                  run.number === picture.number &&
                  run.attempt > picture.attempt,
              )
            )
              askAgain();
          },
        }
      : undefined,
  );
}

interface PictureOptions {
  readonly run: RunPicture;
  readonly asked: string;
  readonly step: string | undefined;
  readonly onSelect: (stepId: string | undefined) => void;
  readonly onChanged: () => void;
}

function Picture({ run, step: selected, onSelect, onChanged }: PictureOptions): ReactElement {
  const { definition } = run;
  const steps = run.steps.nodes;
  const states = useMemo(() => ({ steps, isOver: run.isTerminal }), [steps, run.isTerminal]);
  const step = steps.find(({ stepId }) => stepId === selected);
  const left = useRef<string | undefined>(undefined);
  useEffect(() => {
    left.current = step?.stepId;
  });
  const failed = steps.find(({ phase }) => phase === 'FAILED');
  return (
    <div className="page">
      <RunHead run={run} failedStep={failed} onSelect={onSelect} onChanged={onChanged} />
      <div className={`run-columns${step === undefined ? '' : ' has-step'}`}>
        <div className="run-picture">
          {definition === null ? null : (
            <Diagram
              hash={definition.hash}
              steps={definition.steps}
              states={states}
              selected={selected}
              onSelect={onSelect}
            />
          )}
        </div>
        <aside className="run-side" aria-label={step === undefined ? 'Steps' : `Step ${step.stepId}`}>
          {step === undefined ? (
            <StepList run={run} left={left} onSelect={onSelect} />
          ) : (
            <StepPanel
              key={step.id}
              run={run}
              step={step}
              definition={definition?.steps.find(({ stepId }) => stepId === step.stepId)}
              onSelect={onSelect}
            />
          )}
        </aside>
        <div className="run-more">
          <Results steps={steps} onSelect={onSelect} />
          {Object.keys(run.params).length === 0 ? null : (
            <section>
              <h2>Its parameters</h2>
              <Values values={run.params} />
            </section>
          )}
          <Timeline events={run.timeline} onSelect={onSelect} />
        </div>
      </div>
    </div>
  );
}
