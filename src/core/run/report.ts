// What an executor's host reports of an attempt.

import { type FileReference } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { type Entry } from '../json.ts';
import { type Milliseconds } from '../time.ts';

/** How an attempt ended, as its host says. */
export interface AttemptReport {
  readonly step: number;
  readonly attempt: number;
  readonly token: string;
  readonly result:
    | {
        readonly outcome: 'succeeded';
        readonly outputs: readonly Entry[];
        readonly artifacts: readonly FileReference[];
        readonly signals: readonly { readonly name: string; readonly params: readonly Entry[] }[];
      }
    | {
        readonly outcome: 'failed';
        readonly failure: Failure;
        /** How long whoever answered asks to be left alone. Absent: it did not say. */
        readonly wait?: Milliseconds;
      }
    | { readonly outcome: 'cancelled' };
}
