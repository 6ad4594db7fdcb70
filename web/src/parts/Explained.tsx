// Why something is where it is: the engine's sentences, what would change it, and the way to what it hangs on.

import { type ReactElement } from 'react';
import { type Explanation, type Reason } from '../api/shapes.ts';
import { Link } from '../routing/Link.tsx';
import { addressOfId, shortId } from '../routing/route.ts';
import { Ahead } from './Moment.tsx';

/** An explanation. */
export function Explained({ explanation }: { readonly explanation: Explanation }): ReactElement {
  const { summary, reasons } = explanation;
  const further = reasons.filter(
    (reason) => reason.text !== summary || reason.unblock !== null || reason.until !== null,
  );
  return (
    <div className="explained">
      <p className="explained-summary">{summary}</p>
      {further.length === 0 ? null : (
        <ul>
          {further.map((reason, place) => (
            <ReasonItem key={place} reason={reason} summary={summary} />
          ))}
        </ul>
      )}
    </div>
  );
}

function ReasonItem({ reason, summary }: { readonly reason: Reason; readonly summary: string }): ReactElement {
  const address = reason.subject === null ? undefined : addressOfId(reason.subject);
  return (
    <li title={reason.code}>
      {reason.text === summary ? null : <span>{reason.text} </span>}
      {reason.unblock === null ? null : <span>{reason.unblock} </span>}
      {reason.until === null ? null : (
        <span>
          It goes on by itself: <Ahead at={reason.until} />.{' '}
        </span>
      )}
      {address === undefined || reason.subject === null ? null : <Link href={address}>{shortId(reason.subject)}</Link>}
    </li>
  );
}
