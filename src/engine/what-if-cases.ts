// What replaying the past against a changed trigger offers.

import { type Refusal } from '../core/refusal.ts';
import { type Instant } from '../core/time.ts';
import { type Difference } from '../core/what-if/compare-starts.ts';
import { type DefinitionInput } from './definition-input.ts';

/** What is asked: a definition as it would have been, and since when. */
export interface WhatIfWish {
  readonly input: DefinitionInput;
  /** Names of triggers. Absent: all of them. */
  readonly triggers?: readonly string[];
  readonly from: Instant;
  /** Absent: until now. */
  readonly to?: Instant;
}

/** One run that is kept, moved, lost or gained. */
export interface WhatIfDifference {
  readonly outcome: Difference['outcome'];
  /** The trigger by its name in the definition that was asked about; the real one's where that has none. */
  readonly trigger: string;
  /** When it really was, or else would have been. */
  readonly at: Instant;
  /** For one that is moved: when it would have been. */
  readonly wouldBeAt?: Instant;
  readonly scheduledFor?: Instant;
  /** Number of the run that there really is. */
  readonly run?: number;
  /** The signals that started it, or would have. */
  readonly signals: readonly { readonly id: string; readonly name: string; readonly sequence: number }[];
  /** Why it is moved, lost or gained. */
  readonly why?: string;
}

/** What would have been. */
export interface WhatIfView {
  readonly workflowId: string;
  readonly from: Instant;
  readonly to: Instant;
  /** How many signals were replayed. */
  readonly signals: number;
  /** Whether replaying the triggers as they really were gives exactly the runs that there are. */
  readonly isExact: boolean;
  readonly triggers: readonly WhatIfTrigger[];
  /** In the order of their times. */
  readonly differences: readonly WhatIfDifference[];
  /** What should be known about it, in sentences. */
  readonly notes: readonly string[];
}

/** One trigger: `real` is its name as it was, if there was one; `changed` as it would be, if there would be one. */
export interface WhatIfTrigger {
  readonly real?: string;
  readonly changed?: string;
}

/** The use case. */
export interface WhatIfCases {
  /** Which runs there would have been if the triggers had been those of a definition; changes nothing. */
  whatIf(
    wish: WhatIfWish,
  ): Promise<
    { readonly ok: true; readonly value: WhatIfView } | { readonly ok: false; readonly refusals: readonly Refusal[] }
  >;
}
