// A run on one line of a list.

import { type ReactElement } from 'react';
import { type RunLine } from '../api/shapes.ts';
import { Link } from '../routing/Link.tsx';
import { runWords } from '../words/status-words.ts';
import { CauseText } from './CauseText.tsx';
import { Duration, Moment } from './Moment.tsx';
import { RunBy } from './RunBy.tsx';
import { ProgressStrip } from './ProgressStrip.tsx';
import { StatusBadge } from './StatusBadge.tsx';

/** A line for a run. */
export function RunRow({ run }: { readonly run: RunLine }): ReactElement {
  const { workflowId, number, attempt } = run;
  return (
    <li className="row run-row">
      <StatusBadge words={runWords(run.status)} />
      <span className="row-title">
        <Link href={run.url} className="stretched">
          {workflowId} <span className="number">{number}</span>
        </Link>
        {attempt > 1 ? <span className="quiet"> attempt {attempt}</span> : null}
      </span>
      <span className="row-cause quiet">
        {run.cause.step === null || run.cause.kind === 'RESTART' ? (
          <CauseText text={run.cause.text} />
        ) : (
          <RunBy step={run.cause.step} />
        )}
      </span>
      <ProgressStrip counts={run.counts} />
      <span className="row-when quiet">
        <Moment at={run.createdAt} />
      </span>
      <span className="row-length">
        {run.startedAt === null ? (
          <span className="quiet">not started</span>
        ) : (
          <Duration from={run.startedAt} to={run.endedAt} />
        )}
      </span>
    </li>
  );
}

/** A list of runs. */
export function RunRows({ runs, label }: { readonly runs: readonly RunLine[]; readonly label: string }): ReactElement {
  return (
    <ul className="rows" aria-label={label}>
      {runs.map((run) => (
        <RunRow key={run.id} run={run} />
      ))}
    </ul>
  );
}
