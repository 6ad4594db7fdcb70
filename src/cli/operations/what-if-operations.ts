// The GraphQL document that asks what would have been with other triggers, and the shape of its answer.

import { ERROR } from './error-fragment.ts';
import { type Operation, type UserErrorView } from './operations.ts';

/** What became of a run. */
export type WhatIfOutcome = 'KEPT' | 'MOVED' | 'LOST' | 'GAINED';

/** One run that there is, or would be. */
export interface WhatIfRunView {
  readonly outcome: WhatIfOutcome;
  readonly trigger: string;
  readonly at: string;
  readonly wouldBeAt: string | null;
  readonly runId: string | null;
  readonly signals: readonly { readonly id: string; readonly name: string; readonly sequence: number }[];
  readonly why: string | null;
}

/** What would have been. */
export interface WhatIfView {
  readonly workflowId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly signals: number;
  readonly isExact: boolean;
  readonly triggers: readonly { readonly real: string | null; readonly changed: string | null }[];
  readonly counts: {
    readonly kept: number;
    readonly moved: number;
    readonly lost: number;
    readonly gained: number;
  };
  readonly runs: readonly WhatIfRunView[];
  readonly notes: readonly string[];
  readonly errors: readonly UserErrorView[];
}

/** Asks which runs there would have been. */
export const WHAT_IF: Operation<
  { readonly whatIf: WhatIfView },
  {
    readonly input: Readonly<Record<string, unknown>>;
    readonly first: number;
    readonly outcomes: readonly WhatIfOutcome[];
  }
> = {
  text: `query WhatIf($input: WhatIfInput!, $first: Int!, $outcomes: [WhatIfOutcome!]) { whatIf(input: $input) { workflowId from to signals isExact triggers { real changed } counts { kept moved lost gained } runs(first: $first, outcomes: $outcomes) { outcome trigger at wouldBeAt runId signals { id name sequence } why } notes errors { ...ErrorFields } } } ${ERROR}`,
};
