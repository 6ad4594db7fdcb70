// The head of a run's page: how it stands and why in a sentence, what started it, and what may be done with it.

import { type ReactElement, useMemo } from 'react';
import { type RunPicture, SIGNAL_PICTURE } from '../../api/documents.ts';
import { type RunCause, type SignalState, type StepState } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { CauseText } from '../../parts/CauseText.tsx';
import { Explained } from '../../parts/Explained.tsx';
import { Fact } from '../../parts/Fact.tsx';
import { FailureNote } from '../../parts/FailureNote.tsx';
import { Duration, Moment } from '../../parts/Moment.tsx';
import { RunBy } from '../../parts/RunBy.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { ValuesLine } from '../../parts/Values.tsx';
import { Link } from '../../routing/Link.tsx';
import { addressOf, addressOfId, shortId } from '../../routing/route.ts';
import { enclosingOf, runNameOf } from '../../routing/run-name.ts';
import { countText } from '../../words/count-words.ts';
import { exactText } from '../../words/moment.ts';
import { runWords } from '../../words/status-words.ts';
import { valueText } from '../../words/value-text.ts';
import { RunActions } from './RunActions.tsx';

/** How many reasons are read at once; the picture says the rest as well. */
const MOST_REASONS = 2;

interface HeadOptions {
  readonly run: RunPicture;
  /** The step that is looked at. */
  readonly step: StepState | undefined;
  readonly failedStep: StepState | undefined;
  readonly onSelect: (stepId: string) => void;
  readonly onChanged: () => void;
}

/** The head of the page. */
export function RunHead({ run, step, failedStep, onSelect, onChanged }: HeadOptions): ReactElement {
  const { workflowId, workflow, explanation, failure } = run;
  return (
    <header className="run-head">
      <p className="crumbs">
        <Link href="/workflows">Workflows</Link>
        <Link href={addressOf({ page: 'workflow', workflow: workflowId })}>{workflow?.name ?? workflowId}</Link>
        <Around run={run} />
      </p>
      <div className="run-title">
        <Title run={run} />
        <span role="status">
          <StatusBadge words={runWords(run.status)} isLarge />
        </span>
        <RunActions run={run} step={step} onChanged={onChanged} />
      </div>
      {failure === null ? null : (
        <FailureNote failure={failure}>
          {failedStep === undefined ? null : (
            <button
              type="button"
              className="button"
              onClick={() => {
                onSelect(failedStep.stepId);
              }}
            >
              Show the step {failedStep.stepId}
            </button>
          )}
        </FailureNote>
      )}
      {explanation === null || failure !== null || run.status === 'SUCCEEDED' ? null : (
        <Explained explanation={explanation} most={MOST_REASONS} />
      )}
      <Facts run={run} />
    </header>
  );
}

/** Of an iteration the way back: its run, and the iterations around it, each with its loop opened. */
function Around({ run }: { readonly run: RunPicture }): ReactElement {
  const name = runNameOf(shortId(run.id));
  return (
    <>
      {(name === undefined ? [] : enclosingOf(name)).map(({ text, run: around, loop }) => (
        <Link key={around} href={addressOf({ page: 'run', run: around, step: loop })}>
          {text}
        </Link>
      ))}
    </>
  );
}

function Title({ run: { workflowId, number, path, params } }: { readonly run: RunPicture }): ReactElement {
  if (path === null) {
    return (
      <h1>
        {workflowId} <span className="number">{number}</span>
      </h1>
    );
  }
  const values = Object.entries(params).filter(([name]) => name !== 'loop_index');
  return (
    <div>
      <h1>{path.slice(path.lastIndexOf('/') + 1)}</h1>
      <ValuesLine values={Object.fromEntries(values)} />
    </div>
  );
}

function Facts({ run }: { readonly run: RunPicture }): ReactElement {
  const { cause, createdAt, startedAt, endedAt, scheduledFor, attempt, workflowId, number, version, labels, path } =
    run;
  const earlier = path === null ? Array.from({ length: attempt - 1 }, (_, place) => place + 1) : [];
  return (
    <div className="facts">
      {path === null ? <Cause cause={cause} /> : null}
      <Fact label="Requested">
        <Moment at={createdAt} />
      </Fact>
      {startedAt === null ? null : (
        <Fact label={endedAt === null ? 'Running for' : 'Took'}>
          <Duration from={startedAt} to={endedAt} />
        </Fact>
      )}
      {scheduledFor === null ? null : <Fact label="For">{exactText(scheduledFor)}</Fact>}
      <Fact label="Version">{version}</Fact>
      {attempt === 1 ? null : (
        <Fact label="Attempt">
          {attempt}
          {earlier.map((place) => (
            <Link
              key={place}
              href={addressOf({
                page: 'run',
                run: `${workflowId}/${String(number)}.${String(place)}`,
                step: undefined,
              })}
            >
              {' '}
              see {place}
            </Link>
          ))}
        </Fact>
      )}
      {Object.entries(labels).map(([name, value]) => (
        <span key={name} className="label">
          {name}: {valueText(value)}
        </span>
      ))}
    </div>
  );
}

/** What started it. Of a signal its name and what it said are read, for the API names only the trigger. */
function Cause({ cause: { kind, text, signal, folded, step, missing } }: { readonly cause: RunCause }): ReactElement {
  const answer = useAnswer(
    SIGNAL_PICTURE,
    useMemo(() => (signal === null ? undefined : { id: signal }), [signal]),
  );
  const node = answer.data?.node;
  if (step !== null) {
    return (
      <span title={kind}>
        Run by <RunBy step={step} />
      </span>
    );
  }
  if (kind === 'ABSENCE' || signal === null || node === null || node === undefined || !('sequence' in node))
    return (
      <span title={kind}>
        <CauseText text={text} />
        {missing === null || missing === undefined ? null : (
          <>
            {' · '}
            <Link href={addressOf({ page: 'signals', name: missing })}>who waits for it</Link>
          </>
        )}
      </span>
    );
  const { name, sequence, params } = node as SignalState;
  return (
    <>
      <span title={text}>
        Started by the signal{' '}
        <Link href={addressOfId(signal) ?? '/signals'}>
          {name} <span className="number">{sequence}</span>
        </Link>
        {folded === null || folded === 0 ? null : <> and {countText(folded, 'more signal')} folded into this run</>}
      </span>
      <ValuesLine values={params} />
    </>
  );
}
