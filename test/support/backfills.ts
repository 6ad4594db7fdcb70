// Plans of backfills for tests of the core: what the engine works out, made of what a situation knows.

import { backfillBookEntity, backfillEntity, backfillLinesEntity, queueEntity } from '../../src/core/ids.ts';
import { type BackfillPlan, type BackfillState } from '../../src/core/backfill/backfill.ts';
import { type BackfillLine, type BackfillLinesState, LINES_PER_CHUNK } from '../../src/core/backfill/lines.ts';
import { countVerdicts, type LineKey, planLines, planText } from '../../src/core/backfill/plan-lines.ts';
import { type TimeTrigger } from '../../src/core/definition/model.ts';
import { type WholePlan } from '../../src/core/partition/backfill/backfill-command.ts';
import { type CommandBody } from '../../src/core/partition/command.ts';
import { type QueueState } from '../../src/core/queue/queue.ts';
import { type RunState } from '../../src/core/run/state.ts';
import { type Situation } from './given.ts';

/** What a plan may say otherwise than one line after the other. */
export type PlanWish = Partial<Pick<BackfillPlan, 'redo' | 'order' | 'concurrency' | 'stopAfterFailures' | 'params'>>;

/** Hours from midnight of the first day of 2026 that a plan is for. */
export function hours(count: number, from = 0): readonly LineKey[] {
  return Array.from({ length: count }, (_, index) => ({ scheduledFor: Date.UTC(2026, 0, 1, from + index) }));
}

/** The plan of these keys as things stand. */
export function wholePlan(situation: Situation, keys: readonly LineKey[], wish: PlanWish = {}): WholePlan {
  const { redo = 'MISSING', order = 'OLDEST_FIRST', concurrency = 1, params = [], stopAfterFailures } = wish;
  const lines = planLines(keys, newestRuns(situation), redo);
  const [first] = keys;
  const schedule: TimeTrigger = {
    kind: 'cron',
    name: 'cron',
    cron: '0 * * * *',
    timezone: 'UTC',
    catchUp: 'none',
    params: [],
  };
  const plan = {
    version: 1,
    source:
      first?.scheduledFor === undefined
        ? ({ kind: 'KEYS' } as const)
        : ({ kind: 'TICKS', schedule, from: first.scheduledFor, to: keys.at(-1)?.scheduledFor ?? 0 } as const),
    params,
    redo,
    order,
    concurrency,
    ...(stopAfterFailures === undefined ? {} : { stopAfterFailures }),
  };
  const verdicts = countVerdicts(lines);
  return { plan: { ...plan, total: lines.length, verdicts, hash: planText(plan, lines) }, lines };
}

function newestRuns(situation: Situation): readonly RunState[] {
  return [...situation.entities().values()].flatMap(({ state }) =>
    state.kind === 'run' && state.path === undefined && !state.superseded ? [state] : [],
  );
}

/** Plans and applies a backfill of `flow`. */
export function backfilled(situation: Situation, keys: readonly LineKey[], wish: PlanWish = {}): Situation {
  const whole = wholePlan(situation, keys, wish);
  situation.when({ type: 'PlanBackfill', workflowId: 'flow', whole });
  const number = lastNumber(situation);
  return situation.when(apply(situation, number, whole));
}

function lastNumber(situation: Situation): number {
  const book = situation.entity(backfillBookEntity('flow'))?.state;
  return book?.kind === 'backfillBook' ? book.last : 0;
}

/** Applying a plan which has seen all runs there are. */
export function apply(situation: Situation, number: number, whole: WholePlan): CommandBody {
  const queue = situation.entity(queueEntity('flow'))?.state as QueueState;
  return {
    type: 'ApplyBackfill',
    workflowId: 'flow',
    backfill: backfillEntity('flow', number),
    whole,
    seenRuns: queue.last,
  };
}

/** Holding a backfill of `flow`. */
export function held(
  type: 'PauseBackfill' | 'ResumeBackfill' | 'CancelBackfill' | 'RetryBackfill',
  number = 1,
): CommandBody {
  return { type, workflowId: 'flow', backfill: backfillEntity('flow', number) };
}

/** A backfill of `flow` as it stands. */
export function backfillOf(situation: Situation, number = 1): BackfillState {
  return situation.entity(backfillEntity('flow', number))?.state as BackfillState;
}

/** Its lines. */
export function linesOf(situation: Situation, number = 1): readonly BackfillLine[] {
  const { plan } = backfillOf(situation, number);
  return Array.from({ length: Math.ceil(plan.total / LINES_PER_CHUNK) }, (_, chunk) => {
    const id = backfillLinesEntity(backfillEntity('flow', number), chunk);
    return (situation.entity(id)?.state as BackfillLinesState).lines;
  }).flat();
}

/** Lets every attempt that goes on succeed, until nothing goes on. */
export function allSucceed(situation: Situation, result: Parameters<Situation['reported']>[1]): Situation {
  for (let rounds = 0; rounds < 10_000; rounds++) {
    const running = newestRuns(situation).find(
      ({ status, steps }) => status === 'RUNNING' && steps[0]?.status === 'RUNNING',
    );
    if (running === undefined) return situation;
    situation.reported(`${running.workflowId}/${String(running.number)}/a`, result);
  }
  throw new Error('it does not come to an end');
}
