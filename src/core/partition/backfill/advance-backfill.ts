// Letting a backfill go on: lines begin in their order, as many at once as it may, until its failures are too many or all is
// done. Exactly one run is made for each line, in the commit that says so.

import { type BackfillState, badLines, isOverBudget, isThrough } from '../../backfill/backfill.ts';
import { beginsIn, type BackfillLine, LINES_PER_CHUNK } from '../../backfill/lines.ts';
import { backfillBookEntity, backfillLinesEntity, type EntityId, runEntity, runPlaceOf } from '../../ids.ts';
import { type Entry } from '../../json.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed } from '../../result.ts';
import { findRun } from '../run/control-run.ts';
import { linePlace, lineStarted } from './line-progress.ts';
import { restartFrom } from '../run/restart-run.ts';
import { createRun } from '../run/start-run.ts';
import { type Turn } from '../turn.ts';

/** Starts the runs that a backfill may start now, and ends it when nothing is left to do. */
export function advanceBackfill(turn: Turn, id: EntityId): void {
  for (;;) {
    const backfill = turn.read('backfill', id);
    if (backfill === undefined) return;
    if (isThrough(backfill)) {
      end(turn, id, backfill);
      return;
    }
    if (backfill.status !== 'RUNNING') return;
    if (isOverBudget(backfill)) {
      turn.emit(id, { type: 'BackfillPaused' });
      return;
    }
    if (backfill.going.length >= backfill.plan.concurrency || backfill.next >= backfill.plan.total) return;
    if (turn.isFull()) {
      turn.follow(id);
      return;
    }
    const begun = begin(turn, id, backfill);
    // Not all of it is loaded: the turn is decided again.
    if (!begun) return;
  }
}

/** What the plan and the line give the line's run: the line's own win over those of all lines, and these over the trigger's. */
export function paramsOfLine(plan: BackfillState['plan'], line: Pick<BackfillLine, 'params'>): readonly Entry[] {
  const ofTrigger = plan.source.kind === 'TICKS' ? plan.source.schedule.params : [];
  const given = new Map([...ofTrigger, ...plan.params, ...(line.params ?? [])].map((entry) => [entry.name, entry]));
  return [...given.values()];
}

/** Begins the next line that has something to do, or passes over those that have not. Answers whether it could. */
function begin(turn: Turn, id: EntityId, { next, round, plan }: BackfillState): boolean {
  const { chunk, at: from } = linePlace(next);
  const lines = turn.read('backfillLines', backfillLinesEntity(id, chunk))?.lines;
  if (lines === undefined) return false;
  const found = lines.findIndex((line, at) => at >= from && beginsIn(line, round));
  const line = lines[found];
  if (line === undefined) {
    const passed = Math.min(plan.total, (chunk + 1) * LINES_PER_CHUNK);
    turn.emit(id, { type: 'BackfillPassed', next: passed });
    return true;
  }
  startLine(turn, id, { line, number: chunk * LINES_PER_CHUNK + found });
  return true;
}

function startLine(
  turn: Turn,
  id: EntityId,
  { line, number }: { readonly line: BackfillLine; readonly number: number },
): void {
  const run = line.run === undefined ? make(turn, id, line, number) : again(turn, id, line.run);
  if (run.ok) {
    if (line.run === undefined) lineStarted(turn, { backfill: id, line: number }, runPlaceOf(run.value));
    return;
  }
  const { chunk, at } = linePlace(number);
  const round = turn.read('backfill', id)?.round ?? 0;
  const message = run.failure.map((refusal) => refusal.message).join(' ');
  turn.emit(backfillLinesEntity(id, chunk), { type: 'LineRefused', at, round, message });
  turn.emit(id, {
    type: 'BackfillLineRefused',
    line: number,
    ...(line.status === undefined ? {} : { before: line.status }),
  });
}

function make(turn: Turn, id: EntityId, line: BackfillLine, number: number): Result<EntityId, readonly Refusal[]> {
  const backfill = turn.read('backfill', id);
  if (backfill === undefined) return failed([]);
  const { workflowId, plan } = backfill;
  const moved = line.seen === undefined ? undefined : goesOnAgain(turn, workflowId, line.seen.number);
  if (moved !== undefined) return failed([moved]);
  const trigger = plan.source.kind === 'TICKS' ? plan.source.trigger : undefined;
  return createRun(turn, {
    workflowId,
    version: plan.version,
    params: paramsOfLine(plan, line),
    labels: [],
    cause: { kind: 'BACKFILL', backfill: id, line: number, ...(trigger === undefined ? {} : { trigger }) },
    scheduledFor: line.scheduledFor,
  });
}

/** What was over when the plan was applied may have been started again by somebody since. */
function goesOnAgain(turn: Turn, workflowId: string, number: number): Refusal | undefined {
  const found = findRun(turn, { workflowId, number });
  if (!found.ok || found.value.endedAt !== undefined) return undefined;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Run ${workflowId}/${String(number)} was started again since the plan was applied, and is not over.`,
    path: [],
  };
}

/** A further attempt of the line's run, with what is incomplete of it. */
function again(turn: Turn, id: EntityId, number: number): Result<EntityId, readonly Refusal[]> {
  const backfill = turn.read('backfill', id);
  if (backfill === undefined) return failed([]);
  const found = findRun(turn, { workflowId: backfill.workflowId, number });
  if (!found.ok) return found;
  const actor = `backfill ${String(backfill.number)}`;
  return restartFrom(turn, found.value, { actor, params: [], from: { kind: 'INCOMPLETE' }, behind: true });
}

function end(turn: Turn, id: EntityId, backfill: BackfillState): void {
  const { status, workflowId } = backfill;
  if (status === 'PLANNED' || status === 'CANCELLED' || status === 'EXPIRED') return;
  const wanted = badLines(backfill) === 0 ? 'SUCCEEDED' : 'FAILED';
  if (status !== wanted) turn.emit(id, { type: 'BackfillEnded', status: wanted });
  const book = backfillBookEntity(workflowId);
  if (turn.read('backfillBook', book)?.active === id) turn.emit(book, { type: 'BackfillOver' });
}

/** Ends what waits in the queue of a backfill that was cancelled; what runs goes on to its end. */
export function waitingRuns({ workflowId, going }: BackfillState): readonly EntityId[] {
  return going.map(({ number, attempt }) => runEntity({ workflowId, number, attempt }));
}
