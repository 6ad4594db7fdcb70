// A published signal with what became of it.

import { type ReactElement } from 'react';
import { type SignalMatch, type SignalState } from '../api/shapes.ts';
import { Link } from '../routing/Link.tsx';
import { addressOf, addressOfId, shortId } from '../routing/route.ts';
import { type Phase } from '../words/status-words.ts';
import { Moment } from './Moment.tsx';
import { PhaseMark } from './PhaseMark.tsx';
import { ValuesLine } from './Values.tsx';

/** A signal. */
export function SignalCard({ signal }: { readonly signal: SignalState }): ReactElement {
  const { id, name, sequence, params, publishedAt, publishedBy, matches, settled, takenBy } = signal;
  const isSilent = settled && matches.length + takenBy.length === 0;
  return (
    <article className="card signal-card">
      <header>
        <h2>
          <Link href={addressOf({ page: 'signal', signal: shortId(id) })}>
            {name} <span className="quiet number">{sequence}</span>
          </Link>
        </h2>
        <span className="quiet">
          <Moment at={publishedAt} />, by <Publisher id={publishedBy} />
        </span>
      </header>
      {Object.keys(params).length === 0 ? null : <ValuesLine values={params} />}
      <ul className="matches">
        {matches.map((match) => (
          <Match key={match.triggerId} match={match} />
        ))}
        {takenBy.map((step) => (
          <Taker key={step} step={step} />
        ))}
        {isSilent ? (
          <li>
            <PhaseMark phase="SKIPPED" />
            <span>Nobody listened to it. It started nothing, and it is kept.</span>
          </li>
        ) : null}
        {settled ? null : (
          <li>
            <PhaseMark phase="WAITING" />
            <span>Some triggers have not said yet what they make of it.</span>
          </li>
        )}
      </ul>
    </article>
  );
}

/** A step that had waited for the signal. */
function Taker({ step }: { readonly step: string }): ReactElement {
  const address = addressOfId(step);
  const name = address === undefined ? shortId(step) : <Link href={address}>{shortId(step)}</Link>;
  return (
    <li className="phase-SUCCEEDED">
      <PhaseMark phase="SUCCEEDED" />
      <span>
        <strong>Ended the wait</strong> of {name}
      </span>
    </li>
  );
}

/** A step of a run publishes as that step or run: then there is a page to go to. */
function Publisher({ id }: { readonly id: string }): ReactElement {
  const address = addressOfId(id);
  return address === undefined ? <>{id}</> : <Link href={address}>{shortId(id)}</Link>;
}

const VERDICTS: Readonly<Record<string, { readonly phase: Phase; readonly text: string }>> = {
  STARTED: { phase: 'SUCCEEDED', text: 'started' },
  UNMET: { phase: 'SKIPPED', text: 'did not start' },
  HEARD: { phase: 'SKIPPED', text: 'heard it' },
  PENDING: { phase: 'WAITING', text: 'keeps it' },
  REJECTED: { phase: 'SKIPPED', text: 'did not take it' },
  PAUSED: { phase: 'STOPPED', text: 'did not start' },
  REFUSED: { phase: 'FAILED', text: 'could not start' },
};

function Match({ match }: { readonly match: SignalMatch }): ReactElement {
  const { phase, text } = VERDICTS[match.verdict] ?? { phase: 'WAITING', text: match.verdict.toLowerCase() };
  const run = match.runId === null ? undefined : addressOfId(match.runId);
  const workflow = <Link href={addressOf({ page: 'workflow', workflow: match.workflowId })}>{match.workflowId}</Link>;
  return (
    <li className={`phase-${phase}`} title={match.verdict}>
      <PhaseMark phase={phase} />
      {run === undefined || match.runId === null ? (
        <span>
          {workflow} <strong>{text}.</strong> {match.text}
        </span>
      ) : (
        <span>
          <strong>Started</strong> <Link href={run}>{shortId(match.runId)}</Link>
        </span>
      )}
    </li>
  );
}
