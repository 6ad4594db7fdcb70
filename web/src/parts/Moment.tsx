// Points in time and lengths of time that keep themselves up to date.

import { type ReactElement } from 'react';
import { useNow } from '../live/use-now.ts';
import { durationText, lengthBetween } from '../words/duration.ts';
import { exactText, momentText, untilText } from '../words/moment.ts';

/** A time that is past. */
export function Moment({ at }: { readonly at: string }): ReactElement {
  const now = useNow();
  return (
    <time dateTime={at} title={exactText(at)}>
      {momentText(at, now)}
    </time>
  );
}

/** A time that is to come: when, and how long from now. */
export function Ahead({ at }: { readonly at: string }): ReactElement {
  const now = useNow();
  return (
    <time dateTime={at} title={exactText(at)}>
      {momentText(at, now)}, {untilText(at, now)}
    </time>
  );
}

/** How long something took, or takes so far. */
export function Duration({
  from,
  to,
}: {
  readonly from: string | null;
  readonly to: string | null;
}): ReactElement | null {
  const now = useNow(from !== null && to === null);
  const length = lengthBetween(from, to, now);
  return length === undefined ? null : <span className="number">{durationText(length)}</span>;
}
