// A run as the schema shows it: made from a line of a list or from its whole state, which is loaded when a field asks.

import { enclosingPlace, loopsOf, type RunPlace, signalEntity, triggerEntity } from '../../core/ids.ts';
import { moment, publicRun } from '../../core/explanation/sentences.ts';
import { type Cursor } from '../../core/partition/cursor.ts';
import { runRow, type RunRow } from '../../core/partition/summary.ts';
import { runActions } from '../../core/run/actions.ts';
import { fromWords } from '../../core/run/restart-from.ts';
import { missedText } from '../../core/trigger/describe-absence.ts';
import { isTerminalRun, type RunCause } from '../../core/run/state.ts';
import { type RunView } from '../../engine/engine.ts';
import { type Run, type RunAction } from '../generated/schema.ts';
import { objectOf } from './object.ts';
import { type RunCauseSource, startingSignals } from './run-cause.ts';
import { type KnownRun, placeOf, runId, runOfEntity, runUrl } from './public-id.ts';

type Plain =
  | 'id'
  | 'number'
  | 'attempt'
  | 'path'
  | 'workflowId'
  | 'version'
  | 'status'
  | 'isTerminal'
  | 'cause'
  | 'scheduledFor'
  | 'labels'
  | 'counts'
  | 'cursor'
  | 'url'
  | 'createdAt'
  | 'startedAt'
  | 'endedAt';

/** What the fields of `Run` are resolved from. */
export interface RunSource extends Pick<Run, Exclude<Plain, 'cause'>> {
  readonly cause: RunCauseSource;
  readonly __typename: 'Run';
  readonly place: RunPlace;
  readonly newest: boolean;
  /** The whole state, if it is at hand. */
  readonly view?: RunView;
}

/** A run from its state. */
export function runOf(view: RunView): RunSource {
  return { ...present({ ...runRow(view.state), cause: view.state.cause }, placeOf(view.state), view.cursor), view };
}

/** A run from its line in a list that reflects the cursor. */
export function runOfRow(row: RunRow, cursor: Cursor): RunSource {
  const { workflowId, number, attempt } = row;
  return present(row, { workflowId, number, attempt }, cursor);
}

function present(row: RunRow, place: RunPlace, cursor: Cursor): RunSource {
  const known = { ...place, newest: row.newest };
  const { status, version } = row;
  return {
    __typename: 'Run',
    id: runId(known),
    place,
    newest: row.newest,
    workflowId: place.workflowId,
    number: place.number,
    attempt: place.attempt,
    path: place.path,
    version,
    status,
    isTerminal: isTerminalRun(status),
    cause: causeOf(known, row.cause),
    labels: objectOf(row.labels),
    counts: row.counts,
    cursor,
    url: runUrl(known),
    createdAt: row.at,
    scheduledFor: row.scheduledFor,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
  };
}

/** What may be done with a run now; nothing with one that an error of ours set aside. */
export function allowedActionsOf({ state, returns }: RunView): readonly RunAction[] {
  return state.quarantine === undefined ? runActions(state, returns) : [];
}

/** The same from a run's line in a list, where that tells; undefined where its state is needed. */
export function allowedActionsInList({ isTerminal, newest, view }: RunSource): readonly RunAction[] | undefined {
  if (view !== undefined || !isTerminal) return undefined;
  return newest ? ['RESTART', 'FORK'] : ['FORK'];
}

function causeOf(run: KnownRun, cause: RunCause): RunCauseSource {
  const { workflowId } = run;
  switch (cause.kind) {
    case 'MANUAL':
      return { kind: cause.kind, text: `${cause.actor} started it`, actor: cause.actor };
    case 'RESTART':
      return {
        kind: cause.kind,
        text: `${cause.actor} started it again${fromWords(cause.from)}`,
        actor: cause.actor,
        ...(cause.of.kind === 'WORKFLOW'
          ? { step: runBy(runOfEntity(cause.of.parent.run), cause.of.parent.stepId).step }
          : {}),
      };
    case 'FORK':
      return {
        kind: cause.kind,
        text: `${cause.actor} forked ${publicRun(cause.run)}${cause.from === undefined ? '' : ` from ${cause.from}`}`,
        actor: cause.actor,
        run: cause.run,
      };
    case 'CRON': {
      const text = `the time of its trigger ${cause.trigger} had come`;
      return { kind: cause.kind, text, trigger: triggerEntity(workflowId, cause.trigger) };
    }
    case 'SIGNAL':
      return {
        kind: cause.kind,
        ...startingSignals(run, cause),
        trigger: triggerEntity(workflowId, cause.trigger),
        signal: signalEntity(cause.signal),
      };
    case 'ABSENCE':
      return {
        kind: cause.kind,
        text: `no ${missedText({ signal: cause.name, where: cause.where ?? [] })} has come since ${moment(cause.since)}`,
        missing: cause.name,
        trigger: triggerEntity(workflowId, cause.trigger),
        since: cause.since,
        ...(cause.last === undefined ? {} : { signal: signalEntity(cause.last) }),
      };
    case 'BACKFILL':
      return {
        kind: cause.kind,
        text: `${cause.backfill} wants it`,
        backfill: cause.backfill,
        ...(cause.trigger === undefined ? {} : { trigger: triggerEntity(workflowId, cause.trigger) }),
      };
    case 'LOOP':
      return { kind: cause.kind, ...runBy(...loopAround(run)) };
    case 'WORKFLOW':
      return { kind: cause.kind, ...runBy(runOfEntity(cause.parent.run), cause.parent.stepId) };
  }
}

function runBy(run: string, step: string): Pick<RunCauseSource, 'text' | 'step'> {
  const name = run.slice('run:'.length);
  return { text: `step ${step} of ${name} runs it`, step: `step:${name}/${step}` };
}

function loopAround(run: KnownRun): readonly [run: string, step: string] {
  const around = enclosingPlace(placeOf(run)) ?? run;
  return [runId({ ...around, newest: run.newest }), loopsOf(run.path ?? '').at(-1) ?? ''];
}
