// How the runs of a backfill move its lines: a line begins with each attempt of its run, also one that a person asked for, and
// ends with it.

import { LINES_PER_CHUNK } from '../../backfill/lines.ts';
import { backfillLinesEntity, type EntityId, type RunPlace } from '../../ids.ts';
import { firstCause, isTerminalRun, type RunState } from '../../run/state.ts';
import { type Turn } from '../turn.ts';

/** Where a line is kept: its record, and its place in it. */
export interface LinePlace {
  readonly chunk: number;
  readonly at: number;
}

/** The place of a line that is counted from 0 over all records. */
export function linePlace(line: number): LinePlace {
  return { chunk: Math.floor(line / LINES_PER_CHUNK), at: line % LINES_PER_CHUNK };
}

/** A further attempt of a run was made: if the run is one of a backfill, its line goes on. */
export function lineBegins(turn: Turn, run: RunState, attempt: number): void {
  const cause = firstCause(run.cause);
  if (cause.kind !== 'BACKFILL') return;
  const { chunk, at } = linePlace(cause.line);
  const backfill = turn.read('backfill', cause.backfill);
  const before = turn.read('backfillLines', backfillLinesEntity(cause.backfill, chunk))?.lines[at];
  // A fork has the cause of the run that it was made from, and is no run of the line.
  if (backfill === undefined || before?.run !== run.number) return;
  lineStarted(turn, cause, { ...run, attempt });
}

/** Writes down that the run of a line was made, or started again. */
export function lineStarted(
  turn: Turn,
  { backfill, line }: { readonly backfill: EntityId; readonly line: number },
  run: RunPlace,
): void {
  const { chunk, at } = linePlace(line);
  const lines = backfillLinesEntity(backfill, chunk);
  const before = turn.read('backfillLines', lines)?.lines[at]?.status;
  const round = turn.read('backfill', backfill)?.round ?? 0;
  turn.emit(backfill, {
    type: 'BackfillLineStarted',
    line,
    number: run.number,
    attempt: run.attempt,
    ...(before === undefined ? {} : { before }),
  });
  turn.emit(lines, { type: 'LineStarted', at, run: run.number, round });
}

/** A run is over: if it is one of a backfill, its line is over too, and the backfill goes on. */
export function lineEnded(turn: Turn, run: RunState): void {
  const cause = firstCause(run.cause);
  if (cause.kind !== 'BACKFILL' || !isTerminalRun(run.status)) return;
  const { number, attempt, status } = run;
  const going = turn.read('backfill', cause.backfill)?.going ?? [];
  if (!going.some((one) => one.number === number && one.attempt === attempt)) return;
  const { chunk, at } = linePlace(cause.line);
  turn.emit(cause.backfill, { type: 'BackfillLineEnded', line: cause.line, number, attempt, status });
  turn.emit(backfillLinesEntity(cause.backfill, chunk), { type: 'LineEnded', at, status });
  turn.follow(cause.backfill);
}
