// What happened to a run, one sentence for each event.

import { type Definition } from '../../core/definition/model.ts';
import { type Cursor } from '../../core/partition/cursor.ts';
import { type RecordedEvent } from '../../core/partition/entity.ts';
import { type RunEvent } from '../../core/run/events.ts';
import { type Unmet } from '../../core/run/state.ts';
import { type Instant } from '../../core/time.ts';
import { type RunEvent as RunEventShape } from '../generated/schema.ts';

/** Where and when an event was committed. */
export interface Committed {
  readonly cursor: Cursor;
  readonly at: Instant;
}

/** The events of a run, as the schema shows them. */
export function runEventsOf(
  events: readonly RecordedEvent[],
  committed: Committed,
  definition: Definition,
): readonly RunEventShape[] {
  return events.flatMap(({ entity, event }) => {
    if (!entity.startsWith('run:')) return [];
    const ofRun = event as RunEvent;
    const step = 'step' in ofRun ? definition.steps[ofRun.step]?.id : undefined;
    return [
      {
        cursor: committed.cursor,
        at: committed.at,
        type: ofRun.type,
        stepId: step,
        text: eventText(ofRun, step ?? 'a step'),
      },
    ];
  });
}

/** One sentence that says an event; `step` is the step's id, if it is of one. */
export function eventText(event: RunEvent, step: string): string {
  if ('step' in event) return stepEventText(event, step);
  switch (event.type) {
    case 'RunCreated':
      return `The run was made: version ${String(event.version)}, ${String(event.stepCount)} steps.`;
    case 'RunStarted':
      return 'The run started.';
    case 'RunEnding':
      return event.status === 'STOPPED'
        ? `${event.actor ?? 'Someone'} stopped the run; no further step starts.`
        : 'The run took longer than its timeout; no further step starts.';
    case 'RunEnded':
      return endText(event);
    case 'RunSuperseded':
      return 'The run was started again; this attempt is history.';
  }
}

function endText({ status, failure }: Extract<RunEvent, { readonly type: 'RunEnded' }>): string {
  const words = { SUCCEEDED: 'succeeded', FAILED: 'failed', STOPPED: 'was stopped', TIMED_OUT: 'timed out' } as const;
  return failure === undefined ? `The run ${words[status]}.` : `The run ${words[status]}: ${failure.message}`;
}

type StepEvent = Extract<RunEvent, { readonly step: number }>;

function stepEventText(event: StepEvent, step: string): string {
  switch (event.type) {
    case 'StepSleeping':
      return `${step} waits until ${timeText(event.until)}.`;
    case 'AttemptStarted':
      return `${step} started, attempt ${String(event.attempt)}.`;
    case 'AttemptRedispatched':
      return `The node that ran ${step} is gone; attempt ${String(event.attempt)} was handed out again.`;
    case 'AttemptCancelling':
      return `${step} was told to end: ${event.why === 'STOP' ? 'the run is stopped' : 'it took longer than its timeout'}.`;
    case 'StepSucceeded':
      return `${step} succeeded.`;
    case 'RetryScheduled':
      return `${step} failed and is tried again at ${timeText(event.at)}: ${event.failure.message}`;
    case 'StepFailed':
      return `${step} failed: ${event.failure.message}`;
    case 'StepTimedOut':
      return `${step} timed out: ${event.failure.message}`;
    case 'StepStopped':
      return `${step} was stopped.`;
    case 'StepUnsatisfied':
      return `${step} was left out: ${unmetText(event.reason)}.`;
  }
}

function unmetText(reason: Unmet): string {
  if (reason.kind === 'NO_PATH') return 'no step that it needs leads to it';
  const values = reason.operands.map(({ name, value }) => `${name} was ${JSON.stringify(value)}`).join(', ');
  return `${reason.expression} is false${values === '' ? '' : ` (${values})`}`;
}

function timeText(instant: Instant): string {
  return new Date(instant).toISOString();
}
