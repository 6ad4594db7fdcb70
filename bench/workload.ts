// What a workload is, and what it is given.

import { type BenchClient } from './client.ts';
import { type MeasuredServer } from './server.ts';

/** The place where workloads measure. */
export interface Place {
  readonly server: MeasuredServer;
  /** One connection: one operation after the other. */
  readonly client: BenchClient;
  /** Sixteen connections. */
  readonly crowd: BenchClient;
}

/** Measurements of one round, by the name of what was measured. */
export type Sample = Readonly<Record<string, readonly number[]>>;

/** A workload of performance.md. */
export interface Workload {
  readonly id: WorkloadId;
  /** Makes what the rounds need, and warms up. */
  readonly prepare: (place: Place) => Promise<void>;
  /** One round; nothing of it goes on when it resolves. */
  readonly round: (place: Place) => Promise<Sample>;
}

/** The workloads that there are. */
export type WorkloadId = (typeof workloadIds)[number];

/** In the order in which they run. */
export const workloadIds = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7', 'W9'] as const;
