// The step that runs a run: which, of what, and the way to it.

import { type ReactElement } from 'react';
import { Link } from '../routing/Link.tsx';
import { addressOfId, shortId } from '../routing/route.ts';

/** "step call of species/1", as a link to that step. `step` is its id. */
export function RunBy({ step }: { readonly step: string }): ReactElement {
  const name = shortId(step);
  const cut = name.lastIndexOf('/');
  return (
    <Link href={addressOfId(step) ?? '/'} className="run-by">
      step {name.slice(cut + 1)} of {name.slice(0, cut)}
    </Link>
  );
}
