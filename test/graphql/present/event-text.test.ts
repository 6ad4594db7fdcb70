// One sentence for everything that can happen to a run.

import { expect, it } from 'vitest';
import { type EntityId } from '../../../src/core/ids.ts';
import { type RunEvent } from '../../../src/core/run/events.ts';
import { eventText } from '../../../src/graphql/present/event-text.ts';

const failure = { kind: 'USER', code: 'EXIT_CODE', message: 'It ended with 3.', retryable: true } as const;
const kept = { outputs: [], artifacts: [], keptFrom: 1 } as const;
const child = 'run:card/4.1' as EntityId;

it.each<readonly [RunEvent, string]>([
  [{ type: 'RunPaused', actor: 'ada' }, 'ada paused the run; no further step starts until it is resumed.'],
  [{ type: 'RunResumed', actor: 'ada' }, 'ada let the run go on.'],
  [{ type: 'RunEnding', status: 'STOPPED', actor: 'ada' }, 'ada stopped the run; no further step starts.'],
  [{ type: 'RunEnding', status: 'TIMED_OUT' }, 'The run took longer than its timeout; no further step starts.'],
  [{ type: 'RunEnding', status: 'FAILED' }, 'A step failed whose `onFailure` is fail-now; no further step starts.'],
  [
    { type: 'RunEnding', status: 'FAILED', actor: 'ada', killed: true },
    'ada killed the run: not even its `finally` steps run; no further step starts.',
  ],
  [
    { type: 'RunFinishing', status: 'STOPPED' },
    'Everything else is over, and the run will have been stopped; the steps under `finally` come last.',
  ],
  [
    { type: 'RunFinishing', status: 'TIMED_OUT' },
    'Everything else is over, and the run will have timed out; the steps under `finally` come last.',
  ],
  [{ type: 'RunEnded', status: 'FAILED', failure }, 'The run failed: It ended with 3.'],
  [
    { type: 'StepKept', step: 0, state: { ...kept, status: 'SUCCEEDED' } },
    'each is kept as it ended in attempt 1 of the run.',
  ],
  [
    { type: 'StepKept', step: 0, state: { ...kept, status: 'NOT_CREATED' } },
    'each goes on with what attempt 1 of the run left.',
  ],
  [
    { type: 'LoopStarted', step: 0, attempt: 1, book: 'b', total: 1 },
    'each began its loop over 1 iteration, attempt 1.',
  ],
  [{ type: 'LoopStarted', step: 0, attempt: 2, book: 'b' }, 'each began its loop, attempt 2.'],
  [{ type: 'IterationsStarted', step: 0, indexes: [4], next: 5 }, 'each[4] started.'],
  [
    { type: 'IterationsStarted', step: 0, indexes: [4, 5, 6], next: 7, kept: 4 },
    'each started 3 iterations: [4] to [6]. 4 iterations had succeeded already.',
  ],
  [
    { type: 'IterationsStarted', step: 0, indexes: [1, 3], next: 4, kept: 1 },
    'each started 2 iterations: [1], [3]. 1 iteration had succeeded already.',
  ],
  [
    { type: 'IterationsStarted', step: 0, indexes: [], next: 9, kept: 9 },
    'each goes on. 9 iterations had succeeded already.',
  ],
  [{ type: 'IterationEnded', step: 0, index: 2, status: 'SUCCEEDED' }, 'each[2] succeeded.'],
  [
    { type: 'IterationEnded', step: 0, index: 2, status: 'FAILED', message: 'It ended with 3.' },
    'each[2] failed: It ended with 3.',
  ],
  [{ type: 'IterationEnded', step: 0, index: 2, status: 'STOPPED', message: 'was stopped' }, 'each[2] was stopped.'],
  [{ type: 'ChildRequested', step: 0, attempt: 1, workflowId: 'card' }, 'each asked for a run of card, attempt 1.'],
  [{ type: 'ChildCreated', step: 0, run: child }, 'each runs card/4.'],
  [{ type: 'AttemptCancelling', step: 0, why: 'SKIP' }, 'each was told to end: someone skipped it.'],
  [
    { type: 'StepCompletedWithError', step: 0, failure },
    'each failed, and the run goes on all the same: It ended with 3.',
  ],
  [{ type: 'StepSkipped', step: 0, actor: 'ada' }, 'ada skipped each; the run goes on as if it were done.'],
  [{ type: 'StepSkipped', step: 0 }, 'each was skipped; the run goes on as if it were done.'],
  [{ type: 'StepRetried', step: 0, actor: 'ada' }, 'ada let each begin again.'],
])('%j reads well', (event, text) => {
  expect(eventText(event, 'each')).toBe(text);
});
