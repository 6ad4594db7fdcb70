// The head of a run's page: how it stands and why in a sentence, what started it, and what may be done with it.

import { type ReactElement, type ReactNode, useMemo } from 'react';
import { ask } from '../../api/ask.ts';
import { RESTART_RUN, type RunPicture, SIGNAL_PICTURE, STOP_RUN } from '../../api/documents.ts';
import { type RunCause, type SignalState, type StepState } from '../../api/shapes.ts';
import { problemsOf, useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { ConfirmButton } from '../../parts/ConfirmButton.tsx';
import { Explained } from '../../parts/Explained.tsx';
import { FailureNote } from '../../parts/FailureNote.tsx';
import { Duration, Moment } from '../../parts/Moment.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { UserErrors } from '../../parts/UserErrors.tsx';
import { ValuesLine } from '../../parts/Values.tsx';
import { Link } from '../../routing/Link.tsx';
import { addressOf, addressOfId } from '../../routing/route.ts';
import { exactText } from '../../words/moment.ts';
import { runWords } from '../../words/status-words.ts';
import { valueText } from '../../words/value-text.ts';

interface HeadOptions {
  readonly run: RunPicture;
  readonly failedStep: StepState | undefined;
  readonly onSelect: (stepId: string) => void;
  readonly onChanged: () => void;
}

/** The head of the page. */
export function RunHead({ run, failedStep, onSelect, onChanged }: HeadOptions): ReactElement {
  const { workflowId, workflow, number, explanation, failure } = run;
  return (
    <header className="run-head">
      <p className="crumbs">
        <Link href="/workflows">Workflows</Link>
        <Link href={addressOf({ page: 'workflow', workflow: workflowId })}>{workflow?.name ?? workflowId}</Link>
      </p>
      <div className="run-title">
        <h1>
          {workflowId} <span className="number">{number}</span>
        </h1>
        <span role="status">
          <StatusBadge words={runWords(run.status)} isLarge />
        </span>
        <Actions run={run} onChanged={onChanged} />
      </div>
      <Facts run={run} />
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
        <Explained explanation={explanation} />
      )}
    </header>
  );
}

function Facts({ run }: { readonly run: RunPicture }): ReactElement {
  const { cause, createdAt, startedAt, endedAt, scheduledFor, attempt, workflowId, number, version, labels } = run;
  const earlier = Array.from({ length: attempt - 1 }, (_, place) => place + 1);
  return (
    <div className="facts">
      <Cause cause={cause} />
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
function Cause({ cause: { kind, text, signal } }: { readonly cause: RunCause }): ReactElement {
  const answer = useAnswer(
    SIGNAL_PICTURE,
    useMemo(() => (signal === null ? undefined : { id: signal }), [signal]),
  );
  const node = answer.data?.node;
  if (signal === null || node === null || node === undefined || !('sequence' in node))
    return <span title={kind}>{upper(text)}</span>;
  const { name, sequence, params } = node as SignalState;
  return (
    <>
      <span title={text}>
        Started by the signal{' '}
        <Link href={addressOfId(signal) ?? '/signals'}>
          {name} <span className="number">{sequence}</span>
        </Link>
      </span>
      <ValuesLine values={params} />
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <span>
      <span className="quiet">{label}</span> {children}
    </span>
  );
}

function Actions({ run, onChanged }: { readonly run: RunPicture; readonly onChanged: () => void }): ReactElement {
  const { isBusy, problems, act } = useAction();
  const input = { runId: run.id };
  return (
    <span className="actions">
      {run.allowedActions.includes('STOP') ? (
        <ConfirmButton
          label="Stop"
          question="Stop this run? What is going on is ended."
          isBusy={isBusy}
          onConfirm={() => {
            act(async () => problemsOf(await ask(STOP_RUN, { input }), (data) => data.stopRun.errors));
          }}
        />
      ) : null}
      {run.allowedActions.includes('RESTART') ? (
        <button
          type="button"
          className="button"
          disabled={isBusy}
          title="Run it again from its beginning, as the same run with a new attempt"
          onClick={() => {
            act(async () => {
              const answer = await ask(RESTART_RUN, { input });
              onChanged();
              return problemsOf(answer, (data) => data.restartRun.errors);
            });
          }}
        >
          Run it again
        </button>
      ) : null}
      <UserErrors errors={problems} />
    </span>
  );
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
