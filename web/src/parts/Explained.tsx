// Why something is where it is: the engine's sentences, what would change it, and the way to what it hangs on.

import { type ReactElement, useState } from 'react';
import { type Explanation, type Reason } from '../api/shapes.ts';
import { Link } from '../routing/Link.tsx';
import { addressOfId, shortId } from '../routing/route.ts';
import { Ahead } from './Moment.tsx';

/** An explanation; of its reasons at first only the deciding ones, if `most` says how many that are. */
export function Explained({
  explanation,
  most = Infinity,
}: {
  readonly explanation: Explanation;
  readonly most?: number;
}): ReactElement {
  const { summary, reasons } = explanation;
  const [isWhole, setWhole] = useState(false);
  const further = reasons.filter(
    (reason) => reason.text !== summary || reason.unblock !== null || reason.until !== null,
  );
  const shown = isWhole || further.length <= most + 1 ? further : further.slice(0, most);
  const hidden = further.length - shown.length;
  return (
    <div className="explained">
      <p className="explained-summary">{summary}</p>
      {further.length === 0 ? null : (
        <ul>
          {shown.map((reason, place) => (
            <ReasonItem key={place} reason={reason} summary={summary} />
          ))}
        </ul>
      )}
      {hidden === 0 ? null : (
        <button
          type="button"
          className="link-button quiet"
          onClick={() => {
            setWhole(true);
          }}
        >
          {hidden} more
        </button>
      )}
    </div>
  );
}

function ReasonItem({ reason, summary }: { readonly reason: Reason; readonly summary: string }): ReactElement {
  const address = reason.subject === null ? undefined : addressOfId(reason.subject);
  return (
    <li title={reason.code}>
      {reason.text === summary ? null : <span>{reason.text} </span>}
      {reason.unblock === null ? null : <span className="explained-unblock">{reason.unblock}</span>}
      {reason.until === null ? null : (
        <span>
          By itself this changes: <Ahead at={reason.until} />.{' '}
        </span>
      )}
      {address === undefined || reason.subject === null ? null : <Link href={address}>{shortId(reason.subject)}</Link>}
    </li>
  );
}
