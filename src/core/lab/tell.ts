// A play as sentences: what happened, when, in the order in which it was decided.

import { bodyOf } from '../definition/body.ts';
import { graphOf } from '../definition/graph.ts';
import { list, publicRun } from '../explanation/sentences.ts';
import { verdictText } from '../explanation/explain-signal.ts';
import { type EntityId, nameOf, runPlaceOf } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type EntityEvent, type RecordedEvent } from '../partition/entity.ts';
import { type RunCause, type RunState } from '../run/state.ts';
import { type Instant } from '../time.ts';
import { localAt } from '../trigger/zone.ts';
import { type Played } from './play.ts';
import { type World } from './world.ts';

/** One sentence of a play. */
export interface Told {
  readonly at: Instant;
  /** What clocks in the story's zone showed: `Sat 2026-03-28 06:00:00`. */
  readonly clock: string;
  readonly text: string;
}

const ENDS = { SUCCEEDED: 'succeeded', FAILED: 'failed', STOPPED: 'was stopped', TIMED_OUT: 'timed out' } as const;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The sentences of a play. */
export function tell({ world, story }: Played): readonly Told[] {
  return world.commits.flatMap(({ at, events }) =>
    events.flatMap((recorded): readonly Told[] => {
      const text = sentenceOf(world, recorded);
      return text === undefined ? [] : [{ at, clock: clockOf(story.timezone, at), text }];
    }),
  );
}

function clockOf(timezone: string, at: Instant): string {
  const shown = new Date(localAt(timezone, at));
  return `${DAYS[shown.getUTCDay()] ?? ''} ${shown.toISOString().slice(0, 19).replace('T', ' ')}`;
}

/** What an event happened to: a run's or another entity's id, and the world for looking up names. */
interface Subject {
  readonly world: World;
  readonly entity: EntityId;
}

/** What is told of each event that matters in a story; of the others nothing. */
type Sentences = {
  readonly [T in EntityEvent['type']]?: (
    event: Extract<EntityEvent, { readonly type: T }>,
    subject: Subject,
  ) => string | undefined;
};

const SENTENCES: Sentences = {
  SignalPublished: ({ name, params }) => `${name} was published${valuesOf(params)}.`,
  VerdictsReceived: ({ verdicts }) => (verdicts.length === 0 ? undefined : verdicts.map(verdictText).join(' ')),
  // Rounds of a loop are runs too, and would drown the rest.
  RunCreated: ({ path, cause }, { entity }) =>
    path === undefined ? `${publicRun(entity)} was made: ${causeText(cause)}.` : undefined,
  RunStarted: (_, { entity }) => `${publicRun(entity)} started.`,
  RunEnded: ({ status }, { entity }) => `${publicRun(entity)} ${ENDS[status]}.`,
  TicksSkipped: ({ count }, { entity }) => `${nameOf(entity)} left out ${String(count)} of its times.`,
  StartRefused: ({ message }, { entity }) => `${nameOf(entity)} could not start a run: ${message}`,
  AttemptStarted: ({ step, attempt }, subject) =>
    `${stepName(subject, step)} began${attempt === 1 ? '' : ` (try ${String(attempt)})`}.`,
  AttemptRedispatched: ({ step }, subject) =>
    `${stepName(subject, step)} began once more: the machine it ran on was lost.`,
  StepSucceeded: ({ step, outputs }, subject) => `${stepName(subject, step)} succeeded${valuesOf(outputs ?? [])}.`,
  StepFailed: ({ step, failure }, subject) => `${stepName(subject, step)} failed: ${failure.message}`,
  StepTimedOut: ({ step, failure }, subject) => `${stepName(subject, step)} failed: ${failure.message}`,
  RetryScheduled: ({ step, failure }, subject) =>
    `${stepName(subject, step)} failed, and is tried again: ${failure.message}`,
  StepUnsatisfied: ({ step, reason }, subject) =>
    `${stepName(subject, step)} was left out: ${reason.kind === 'WHEN' ? `${reason.expression} does not hold` : 'nothing leads to it'}.`,
};

function sentenceOf(world: World, { entity, event }: RecordedEvent): string | undefined {
  // The table has each function under the type of its own event, which the compiler cannot follow through the look-up.
  const tellIt = SENTENCES[event.type] as ((event: EntityEvent, subject: Subject) => string | undefined) | undefined;
  return tellIt?.(event, { world, entity });
}

function stepName({ world, entity: run }: Subject, step: number): string {
  const { workflowId } = runPlaceOf(run);
  const state = world.entity(workflowId, run) as RunState | undefined;
  const definition = state === undefined ? undefined : world.definition(state.definition);
  const id = definition && graphOf(bodyOf(definition, state?.path)).steps[step]?.step.id;
  return `${publicRun(run)}/${id ?? String(step)}`;
}

function causeText(cause: RunCause): string {
  switch (cause.kind) {
    case 'MANUAL':
      return 'by hand';
    case 'ABSENCE':
      return `${cause.trigger} missed ${cause.name}`;
    case 'SIGNAL':
      return `${cause.trigger} took ${cause.name}`;
    case 'CRON':
      return `the time of ${cause.trigger} had come`;
    case 'RESTART':
      return 'restarted';
    case 'WORKFLOW':
      return `asked for by ${publicRun(cause.parent.run)}`;
    case 'LOOP':
      return 'a round of a loop';
    case 'BACKFILL':
      return 'a backfill asked for it';
    case 'FORK':
      return 'forked from another run';
  }
}

function valuesOf(values: readonly Entry[]): string {
  if (values.length === 0) return '';
  return ` (${list(values.map(({ name, value }) => `${name}: ${JSON.stringify(value)}`))})`;
}
