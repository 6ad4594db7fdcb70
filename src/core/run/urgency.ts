// How urgently a step asks for a person's attention, by its status: the same order wherever one of many is picked out.

import { type StepStatus } from './state.ts';

/** What a person would want to see at once, the most urgent first: what failed, what waits for someone, what goes on. */
export const URGENT: readonly StepStatus[] = [
  'FAILED',
  'TIMED_OUT',
  'PAUSED',
  'WAITING_FOR_SIGNALS',
  'WAITING_FOR_PERMITS',
  'RETRY_PENDING',
  'RUNNING',
];

/** Every status, the most urgent first. */
export const URGENCY: readonly StepStatus[] = [
  ...URGENT,
  'COMPLETED_WITH_ERROR',
  'STOPPED',
  'SKIPPED',
  'UNSATISFIED',
  'SUCCEEDED',
  'NOT_CREATED',
];
