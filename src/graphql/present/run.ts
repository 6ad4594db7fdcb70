// A run as the schema shows it: made from a line of a list or from its whole state, which is loaded when a field asks.

import { type RunPlace, signalEntity, triggerEntity } from '../../core/ids.ts';
import { type Json } from '../../core/json.ts';
import { type Cursor } from '../../core/partition/cursor.ts';
import { runRow, type RunRow } from '../../core/partition/summary.ts';
import { isTerminalRun, type RunCause } from '../../core/run/state.ts';
import { type RunView } from '../../engine/engine.ts';
import { type Run, type RunCause as RunCauseShape, type RunAction } from '../generated/schema.ts';
import { objectOf } from './object.ts';
import { runId, runUrl } from './public-id.ts';

type Plain =
  | 'id'
  | 'number'
  | 'attempt'
  | 'workflowId'
  | 'version'
  | 'status'
  | 'isTerminal'
  | 'cause'
  | 'scheduledFor'
  | 'labels'
  | 'counts'
  | 'allowedActions'
  | 'cursor'
  | 'url'
  | 'createdAt'
  | 'startedAt'
  | 'endedAt';

/** What the fields of `Run` are resolved from. */
export interface RunSource extends Pick<Run, Plain> {
  readonly __typename: 'Run';
  readonly place: RunPlace;
  readonly newest: boolean;
  /** The whole state, if it is at hand. */
  readonly view?: RunView;
}

/** A run from its state. */
export function runOf(view: RunView): RunSource {
  const source = runOfRow(runRow(view.state), view.cursor);
  const isEnding = view.state.ending !== undefined;
  return { ...source, view, allowedActions: isEnding && !source.isTerminal ? [] : source.allowedActions };
}

/** A run from its line in a list that reflects the cursor. */
export function runOfRow(row: RunRow, cursor: Cursor): RunSource {
  const { workflowId, number, attempt, newest, status, version } = row;
  const isTerminal = isTerminalRun(status);
  const known = { workflowId, number, attempt, newest };
  return {
    __typename: 'Run',
    id: runId(known),
    place: { workflowId, number, attempt },
    newest,
    workflowId,
    number,
    attempt,
    version,
    status,
    isTerminal,
    cause: causeOf(workflowId, row.cause),
    labels: objectOf(row.labels),
    counts: row.counts,
    allowedActions: allowedActions(isTerminal, newest),
    cursor,
    url: runUrl(known),
    createdAt: row.at,
    scheduledFor: row.scheduledFor,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
  };
}

/** What the steps of a run gave, by step and output; steps that gave nothing are left out. */
export function outputsOf({ definition, state }: RunView): Json {
  return objectOf(
    definition.steps.flatMap(({ id }, index) => {
      const outputs = state.steps[index]?.outputs ?? [];
      return outputs.length === 0 ? [] : [{ name: id, value: objectOf(outputs) }];
    }),
  );
}

function allowedActions(isTerminal: boolean, newest: boolean): readonly RunAction[] {
  if (!isTerminal) return ['STOP'];
  return newest ? ['RESTART'] : [];
}

function causeOf(workflowId: string, cause: RunCause): RunCauseShape {
  switch (cause.kind) {
    case 'MANUAL':
      return { kind: cause.kind, text: `${cause.actor} started it`, actor: cause.actor };
    case 'RESTART':
      return { kind: cause.kind, text: `${cause.actor} started it again`, actor: cause.actor };
    case 'CRON': {
      const text = `the time of its trigger ${cause.trigger} had come`;
      return { kind: cause.kind, text, trigger: triggerEntity(workflowId, cause.trigger) };
    }
    case 'SIGNAL':
      return {
        kind: cause.kind,
        text: `${cause.name} arrived`,
        trigger: triggerEntity(workflowId, cause.trigger),
        signal: signalEntity(cause.signal),
      };
  }
}
