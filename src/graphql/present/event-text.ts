// What happened to a run, one sentence for each event.

import { graphOf } from '../../core/definition/graph.ts';
import { type Definition } from '../../core/definition/model.ts';
import { keptIn } from '../../core/explanation/sentences.ts';
import { type Cursor } from '../../core/partition/cursor.ts';
import { type RecordedEvent } from '../../core/partition/entity.ts';
import { type RunEvent } from '../../core/run/events.ts';
import { fromWords, withinWords } from '../../core/run/restart-from.ts';
import { type RunEnd, type Unmet } from '../../core/run/state.ts';
import { readCounts } from '../../core/run/tally.ts';
import { type Instant } from '../../core/time.ts';
import { type RunEvent as RunEventShape } from '../generated/schema.ts';
import { runOfEntity } from './public-id.ts';
import { waitEventText } from './wait-event-text.ts';

const MOST_NAMED = 10;

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
    const step = 'step' in ofRun ? graphOf(definition).steps[ofRun.step]?.step.id : undefined;
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

const ENDS: Readonly<Record<RunEnd, string>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  STOPPED: 'was stopped',
  TIMED_OUT: 'timed out',
};

/** One sentence that says an event; `step` is the step's id, if it is of one. */
export function eventText(event: RunEvent, step: string): string {
  if ('step' in event) return stepEventText(event, step);
  switch (event.type) {
    case 'RunCreated':
      return `The run was made: version ${String(event.version)}, ${count(event.stepCount, 'step')}.`;
    case 'RunStarted':
      return 'The run started.';
    case 'RunPaused':
      return `${event.actor} paused the run; no further step starts until it is resumed.`;
    case 'RunResumed':
      return `${event.actor} let the run go on.`;
    case 'RunEnding':
      return `${endingText(event)}; no further step starts.`;
    case 'RunFinishing':
      return `Everything else is over, and the run will have ${event.status === 'STOPPED' ? 'been stopped' : ENDS[event.status]}; the steps under \`finally\` come last.`;
    case 'RunEnded':
      return event.failure === undefined
        ? `The run ${ENDS[event.status]}.`
        : `The run ${ENDS[event.status]}: ${event.failure.message}`;
    case 'RunSuperseded':
      return 'The run was started again; this attempt is history.';
    case 'RunReopened':
      return `${event.actor} let it begin again${fromWords(event.from)}: it waits for a place in its loop.`;
  }
}

function endingText({ status, actor, killed }: Extract<RunEvent, { readonly type: 'RunEnding' }>): string {
  if (killed === true) return `${actor ?? 'Someone'} killed the run: not even its \`finally\` steps run`;
  if (status === 'FAILED') return 'A step failed whose `onFailure` is fail-now';
  return status === 'STOPPED' ? `${actor ?? 'Someone'} stopped the run` : 'The run took longer than its timeout';
}

type StepEvent = Extract<RunEvent, { readonly step: number }>;
type LoopEvent = Extract<StepEvent, { readonly type: `Loop${string}` | `Iteration${string}` }>;
type EndEvent = Extract<StepEvent, { readonly type: (typeof END_TYPES)[number] }>;

const END_TYPES = [
  'StepKept',
  'StepSucceeded',
  'StepFailed',
  'StepCompletedWithError',
  'StepSkipped',
  'StepTimedOut',
  'StepStopped',
  'StepUnsatisfied',
] as const;

function isEnd(event: StepEvent): event is EndEvent {
  return (END_TYPES as readonly string[]).includes(event.type);
}

function stepEventText(event: StepEvent, step: string): string {
  if (isEnd(event)) return endEventText(event, step);
  switch (event.type) {
    case 'StepPaused':
      return `${step} stands at a breakpoint that ${event.by} set.`;
    case 'StepResumed':
      return event.actor === undefined
        ? `${step} goes on: its breakpoint was cleared.`
        : `${event.actor} let ${step} go on.`;
    case 'StepParamsResolved':
      return `The parameters of ${step} were worked out.`;
    case 'SignalsAwaited':
    case 'SignalListened':
    case 'SignalFound':
    case 'SignalsBypassed':
      return waitEventText(event, step);
    case 'PermitsAwaited':
      return `${step} waits for permits: ${event.wants.map(({ pool, weight }) => `${String(weight)} of ${pool}`).join(', ')}.`;
    case 'PermitsReceived':
      return `${step} has its permits.`;
    case 'PermitsForgone':
      return `${step} no longer waits for permits: its run is paused.`;
    case 'StepSleeping':
      return `${step} waits until ${timeText(event.until)}.`;
    case 'AttemptStarted':
      return `${step} started, attempt ${String(event.attempt)}.`;
    case 'AttemptRedispatched':
      return `The node that ran ${step} is gone; attempt ${String(event.attempt)} was handed out again.`;
    case 'AttemptCancelling':
      return `${step} was told to end: ${CANCEL_REASONS[event.why]}.`;
    case 'RetryScheduled':
      return `${step} failed and is tried again at ${timeText(event.at)}: ${event.failure.message}`;
    case 'StepRetried':
      return `${event.actor} let ${event.within === undefined ? step : withinWords(event.within, step)} begin again.`;
    case 'LoopStarted':
    case 'IterationsStarted':
    case 'IterationEnded':
    case 'IterationReopened':
    case 'IterationBegunAgain':
      return loopEventText(event, step);
    case 'ChildRequested':
      return `${step} asked for a run of ${event.workflowId}, attempt ${String(event.attempt)}.`;
    case 'ChildCreated':
      return `${step} runs ${runOfEntity(event.run).slice('run:'.length)}.`;
    case 'ChildCounted':
      return `${step}: its run is over, and was ${count(leafCount(event.leaves), 'small step')} in all.`;
  }
}

const CANCEL_REASONS = {
  STOP: 'the run is stopped',
  TIMEOUT: 'it took longer than its timeout',
  SKIP: 'someone skipped it',
} as const;

function loopEventText(event: LoopEvent, step: string): string {
  switch (event.type) {
    case 'LoopStarted': {
      const many = event.total === undefined ? '' : ` over ${count(event.total, 'iteration')}`;
      return `${step} began its loop${many}, attempt ${String(event.attempt)}.`;
    }
    case 'IterationsStarted': {
      const kept = event.kept === undefined ? '' : ` ${count(event.kept, 'iteration')} had succeeded already.`;
      return event.indexes.length === 0
        ? `${step} goes on.${kept}`
        : `${event.indexes.length === 1 ? `${step}${indexesText(event.indexes)} started` : `${step} started ${count(event.indexes.length, 'iteration')}: ${indexesText(event.indexes)}`}.${kept}`;
    }
    case 'IterationEnded': {
      const why = event.message === undefined || event.status === 'STOPPED' ? '.' : `: ${event.message}`;
      return `${step}[${String(event.index)}] ${ENDS[event.status]}${why}`;
    }
    case 'IterationReopened':
      return `${step}[${String(event.index)}], which ${ENDS[event.was]}, is to begin again.`;
    case 'IterationBegunAgain':
      return `${step}[${String(event.index)}] began again.`;
  }
}

function endEventText(event: EndEvent, step: string): string {
  switch (event.type) {
    case 'StepKept':
      return event.state.status === 'NOT_CREATED'
        ? `${step} goes on with what ${keptFrom(event.state)} left.`
        : `${step} is kept as it ended in ${keptFrom(event.state)}.`;
    case 'StepSucceeded':
      return `${step} succeeded.`;
    case 'StepFailed':
      return `${step} failed: ${event.failure.message}`;
    case 'StepCompletedWithError':
      return `${step} failed, and the run goes on all the same: ${event.failure.message}`;
    case 'StepSkipped':
      return `${event.actor === undefined ? `${step} was skipped` : `${event.actor} skipped ${step}`}; the run goes on as if it were done.`;
    case 'StepTimedOut':
      return `${step} timed out: ${event.failure.message}`;
    case 'StepStopped':
      return `${step} was stopped.`;
    case 'StepUnsatisfied':
      return `${step} was left out: ${unmetText(event.reason)}.`;
  }
}

function keptFrom({ keptFrom: attempt, keptFromRun }: Extract<RunEvent, { type: 'StepKept' }>['state']): string {
  const where = keptIn(attempt, keptFromRun);
  return keptFromRun === undefined ? `${where} of the run` : where;
}

/** `[3]`, `[3] to [9]` or `[3], [5], [9] …`. */
function indexesText(indexes: readonly number[]): string {
  const [first = 0] = indexes;
  const last = indexes.at(-1) ?? first;
  if (indexes.length > 1 && last - first === indexes.length - 1) return `[${String(first)}] to [${String(last)}]`;
  const named = indexes.slice(0, MOST_NAMED).map((index) => `[${String(index)}]`);
  return `${named.join(', ')}${indexes.length > named.length ? ' …' : ''}`;
}

function leafCount(leaves: string): number {
  return Object.values(readCounts(leaves)).reduce((sum, one) => sum + one, 0);
}

function count(number: number, what: string): string {
  return `${String(number)} ${what}${number === 1 ? '' : 's'}`;
}

function unmetText(reason: Unmet): string {
  if (reason.kind === 'NO_PATH') return 'no step that it needs leads to it';
  const values = reason.operands.map(({ name, value }) => `${name} was ${JSON.stringify(value)}`).join(', ');
  return `${reason.expression} is false${values === '' ? '' : ` (${values})`}`;
}

function timeText(instant: Instant): string {
  return new Date(instant).toISOString();
}
