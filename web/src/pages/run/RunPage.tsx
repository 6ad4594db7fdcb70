// One run, live: how it stands and why, its picture, its steps, what it made, and everything that happened.

import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { CHANGES, RUN_CHANGES, RUN_PICTURE, type RunPicture } from '../../api/documents.ts';
import { type ChangeFrame, type RunFrame } from '../../api/frames.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Diagram } from '../../diagram/Diagram.tsx';
import { useFurtherSteps } from '../../live/use-further-steps.ts';
import { useWatch } from '../../live/use-watch.ts';
import { bodyOf } from '../../model/body.ts';
import { runAfter } from '../../model/run-view.ts';
import { keptRun, standOf } from '../../model/step-line.ts';
import { wholeRun } from '../../model/whole-run.ts';
import { Doings } from '../../parts/Doings.tsx';
import { Unanswered } from '../../parts/Unanswered.tsx';
import { Link } from '../../routing/Link.tsx';
import { stayAt } from '../../routing/location.ts';
import { runNameOf } from '../../routing/run-name.ts';
import { addressOf } from '../../routing/route.ts';
import { Parameters } from './Parameters.tsx';
import { Results } from './Results.tsx';
import { Restarts } from './Restarts.tsx';
import { RollUp } from './RollUp.tsx';
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
  const live = useLivePicture(base, answer.askAgain);
  const further = useFurtherSteps(base);
  const picture = useMemo(
    () => (live === undefined || base === undefined ? undefined : wholeRun(live, base.steps.nodes, further)),
    [live, base, further],
  );
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
  if (picture === undefined) return <NoRun id={id} />;
  return <Picture run={picture} asked={id} step={step} onSelect={select} onChanged={answer.askAgain} />;
}

function NoRun({ id }: { readonly id: string }): ReactElement {
  const name = runNameOf(id);
  const around = name === undefined ? undefined : `${name.workflow}/${name.number}`;
  if (around === undefined || around === id) {
    return (
      <div className="page">
        <h1>There is no run {id}</h1>
        <p>
          Its number may be too high, or its workflow has another name. <Link href="/">All runs</Link>
        </p>
      </div>
    );
  }
  return (
    <div className="page">
      <h1>There is no iteration {id}</h1>
      <p>
        It has not begun, or this attempt of the run kept it from an earlier one. The run leads to all of them:{' '}
        <Link href={addressOf({ page: 'run', run: around, step: undefined })}>{around}</Link>
      </p>
    </div>
  );
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
          variables: { runId: base.id, beneath: true },
          after: base.cursor,
          onFrame: (frame) => {
            hasEnded.current = frame.run?.isTerminal === true;
            setLive((before) => ({ base, picture: runAfter(before?.base === base ? before.picture : base, frame) }));
          },
          onExpired: askAgain,
          mayEnd: () => hasEnded.current,
        },
  );
  const picture = live !== undefined && live.base === base ? live.picture : base;
  const hasTurned = base !== undefined && picture !== undefined && picture.status !== base.status;
  useEffect(() => {
    // What may be done with a step depends on how its run stands, and a change brings only the steps that it changed.
    if (hasTurned) askAgain();
  }, [hasTurned, askAgain]);
  return picture;
}

/**
 * A run that has ended may be started again, by anybody: then its newest attempt is shown. An iteration stays as it is: the new
 * attempt may have none of its place.
 */
function useRestarts(picture: RunPicture | undefined, asked: string, askAgain: () => void): void {
  const isNewest = picture?.path === null && runNameOf(asked)?.isNewest === true;
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

function named({ workflowId, number }: RunPicture): string {
  return `${workflowId}/${String(number)}`;
}

/** The way to the comparison with the run that it was forked from, else with the one before. */
function Compared({ run }: { readonly run: RunPicture }): ReactElement | null {
  const origin = run.steps.nodes.find(({ keptFromRun }) => keptFromRun !== null)?.keptFromRun ?? undefined;
  if (origin === undefined && run.number === 1) return null;
  const other = origin === undefined ? named({ ...run, number: run.number - 1 }) : keptRun(origin);
  return (
    <p className="more">
      <Link href={addressOf({ page: 'compare', a: other, b: named(run) })}>
        Compare with {origin === undefined ? 'the run before' : 'the run that it was forked from'}, {other}
      </Link>
    </p>
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
  const { definition, path } = run;
  const steps = run.steps.nodes;
  const stand = standOf(run);
  const states = useMemo(() => ({ steps, stand }), [steps, stand]);
  const body = useMemo(() => bodyOf(definition, path), [definition, path]);
  const step = steps.find(({ stepId }) => stepId === selected);
  const left = useRef<string | undefined>(undefined);
  useEffect(() => {
    left.current = step?.stepId;
  });
  const failed = steps.find(({ phase }) => phase === 'FAILED');
  return (
    <div className="page">
      <RunHead run={run} step={step} failedStep={failed} onSelect={onSelect} onChanged={onChanged} />
      <RollUp run={run} />
      <div className={`run-columns${step === undefined ? '' : ' has-step'}`}>
        <div className="run-picture">
          {definition === null || body === undefined ? null : (
            <Diagram
              drawn={`${definition.hash} ${path ?? ''}`}
              body={body}
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
              definition={[...(body?.steps ?? []), ...(body?.finals ?? [])].find(
                ({ stepId }) => stepId === step.stepId,
              )}
              onChanged={onChanged}
              onSelect={onSelect}
            />
          )}
        </aside>
        <div className="run-more">
          <Results steps={steps} onSelect={onSelect} />
          {path === null ? <Parameters trace={run.paramTrace} /> : null}
          <Restarts run={run} />
          <Timeline events={run.timeline} onSelect={onSelect} />
          {path === null ? <Doings about={`run:${run.workflowId}/${String(run.number)}`} stamp={run.status} /> : null}
          {path === null ? <Compared run={run} /> : null}
        </div>
      </div>
    </div>
  );
}
