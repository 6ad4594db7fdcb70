// The permits of a step, and what happens to it because of them.

import { type PermitWant } from '../pool/pools.ts';
import { type Instant } from '../time.ts';

/** What a step asked for, and whether it has it. */
export interface StepPermits {
  /** How often the step has asked so far: tells one asking from another. */
  readonly ask: number;
  readonly stepId: string;
  readonly wants: readonly PermitWant[];
  readonly priority: number;
  /** It stands for other steps: a loop, or a step that runs another workflow. */
  readonly isOuter?: true;
  /** When it asked. */
  readonly since: Instant;
  /** When it was granted. Absent: it waits. */
  readonly granted?: Instant;
}

/** What happens to a step because of permits. */
export type PermitEvent =
  /** It asks for permits, all or nothing, and waits for them. */
  | {
      readonly type: 'PermitsAwaited';
      readonly step: number;
      readonly ask: number;
      readonly stepId: string;
      readonly wants: readonly PermitWant[];
      readonly priority: number;
      readonly isOuter?: true;
    }
  /** It has them all. */
  | { readonly type: 'PermitsReceived'; readonly step: number }
  /** It waits no longer, since its run is paused: it asks again when it may begin. */
  | { readonly type: 'PermitsForgone'; readonly step: number };
