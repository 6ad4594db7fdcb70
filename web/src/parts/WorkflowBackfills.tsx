// The backfills of a workflow: what was planned for days gone by, and how far it is.

import { type ReactElement, useMemo } from 'react';
import { BACKFILLS } from '../api/backfill-documents.ts';
import { CHANGES } from '../api/documents.ts';
import { type ChangeFrame } from '../api/frames.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useAfterward } from '../live/use-afterward.ts';
import { useWatch } from '../live/use-watch.ts';
import { Link } from '../routing/Link.tsx';
import { addressOf } from '../routing/route.ts';
import { backfillWords, verdictText } from '../words/backfill-words.ts';
import { sentence } from '../words/sentence.ts';
import { BackfillBar } from './BackfillBar.tsx';
import { Command } from './Command.tsx';
import { StatusBadge } from './StatusBadge.tsx';

const SHOWN = 5;

/** The newest backfills of a workflow; how to plan one where there is none. */
export function WorkflowBackfills({
  workflowId,
  isTimed,
}: {
  readonly workflowId: string;
  /** Whether one can be planned from one day to another: it has a trigger with times, and was not deleted. */
  readonly isTimed: boolean;
}): ReactElement | null {
  const filter = useMemo(() => ({ workflowId }), [workflowId]);
  const answer = useAnswer(
    BACKFILLS,
    useMemo(() => ({ first: SHOWN, filter }), [filter]),
  );
  const later = useAfterward(answer.askAgain);
  useWatch<ChangeFrame>({
    ...CHANGES,
    field: 'changes',
    variables: { filter },
    onFrame: later,
    onExpired: answer.askAgain,
  });
  const backfills = answer.data?.backfills.nodes ?? [];
  if (backfills.length === 0 && (!isTimed || answer.data === undefined)) return null;
  return (
    <section>
      <h2>Backfills</h2>
      {backfills.length === 0 ? (
        <>
          <p className="quiet above-command">
            Nothing was planned for days gone by. This says what would be missing, and starts nothing:
          </p>
          <Command text={`npx downbeat backfill plan ${workflowId} --from 2026-01-01 --to 2026-01-31`} />
        </>
      ) : (
        <ul className="rows">
          {backfills.map((backfill) => (
            <li key={backfill.id} className="row backfill-row">
              <p className="facts">
                <Link
                  className="row-title"
                  href={addressOf({ page: 'backfill', workflow: workflowId, number: String(backfill.number) })}
                >
                  Backfill {backfill.number}
                </Link>
                <StatusBadge words={backfillWords(backfill.status)} />
              </p>
              <p className="quiet">{sentence(backfill.text)}</p>
              {backfill.status === 'PLANNED' ? <p>{verdictText(backfill)}</p> : <BackfillBar backfill={backfill} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
