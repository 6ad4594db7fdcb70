// One backfill: its plan, how far it is, what can be done with it, and its lines with their runs.

import { type ReactElement, useMemo, useState } from 'react';
import { ask } from '../api/ask.ts';
import {
  APPLY_BACKFILL,
  BACKFILL_CHANGES,
  BACKFILL_PICTURE,
  type BackfillDifference,
  type BackfillEntry,
  type BackfillFrame,
  type BackfillState,
  CANCEL_BACKFILL,
  PAUSE_BACKFILL,
  RESUME_BACKFILL,
  RETRY_BACKFILL,
} from '../api/backfill-documents.ts';
import { type Problem, problemsOf, useAction } from '../api/use-action.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useAfterward } from '../live/use-afterward.ts';
import { useWatch } from '../live/use-watch.ts';
import { BackfillBar } from '../parts/BackfillBar.tsx';
import { ConfirmButton } from '../parts/ConfirmButton.tsx';
import { Fact } from '../parts/Fact.tsx';
import { Ahead, Moment } from '../parts/Moment.tsx';
import { StatusBadge } from '../parts/StatusBadge.tsx';
import { Unanswered } from '../parts/Unanswered.tsx';
import { UserErrors } from '../parts/UserErrors.tsx';
import { Link } from '../routing/Link.tsx';
import { addressOf, addressOfId, shortId } from '../routing/route.ts';
import { backfillWords, keyText, lineWords, verdictText } from '../words/backfill-words.ts';
import { countText } from '../words/count-words.ts';
import { sentence } from '../words/sentence.ts';

/** The page of a backfill. */
export function BackfillPage({
  workflow,
  number,
}: {
  readonly workflow: string;
  readonly number: string;
}): ReactElement {
  const id = `backfill:${workflow}/${number}`;
  const [trail, setTrail] = useState<readonly string[]>([]);
  const after = trail.at(-1);
  const answer = useAnswer(
    BACKFILL_PICTURE,
    useMemo(() => ({ id, ...(after === undefined ? {} : { after }) }), [id, after]),
  );
  const [live, setLive] = useState<BackfillState | undefined>(undefined);
  const later = useAfterward(answer.askAgain);
  const found = answer.data?.backfill;
  useWatch<BackfillFrame>(
    found === undefined || found === null
      ? undefined
      : {
          ...BACKFILL_CHANGES,
          field: 'backfillChanges',
          variables: { backfillId: id },
          onFrame: ({ backfill }) => {
            if (backfill !== null) setLive(backfill);
            later();
          },
          onExpired: answer.askAgain,
        },
  );
  if (found === undefined || found === null) {
    return (
      <div className="page">
        <h1>
          Backfill {number} of {workflow}
        </h1>
        {found === null ? (
          <p>
            There is no such backfill.{' '}
            <Link href={addressOf({ page: 'workflow', workflow })}>The workflow {workflow}</Link>
          </p>
        ) : (
          <Unanswered answer={answer} />
        )}
      </div>
    );
  }
  const backfill = live ?? found;
  const { endCursor, hasNextPage } = found.lines.pageInfo;
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/workflows">Workflows</Link>{' '}
        <Link href={addressOf({ page: 'workflow', workflow })}>{workflow}</Link>
      </p>
      <header className="run-head">
        <div className="run-title">
          <h1>
            Backfill <span className="number">{number}</span>
          </h1>
          <span role="status">
            <StatusBadge words={backfillWords(backfill.status)} isLarge />
          </span>
          <Actions key={backfill.status} backfill={backfill} onDone={answer.askAgain} />
        </div>
        <Facts backfill={backfill} />
      </header>
      <Lines lines={found.lines.nodes} />
      <p className="facts more">
        {trail.length === 0 ? null : (
          <button
            type="button"
            className="button"
            onClick={() => {
              setTrail(trail.slice(0, -1));
            }}
          >
            Earlier lines
          </button>
        )}
        {hasNextPage && endCursor !== null ? (
          <button
            type="button"
            className="button"
            onClick={() => {
              setTrail([...trail, endCursor]);
            }}
          >
            More lines
          </button>
        ) : null}
      </p>
    </div>
  );
}

function Facts({ backfill }: { readonly backfill: BackfillState }): ReactElement {
  const { version, concurrency, stopAfterFailures, actor, createdAt, expiresAt, status, explanation } = backfill;
  return (
    <>
      {status === 'PLANNED' ? (
        <p>
          Nothing has started. It can be applied until <Ahead at={expiresAt} />.
        </p>
      ) : null}
      {explanation === null || status === 'PLANNED' ? null : <p>{explanation.summary}</p>}
      {status === 'PLANNED' ? null : <BackfillBar backfill={backfill} />}
      <p className="facts">
        <Fact label="Plan">{verdictText(backfill)}</Fact>
        <Fact label="Version">{version}</Fact>
        <span>{countText(concurrency, 'run')} at once</span>
        {stopAfterFailures === null ? null : <span>Pauses after {countText(stopAfterFailures, 'failure')}</span>}
        <span>
          <span className="quiet">Planned</span> <Moment at={createdAt} />, by {actor}
        </span>
      </p>
      <p className="quiet">{sentence(backfill.text)}</p>
    </>
  );
}

interface Moved {
  readonly hash: string;
  readonly differences: readonly BackfillDifference[];
}

function Actions({
  backfill,
  onDone,
}: {
  readonly backfill: BackfillState;
  readonly onDone: () => void;
}): ReactElement | null {
  const { id, hash, allowedActions } = backfill;
  const { isBusy, problems, act } = useAction();
  const [moved, setMoved] = useState<Moved | undefined>(undefined);
  const apply = (agreed: string): void => {
    act(async () => {
      const answer = await ask(APPLY_BACKFILL, { input: { backfillId: id, hash: agreed } });
      return problemsOf(answer, ({ applyBackfill: { errors, newHash, differences } }) => {
        setMoved(newHash === null ? undefined : { hash: newHash, differences });
        if (errors.length === 0) onDone();
        return errors;
      });
    });
  };
  const hold = (call: () => Promise<readonly Problem[]>): void => {
    act(async () => {
      const said = await call();
      if (said.length === 0) onDone();
      return said;
    });
  };
  if (allowedActions.length === 0) return null;
  const input = { backfillId: id };
  const may = (action: string): boolean => allowedActions.includes(action);
  return (
    <div className="actions" role="group" aria-label="What can be done">
      {may('APPLY') ? (
        <button
          type="button"
          className="button button-strong"
          disabled={isBusy}
          onClick={() => {
            apply(moved?.hash ?? hash);
          }}
        >
          {moved === undefined ? 'Apply the plan' : 'Apply it as it is now'}
        </button>
      ) : null}
      {may('PAUSE') ? (
        <HoldButton
          label="Pause"
          isBusy={isBusy}
          onClick={() => {
            hold(async () => problemsOf(await ask(PAUSE_BACKFILL, { input }), (data) => data.pauseBackfill.errors));
          }}
        />
      ) : null}
      {may('RESUME') ? (
        <HoldButton
          label="Resume"
          isBusy={isBusy}
          onClick={() => {
            hold(async () => problemsOf(await ask(RESUME_BACKFILL, { input }), (data) => data.resumeBackfill.errors));
          }}
        />
      ) : null}
      {may('RETRY') ? (
        <HoldButton
          label="Retry what failed"
          isBusy={isBusy}
          onClick={() => {
            hold(async () => problemsOf(await ask(RETRY_BACKFILL, { input }), (data) => data.retryBackfill.errors));
          }}
        />
      ) : null}
      {may('CANCEL') ? (
        <ConfirmButton
          label="Cancel"
          question={may('APPLY') ? 'Cancel the plan?' : 'Cancel it? No more of it starts.'}
          isBusy={isBusy}
          onConfirm={() => {
            hold(async () => problemsOf(await ask(CANCEL_BACKFILL, { input }), (data) => data.cancelBackfill.errors));
          }}
        />
      ) : null}
      {moved === undefined ? null : <Differences moved={moved} />}
      <UserErrors errors={problems} />
    </div>
  );
}

function HoldButton({
  label,
  isBusy,
  onClick,
}: {
  readonly label: string;
  readonly isBusy: boolean;
  readonly onClick: () => void;
}): ReactElement {
  return (
    <button type="button" className="button" disabled={isBusy} onClick={onClick}>
      {label}
    </button>
  );
}

function Differences({ moved }: { readonly moved: Moved }): ReactElement {
  return (
    <ul className="plain-list" aria-label="What is different now">
      {moved.differences.map((difference) => (
        <li key={keyText(difference)}>
          <code>{keyText(difference)}</code> {difference.text}
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines }: { readonly lines: readonly BackfillEntry[] }): ReactElement {
  return (
    <section>
      <h2>Its lines</h2>
      {lines.length === 0 ? <p className="quiet">It has none.</p> : null}
      <ol className="rows" aria-label="Lines, in the order in which they begin">
        {lines.map((line) => (
          <li key={line.index} className="row backfill-line">
            <StatusBadge words={lineWords(line)} />
            <span className="row-title number">{keyText(line)}</span>
            <RunOfLine line={line} />
            {line.message === null && line.runId !== null ? null : (
              <span className="quiet">{sentence(line.message ?? line.text)}</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function RunOfLine({ line: { runId, seenRunId } }: { readonly line: BackfillEntry }): ReactElement | null {
  const id = runId ?? seenRunId;
  if (id === null) return null;
  return <Link href={addressOfId(id) ?? '/'}>{shortId(id)}</Link>;
}
