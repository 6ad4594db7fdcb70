// What the page's subscriptions deliver.

import {
  type LogLine,
  type RunEvent,
  type RunLine,
  type RunState,
  type SignalState,
  type StepState,
  type WorkflowState,
} from './shapes.ts';
import { type Rollup } from './view-documents.ts';

interface Place {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'COMMIT' | 'HEARTBEAT' | 'LAGGED' | 'BENEATH';
}

/** A change anywhere. */
export interface ChangeFrame extends Place {
  readonly ids: readonly string[];
  readonly runs: readonly RunLine[];
}

/** A change of one run. */
export interface RunFrame extends Place {
  readonly run: (RunState & { readonly rollup: Rollup }) | null;
  readonly steps: readonly StepState[];
  readonly events: readonly RunEvent[];
}

/** A change of one workflow. */
export interface WorkflowFrame extends Place {
  readonly workflow: WorkflowState | null;
}

/** A change of signals. */
export interface SignalFrame extends Place {
  readonly signals: readonly SignalState[];
}

/** Some lines that a step printed. */
export interface LogFrame {
  readonly cursor: string;
  readonly attemptId: string;
  readonly lines: readonly LogLine[];
}
