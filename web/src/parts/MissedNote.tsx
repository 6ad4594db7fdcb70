// What a trigger on a signal that does not come missed last: by when, and whether it has come since.

import { type ReactElement } from 'react';
import { type MissedSignal } from '../api/shapes.ts';
import { Link } from '../routing/Link.tsx';
import { addressOf, addressOfId } from '../routing/route.ts';
import { durationText } from '../words/duration.ts';
import { Moment } from './Moment.tsx';

/** One line; nothing where nothing was missed. */
export function MissedNote({
  missed: { name, due, resolvedBy, lateMs },
}: {
  readonly missed: MissedSignal;
}): ReactElement {
  return (
    <p className="facts">
      <span>
        Missed: <Moment at={due} />
      </span>
      {resolvedBy === null || lateMs === null ? (
        <span>
          It has not come since. <Link href={addressOf({ page: 'signals', name })}>Who waits for it</Link>
        </span>
      ) : (
        <span>
          <Link href={addressOfId(resolvedBy) ?? '/signals'}>It came</Link> {durationText(lateMs)} late.
        </span>
      )}
    </p>
  );
}
