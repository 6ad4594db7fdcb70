// The steps of a run behind its first page, read page by page as soon as the run is there. What fails is asked again.

import { useEffect, useState } from 'react';
import { type PageEnd, RUN_STEPS, type RunPicture } from '../api/documents.ts';
import { type StepState } from '../api/shapes.ts';
import { useAnswer } from '../api/use-answer.ts';

interface Read {
  readonly base: RunPicture;
  readonly steps: readonly StepState[];
  /** Where the next page begins; undefined when all are there. */
  readonly after: string | undefined;
}

const NONE: readonly StepState[] = [];

/** The steps behind the first page of `base`, as far as they are read. */
export function useFurtherSteps(base: RunPicture | undefined): readonly StepState[] {
  const [kept, setKept] = useState<Read | undefined>(undefined);
  const read = kept !== undefined && kept.base === base ? kept : undefined;
  const after = read === undefined ? nextAfter(base?.steps.pageInfo) : read.after;
  const asked = base === undefined || after === undefined ? undefined : { id: base.id, after };
  const { data } = useAnswer(RUN_STEPS, asked);
  const page = data?.run?.steps;
  useEffect(() => {
    if (base === undefined || page === undefined) return;
    setKept((before) => {
      const steps = before !== undefined && before.base === base ? before.steps : NONE;
      return { base, steps: [...steps, ...page.nodes], after: nextAfter(page.pageInfo) };
    });
  }, [base, page]);
  return read?.steps ?? NONE;
}

function nextAfter(end: PageEnd | undefined): string | undefined {
  return end?.hasNextPage === true ? (end.endCursor ?? undefined) : undefined;
}
