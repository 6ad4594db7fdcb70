// Planning, applying and holding a backfill. A plan is applied only if it is still what it was when someone read it: its hash
// names it with all that it saw, and runs that came since are looked at in the same commit.

import { backfillActions, type BackfillAction, type BackfillState } from '../../backfill/backfill.ts';
import { LINES_PER_CHUNK, MOST_LINES, type PlannedLine } from '../../backfill/lines.ts';
import { isOfKey } from '../../backfill/plan-lines.ts';
import {
  backfillBookEntity,
  backfillEntity,
  backfillLinesEntity,
  type EntityId,
  queueEntity,
  runEntity,
  workflowEntity,
} from '../../ids.ts';
import { newestAttempt } from '../../queue/queue.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { type Milliseconds } from '../../time.ts';
import { waitingRuns } from './advance-backfill.ts';
import { type BackfillCommand, type WholePlan } from './backfill-command.ts';
import { endQueued } from '../run/control-run.ts';
import { lineProblems } from './line-problems.ts';
import { type Turn } from '../turn.ts';
import { unknownWorkflow } from '../workflow/unknown-workflow.ts';

type Of<T extends BackfillCommand['type']> = Extract<BackfillCommand, { readonly type: T }>;
type Held = Of<'PauseBackfill' | 'ResumeBackfill' | 'CancelBackfill' | 'RetryBackfill'>;

/** How long a plan can be applied. */
export const PLAN_LASTS: Milliseconds = 86_400_000;

/** So many runs that came while a plan was made again are looked at one by one. */
const MOST_NEWER = 200;

/** The status in the refusal of a plan that is out of date. */
export const MOVED = 'MOVED';

/** Takes a command about a backfill. */
export function takeBackfill(
  turn: Turn,
  command: BackfillCommand,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  switch (command.type) {
    case 'PlanBackfill':
      return plan(turn, command, actor);
    case 'ApplyBackfill':
      return apply(turn, command, actor);
    case 'PauseBackfill':
    case 'ResumeBackfill':
    case 'CancelBackfill':
    case 'RetryBackfill':
      return hold(turn, command, actor);
  }
}

/** A plan that nobody applied in time cannot be applied any more. */
export function expireBackfill(turn: Turn, id: EntityId): void {
  const backfill = turn.read('backfill', id);
  if (backfill?.status === 'PLANNED' && backfill.expiresAt <= turn.circumstances.now) {
    turn.emit(id, { type: 'BackfillExpired' });
  }
}

function plan(
  turn: Turn,
  { workflowId, whole }: Of<'PlanBackfill'>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  if (turn.read('workflow', workflowEntity(workflowId)) === undefined) return failed([unknownWorkflow(workflowId)]);
  const problems = lineProblems(turn, workflowId, whole);
  if (problems.length > 0) return failed(problems);
  const book = backfillBookEntity(workflowId);
  const number = (turn.read('backfillBook', book)?.last ?? 0) + 1;
  const id = backfillEntity(workflowId, number);
  turn.emit(book, { type: 'BackfillNumbered', workflowId, number });
  keep(turn, id, { workflowId, number, actor, whole, expiresAt: turn.circumstances.now + PLAN_LASTS });
  return success(id);
}

interface Kept extends Pick<BackfillState, 'workflowId' | 'number' | 'actor' | 'expiresAt'> {
  readonly whole: WholePlan;
}

function keep(turn: Turn, id: EntityId, { whole, ...planned }: Kept): void {
  turn.emit(id, { type: 'BackfillPlanned', ...planned, plan: whole.plan });
  for (let chunk = 0; chunk * LINES_PER_CHUNK < whole.lines.length; chunk++) {
    const lines = whole.lines.slice(chunk * LINES_PER_CHUNK, (chunk + 1) * LINES_PER_CHUNK);
    turn.emit(backfillLinesEntity(id, chunk), { type: 'LinesPlanned', backfill: id, lines });
  }
}

function apply(
  turn: Turn,
  { workflowId, backfill: id, whole, seenRuns }: Of<'ApplyBackfill'>,
  actor: string,
): Result<EntityId, readonly Refusal[]> {
  const found = findFor(turn, id, 'APPLY');
  if (!found.ok) return found;
  const backfill = found.value;
  if (backfill.expiresAt <= turn.circumstances.now) return failed([expired(backfill)]);
  const book = backfillBookEntity(workflowId);
  const active = turn.read('backfillBook', book)?.active;
  if (active !== undefined) return failed([oneAtATime(backfill, active)]);
  const newer = runsSince(turn, workflowId, { seenRuns, lines: whole.lines });
  if (newer !== undefined) return failed([newer]);
  const { number, expiresAt } = backfill;
  if (backfill.plan.hash !== whole.plan.hash) {
    keep(turn, id, { workflowId, number, actor: backfill.actor, expiresAt, whole });
  }
  turn.emit(id, { type: 'BackfillApplied', actor });
  turn.emit(book, { type: 'BackfillBegun', backfill: id });
  turn.follow(id);
  return success(id);
}

/** The refusal of a plan for one of whose lines a run came that it has not seen. */
function runsSince(
  turn: Turn,
  workflowId: string,
  { seenRuns, lines }: { readonly seenRuns: number; readonly lines: readonly PlannedLine[] },
): Refusal | undefined {
  const queue = turn.read('queue', queueEntity(workflowId));
  const last = queue?.last ?? 0;
  if (queue === undefined || last <= seenRuns) return undefined;
  if (last - seenRuns > MOST_NEWER) return movedMeanwhile(workflowId, last);
  for (let number = seenRuns + 1; number <= last; number++) {
    const attempt = newestAttempt(queue, number) ?? 1;
    const run = turn.read('run', runEntity({ workflowId, number, attempt }));
    if (run !== undefined && lines.some((line) => isOfKey(run, line))) return movedMeanwhile(workflowId, number);
  }
  return undefined;
}

function hold(turn: Turn, { type, backfill: id }: Held, actor: string): Result<EntityId, readonly Refusal[]> {
  const action = ACTIONS[type];
  const known = turn.read('backfill', id);
  if (known !== undefined && isDone(known, type)) return success(id);
  const found = findFor(turn, id, action);
  if (!found.ok) return found;
  const backfill = found.value;
  switch (type) {
    case 'PauseBackfill':
      turn.emit(id, { type: 'BackfillPaused', actor });
      break;
    case 'ResumeBackfill':
      turn.emit(id, { type: 'BackfillResumed', actor });
      break;
    case 'RetryBackfill':
      return retry(turn, id, backfill, actor);
    case 'CancelBackfill':
      cancel(turn, id, backfill, actor);
  }
  turn.follow(id);
  return success(id);
}

const ACTIONS = {
  PauseBackfill: 'PAUSE',
  ResumeBackfill: 'RESUME',
  CancelBackfill: 'CANCEL',
  RetryBackfill: 'RETRY',
} as const satisfies Readonly<Record<Held['type'], BackfillAction>>;

/** Repeating a wish changes nothing. */
function isDone({ status, heldBy }: BackfillState, type: Held['type']): boolean {
  if (type === 'PauseBackfill') return status === 'PAUSED' && heldBy !== undefined;
  if (type === 'ResumeBackfill') return status === 'RUNNING';
  return type === 'CancelBackfill' && status === 'CANCELLED';
}

function retry(turn: Turn, id: EntityId, backfill: BackfillState, actor: string): Result<EntityId, readonly Refusal[]> {
  const book = backfillBookEntity(backfill.workflowId);
  const active = turn.read('backfillBook', book)?.active;
  if (active !== undefined && active !== id) return failed([oneAtATime(backfill, active)]);
  if (active === undefined) turn.emit(book, { type: 'BackfillBegun', backfill: id });
  turn.emit(id, { type: 'BackfillRetried', actor });
  turn.follow(id);
  return success(id);
}

/** Nothing more of it begins; its runs that wait are ended, those that go on come to their end. */
function cancel(turn: Turn, id: EntityId, backfill: BackfillState, actor: string): void {
  turn.emit(id, { type: 'BackfillCancelled', actor });
  const book = backfillBookEntity(backfill.workflowId);
  if (turn.read('backfillBook', book)?.active === id) turn.emit(book, { type: 'BackfillOver' });
  for (const run of waitingRuns(backfill)) {
    const state = turn.read('run', run);
    if (state?.status !== 'QUEUED') continue;
    turn.emit(run, { type: 'RunEnding', status: 'STOPPED', actor });
    endQueued(turn, state, { status: 'STOPPED' });
  }
}

function findFor(turn: Turn, id: EntityId, action: BackfillAction): Result<BackfillState, readonly Refusal[]> {
  const reason = turn.quarantine(id);
  if (reason !== undefined) return failed([setAside(id, reason)]);
  const backfill = turn.read('backfill', id);
  if (backfill === undefined) return failed([unknownBackfill(id)]);
  const allowed = backfillActions(backfill);
  if (allowed.includes(action)) return success(backfill);
  const { status } = backfill;
  return failed([
    {
      code: 'ACTION_NOT_ALLOWED',
      message: `The ${id} is ${status}, so there is nothing to ${action.toLowerCase()}.`,
      path: ['backfillId'],
      hint:
        allowed.length === 0
          ? 'Plan another: downbeat backfill plan.'
          : `What it allows now: ${allowed.map((one) => one.toLowerCase()).join(', ')}.`,
      status,
      allowed,
    },
  ]);
}

function setAside(id: EntityId, reason: string): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `An error in Downbeat set this backfill aside, so that everything else could go on: ${reason}`,
    path: ['backfillId'],
    hint: `Please report the error. When it is mended, release it: downbeat release ${id}.`,
    status: 'QUARANTINED',
    allowed: [],
  };
}

function unknownBackfill(id: EntityId): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `There is no ${id}.`,
    path: ['backfillId'],
    hint: 'See which there are: downbeat backfill list.',
  };
}

function expired(backfill: BackfillState): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `The plan is more than a day old, and may not be applied any more.`,
    path: ['backfillId'],
    hint: `Make it again: downbeat backfill plan ${backfill.workflowId}.`,
    status: 'EXPIRED',
    allowed: [],
  };
}

function oneAtATime({ workflowId, status }: BackfillState, active: EntityId): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `The ${active} of "${workflowId}" is not over, and there is one at a time, so that no two start runs for the same day.`,
    path: ['backfillId'],
    hint: `Wait for it, or cancel it: downbeat backfill cancel ${active}.`,
    status,
    allowed: [],
  };
}

function movedMeanwhile(workflowId: string, number: number): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Run ${workflowId}/${String(number)} came while the plan was being applied, and the plan has not seen it.`,
    path: ['backfillId'],
    hint: 'Apply it again: it says what is different now.',
    status: MOVED,
    allowed: [],
  };
}

/** The refusal of a plan with too many lines, or none. */
export function sizeProblem(lines: number): Refusal | undefined {
  if (lines > 0 && lines <= MOST_LINES) return undefined;
  return lines === 0
    ? {
        code: 'BAD_INPUT',
        message: 'There is nothing to plan: the schedule names no time between the two dates.',
        path: ['from'],
        hint: 'Take other dates, or another schedule.',
      }
    : {
        code: 'LIMIT_EXCEEDED',
        message: `The plan would have more than ${String(MOST_LINES)} lines.`,
        path: ['to'],
        hint: 'Make several plans of fewer days, and apply one after the other.',
      };
}
