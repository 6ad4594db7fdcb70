// What started a run, in the server's words; of a backfill, with the way to it.

import { type ReactElement } from 'react';
import { Link } from '../routing/Link.tsx';
import { addressOfId, shortId } from '../routing/route.ts';

/** "ada started it", "backfill daily/1 wants it". */
export function CauseText({ text }: { readonly text: string }): ReactElement {
  const id = /^backfill:\S+/u.exec(text)?.[0];
  const address = id === undefined ? undefined : addressOfId(id);
  if (id === undefined || address === undefined) return <>{text}</>;
  return (
    <>
      <Link href={address} className="run-by">
        backfill {shortId(id)}
      </Link>
      {text.slice(id.length)}
    </>
  );
}
