// How far a run is over everything that is nested in it, live, with the way to what failed. Shown where there is more to a run
// than its own steps.

import { type ReactElement } from 'react';
import { type RunPicture } from '../../api/documents.ts';
import { type LeafStep } from '../../api/view-documents.ts';
import { progressOf } from '../../model/progress.ts';
import { rollupText } from '../../model/rollup.ts';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { Link } from '../../routing/Link.tsx';
import { addressOfId, shortId } from '../../routing/route.ts';
import { stepWords } from '../../words/status-words.ts';

const MOST_SHOWN = 5;

/** The roll-up of a run with loops, or with steps that run other workflows; nothing for others. */
export function RollUp({ run }: { readonly run: RunPicture }): ReactElement | null {
  const isNested = run.steps.nodes.some(({ kind }) => kind === 'foreach' || kind === 'while' || kind === 'workflow');
  if (!isNested) return null;
  const { counts, attention, isWhole } = run.rollup;
  const failed = attention.filter(({ status }) => stepWords(status).phase === 'FAILED');
  const shown = (failed.length > 0 ? failed : attention.filter(({ status }) => status !== 'RUNNING')).slice(
    0,
    MOST_SHOWN,
  );
  return (
    <section className="roll-up" aria-label="All small steps">
      <span className="loop-progress">
        <span className="loop-bar" aria-hidden="true">
          {progressOf(counts).map(({ phase, count }) => (
            <i key={phase} className={`loop-part phase-${phase}`} style={{ flexGrow: count }} />
          ))}
        </span>
        <span className="loop-text">{rollupText(run.rollup)}</span>
      </span>
      {isWhole ? null : <p className="quiet">So many run at once that not all were looked at.</p>}
      {shown.length === 0 ? null : (
        <ul className="roll-up-steps">
          {shown.map((leaf) => (
            <Leaf key={leaf.id} leaf={leaf} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Leaf({ leaf: { id, status } }: { readonly leaf: LeafStep }): ReactElement {
  return (
    <li>
      <StatusBadge words={stepWords(status)} /> <Link href={addressOfId(id) ?? '/'}>{shortId(id)}</Link>
    </li>
  );
}
