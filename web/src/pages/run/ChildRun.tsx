// The run that a step started, live: how it stands, how far it is, and the way to it.

import { type ReactElement, useMemo, useState } from 'react';
import { RUN_CHANGES } from '../../api/documents.ts';
import { type RunFrame } from '../../api/frames.ts';
import { type RunState } from '../../api/shapes.ts';
import { useWatch } from '../../live/use-watch.ts';
import { ProgressStrip } from '../../parts/ProgressStrip.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { Link } from '../../routing/Link.tsx';
import { shortId } from '../../routing/route.ts';
import { runWords } from '../../words/status-words.ts';

/** The run of a `workflow` step. */
export function ChildRun({ child }: { readonly child: { readonly id: string; readonly url: string } }): ReactElement {
  const [run, setRun] = useState<RunState | undefined>(undefined);
  useWatch<RunFrame>({
    ...RUN_CHANGES,
    field: 'runChanges',
    variables: useMemo(() => ({ runId: child.id }), [child.id]),
    onFrame: (frame) => {
      if (frame.run !== null) setRun(frame.run);
    },
    mayEnd: () => run?.isTerminal === true,
  });
  return (
    <section>
      <h3>What it runs</h3>
      <p className="facts">
        <Link href={child.url}>{shortId(child.id)}</Link>
        {run === undefined ? null : <StatusBadge words={runWords(run.status)} />}
        {run === undefined ? null : <ProgressStrip counts={run.counts} />}
      </p>
    </section>
  );
}
