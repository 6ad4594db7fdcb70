// What would have been with other triggers, as the schema shows it.

import { type Refusal } from '../../core/refusal.ts';
import { type WhatIfDifference, type WhatIfView } from '../../engine/what-if-cases.ts';
import { type WhatIf, type WhatIfCounts, type WhatIfRun } from '../generated/schema.ts';
import { runId } from './public-id.ts';
import { type PayloadError, userErrorOf } from './user-error.ts';

/** What the fields of `WhatIf` are resolved from. */
export interface WhatIfSource extends Omit<WhatIf, 'errors' | 'runs'> {
  readonly errors: readonly PayloadError[];
  /** All of them, in the order of their times. */
  readonly all: readonly WhatIfRun[];
}

/** What there would have been, or what is wrong with the question. */
export function whatIfOf(
  answer:
    { readonly ok: true; readonly value: WhatIfView } | { readonly ok: false; readonly refusals: readonly Refusal[] },
): WhatIfSource {
  if (!answer.ok) {
    const nothing = { signals: 0, isExact: false, triggers: [], counts: countsOf([]), all: [], notes: [] };
    return { ...nothing, errors: answer.refusals.map(userErrorOf) };
  }
  const { differences, ...view } = answer.value;
  const all = differences.map((one) => runOfDifference(view.workflowId, one));
  return { ...view, counts: countsOf(differences), all, errors: [] };
}

function countsOf(differences: readonly WhatIfDifference[]): WhatIfCounts {
  const count = (wanted: WhatIfDifference['outcome']): number =>
    differences.filter(({ outcome }) => outcome === wanted).length;
  return { kept: count('KEPT'), moved: count('MOVED'), lost: count('LOST'), gained: count('GAINED') };
}

function runOfDifference(workflowId: string, { run, ...difference }: WhatIfDifference): WhatIfRun {
  const place = { workflowId, number: run ?? 0, attempt: 1, newest: true };
  return { ...difference, ...(run === undefined ? {} : { runId: runId(place) }) };
}
