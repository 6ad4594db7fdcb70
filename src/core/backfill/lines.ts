// The lines of a backfill, a thousand to a record: what each stands for, what was found of it, and what became of its run.

import { type EntityId } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type RunEnd, type RunStatus } from '../run/state.ts';
import { type Instant } from '../time.ts';

/** How many lines one record holds. */
export const LINES_PER_CHUNK = 1_000;

/** The most lines that a plan may have. */
export const MOST_LINES = 10_000;

/** What a line would come to: a first run, another run, nothing since it is done, or nothing since a run of it is not over. */
export type LineVerdict = 'NEW' | 'REDO' | 'SKIP' | 'CONFLICT';

/** The run that a plan found for a line. */
export interface SeenRun {
  readonly number: number;
  readonly attempt: number;
  readonly status: RunStatus;
}

/** One line of a plan. Its key is the time that its run is for or, where it has none, the parameters given for it. */
export interface PlannedLine {
  readonly scheduledFor?: Instant;
  readonly params?: readonly Entry[];
  readonly verdict: LineVerdict;
  /** Absent: there was no run of it. */
  readonly seen?: SeenRun;
}

/** Where a line is once the plan was applied; REFUSED: its run could not be made. Absent: it has not begun. */
export type LineStatus = 'RUNNING' | RunEnd | 'REFUSED';

/** A line with what became of it. */
export interface BackfillLine extends PlannedLine {
  readonly status?: LineStatus;
  /** The number of the run it made. */
  readonly run?: number;
  /** In which round it began last: 0, and one more with each retry of what failed. */
  readonly round?: number;
  /** Why its run could not be made. */
  readonly message?: string;
}

/** A record of lines. */
export interface BackfillLinesState {
  readonly kind: 'backfillLines';
  readonly backfill: EntityId;
  readonly lines: readonly BackfillLine[];
}

/** An event of a record of lines; `at` counts from 0 within the record. */
export type BackfillLinesEvent =
  | { readonly type: 'LinesPlanned'; readonly backfill: EntityId; readonly lines: readonly PlannedLine[] }
  | { readonly type: 'LineStarted'; readonly at: number; readonly run: number; readonly round: number }
  | { readonly type: 'LineEnded'; readonly at: number; readonly status: RunEnd }
  | { readonly type: 'LineRefused'; readonly at: number; readonly round: number; readonly message: string };

/** The state after an event; `undefined` before the first. */
export function evolveBackfillLines(
  state: BackfillLinesState | undefined,
  event: BackfillLinesEvent,
): BackfillLinesState {
  if (event.type === 'LinesPlanned') return { kind: 'backfillLines', backfill: event.backfill, lines: event.lines };
  const line = state?.lines[event.at];
  if (state === undefined || line === undefined) throw new Error(`${event.type} of a line that was not planned`);
  return { ...state, lines: state.lines.with(event.at, evolveLine(line, event)) };
}

function evolveLine(
  line: BackfillLine,
  event: Exclude<BackfillLinesEvent, { readonly type: 'LinesPlanned' }>,
): BackfillLine {
  switch (event.type) {
    case 'LineStarted': {
      const { message: _, ...rest } = line;
      return { ...rest, status: 'RUNNING', run: event.run, round: event.round };
    }
    case 'LineEnded':
      return { ...line, status: event.status };
    case 'LineRefused':
      return { ...line, status: 'REFUSED', round: event.round, message: event.message };
  }
}

/** Whether a line makes a run when the plan is applied. */
export function isToDo({ verdict }: PlannedLine): boolean {
  return verdict === 'NEW' || verdict === 'REDO';
}

/** Whether a line begins in this round: it has not begun yet, or ended badly in a round before. */
export function beginsIn(line: BackfillLine, round: number): boolean {
  if (!isToDo(line)) return false;
  return line.status === undefined || (isBad(line.status) && (line.round ?? 0) < round);
}

/** Whether a line did not come to what was wanted. */
export function isBad(status: LineStatus): boolean {
  return status !== 'RUNNING' && status !== 'SUCCEEDED';
}
