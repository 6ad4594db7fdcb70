// Who did something to a run or a workflow, when, and why they said they did.

import { type ReactElement, useMemo } from 'react';
import { AUDIT } from '../api/admin-documents.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Moment } from './Moment.tsx';

const MOST = 20;

/** The newest doings; `stamp` changes when there may be another one. Nothing is shown while nobody has done anything. */
export function Doings({ about, stamp }: { readonly about: string; readonly stamp: string }): ReactElement | null {
  const answer = useAnswer(
    AUDIT,
    // A new object asks again.
    useMemo(() => ({ first: MOST, about, stamp }), [about, stamp]),
  );
  const lines = answer.data?.audit.nodes ?? [];
  if (lines.length === 0) return null;
  return (
    <section>
      <h2>Who did what</h2>
      <ul className="plain-list">
        {lines.map(({ id, at, text, reason }) => (
          <li key={id}>
            {text} {reason === null ? null : <q>{reason}</q>}{' '}
            <span className="quiet">
              <Moment at={at} />
            </span>
          </li>
        ))}
      </ul>
      {answer.data?.audit.pageInfo.hasNextPage === true ? (
        <p className="quiet">
          These are the newest {MOST}; all of it: <code>npx downbeat audit {about}</code>
        </p>
      ) : null}
    </section>
  );
}
