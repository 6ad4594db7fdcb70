// Of a run that was started again: in which attempt each step has come to what it is now, and what all attempts come to.

import { type ReactElement, useEffect, useMemo, useRef } from 'react';
import { type RunPicture } from '../../api/documents.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { AGGREGATED, type AggregatedRun } from '../../api/view-documents.ts';
import { useAfterward } from '../../live/use-afterward.ts';
import { Duration } from '../../parts/Moment.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { Link } from '../../routing/Link.tsx';
import { addressOf, addressOfId, shortId } from '../../routing/route.ts';
import { runNameOf } from '../../routing/run-name.ts';
import { runWords, stepWords } from '../../words/status-words.ts';

/** Where each step has run; nothing for a run that was never started again. */
export function Restarts({ run }: { readonly run: RunPicture }): ReactElement | null {
  const answer = useAnswer(
    AGGREGATED,
    useMemo(() => (run.attempt > 1 && run.path === null ? { id: run.id } : undefined), [run.attempt, run.path, run.id]),
  );
  const again = useAfterward(answer.askAgain);
  const seen = useRef(run.cursor);
  useEffect(() => {
    if (seen.current !== run.cursor) again();
    seen.current = run.cursor;
  }, [run.cursor, again]);
  const aggregated = answer.data?.run?.aggregated;
  if (aggregated === undefined) return null;
  return (
    <section>
      <h2>Over its restarts</h2>
      {aggregated.status === run.status ? null : (
        <p>
          This attempt left out what had not gone well before. All attempts together:{' '}
          <StatusBadge words={runWords(aggregated.status)} />
        </p>
      )}
      <table className="iterations restarts">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Status</th>
            <th scope="col">Ran in</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {aggregated.steps.map((step) => (
            <Row key={step.stepId} run={run} step={step} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({
  run,
  step: { stepId, status, runId, attempt, startedAt, endedAt },
}: {
  readonly run: RunPicture;
  readonly step: AggregatedRun['steps'][number];
}): ReactElement {
  const name = runNameOf(shortId(runId));
  const isOwn = name?.workflow === run.workflowId && name.number.split('.')[0] === String(run.number);
  const href = name === undefined ? addressOfId(runId) : addressOf({ page: 'run', run: shortId(runId), step: stepId });
  return (
    <tr>
      <th scope="row">{stepId}</th>
      <td>
        <StatusBadge words={stepWords(status)} />
      </td>
      <td>
        {status === 'NOT_CREATED' ? null : isOwn && attempt === run.attempt ? (
          'this attempt'
        ) : (
          <Link href={href ?? '/'}>{isOwn ? `attempt ${String(attempt)}` : shortId(runId)}</Link>
        )}
      </td>
      <td>{startedAt === null ? null : <Duration from={startedAt} to={endedAt} />}</td>
    </tr>
  );
}
