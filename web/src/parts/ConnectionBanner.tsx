// Says honestly when the page does not hear the server, and since when. A blip shorter than a second is not mentioned.

import { type ReactElement } from 'react';
import { useConnection } from '../live/use-connection.ts';
import { useNow } from '../live/use-now.ts';
import { durationText } from '../words/duration.ts';

const BLIP_MS = 900;

/** The banner; there only while the connection is lost. */
export function ConnectionBanner(): ReactElement {
  const { isLost, lostAt } = useConnection();
  const now = useNow(isLost);
  const length = lostAt === undefined ? 0 : now - lostAt;
  const isShown = isLost && length > BLIP_MS;
  return (
    <div role="status" className="banner-place">
      {isShown ? (
        <p className="banner">
          <span>
            <strong>Reconnecting …</strong> What you see is as it was
          </span>
          <span aria-hidden="true" className="number">
            {' '}
            {durationText(Math.floor(length / 1_000) * 1_000)} ago
          </span>
        </p>
      ) : null}
    </div>
  );
}
