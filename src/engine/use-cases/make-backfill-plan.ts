// Works out the plan of a backfill: which keys it has, which runs of them are there, and what would become of each. The lists are
// waited for until they show every run that the queue has numbered; what comes later is caught when the plan is applied.

import { type BackfillPlan, type BackfillSource } from '../../core/backfill/backfill.ts';
import { MOST_LINES } from '../../core/backfill/lines.ts';
import {
  countVerdicts,
  type KeyedRun,
  keyText,
  type LineKey,
  planLines,
  planText,
} from '../../core/backfill/plan-lines.ts';
import { type Definition, type TimeTrigger } from '../../core/definition/model.ts';
import { queueEntity, triggerEntity, workflowEntity } from '../../core/ids.ts';
import { type WholePlan } from '../../core/partition/backfill/backfill-command.ts';
import { sizeProblem } from '../../core/partition/backfill/backfills.ts';
import { unknownWorkflow } from '../../core/partition/workflow/unknown-workflow.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type Result, failed, success } from '../../core/result.ts';
import { type Milliseconds } from '../../core/time.ts';
import { isTimed } from '../../core/definition/is-timed.ts';
import { readBound, type Span, ticksBetween } from '../../core/trigger/ticks-between.ts';
import { type TriggerState } from '../../core/trigger/trigger.ts';
import { versionOf } from '../../core/workflow/workflow.ts';
import { type RunRow } from '../../core/partition/summary.ts';
import { type StoredRow } from '../../ports/projections.ts';
import { type BackfillWish } from '../backfill-cases.ts';
import { type Definitions } from '../definitions.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';

/** What planning reads through. */
export interface PlanningParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
  readonly definitions: Definitions;
}

/** A plan, and the number of the last run that it has seen. */
export interface MadePlan extends WholePlan {
  readonly seenRuns: number;
}

const PAGE = 1_000;
/** Keys are looked for among so many of the newest runs: their parameters are in no list. */
const MOST_SEARCHED = 2_000;
const MOST_MEASURED = 20;
const HASH_LENGTH = 16;

/** Makes the plan of a wish as things stand now, or says what is wrong with the wish. */
export async function makeBackfillPlan(
  parts: PlanningParts,
  wish: BackfillWish,
): Promise<Result<MadePlan, readonly Refusal[]>> {
  const { node, reader, definitions } = parts;
  const { workflowId } = wish;
  const partition = node.partitionOf(workflowId);
  const workflow = (await reader.entity('workflow', workflowEntity(workflowId), partition))?.state;
  if (workflow === undefined) return failed([unknownWorkflow(workflowId)]);
  const version = versionOf(workflow, wish.version);
  if (version === undefined) return failed([noVersion(wish)]);
  const source = await sourceOf(parts, wish, await definitions.load(version.definition));
  if (!source.ok) return source;
  const queue = await reader.entity('queue', queueEntity(workflowId), partition);
  if (queue !== undefined) await reader.projectedTo(queue.cursor);
  const runs = await runsFor(parts, workflowId, source.value);
  const keys = wish.order === 'NEWEST_FIRST' ? source.value.keys.toReversed() : source.value.keys;
  const lines = planLines(keys, runs, wish.redo);
  const { params, redo, order, concurrency, stopAfterFailures } = wish;
  const plan = {
    version: version.version,
    ...(wish.version === undefined ? {} : ({ pinned: true } as const)),
    source: source.value.source,
    params,
    redo,
    order,
    concurrency,
    ...(stopAfterFailures === undefined ? {} : { stopAfterFailures }),
  };
  const verdicts = countVerdicts(lines);
  const estimate = await estimateOf(parts, wish, verdicts);
  const hash = parts.outside.randomness.hash(planText(plan, lines)).slice(0, HASH_LENGTH);
  const whole = { ...plan, hash, total: lines.length, verdicts, ...(estimate === undefined ? {} : { estimate }) };
  return success({ plan: whole, lines, seenRuns: queue?.state.last ?? 0 });
}

interface FoundKeys {
  readonly source: BackfillSource;
  /** The oldest first, or as they were given. */
  readonly keys: readonly LineKey[];
}

async function sourceOf(
  parts: PlanningParts,
  wish: BackfillWish,
  definition: Definition,
): Promise<Result<FoundKeys, readonly Refusal[]>> {
  if (wish.lines.kind === 'KEYS') {
    const keys = wish.lines.keys.map((params) => ({ params }));
    const problem = sizeProblem(keys.length) ?? sameTwice(keys);
    return problem === undefined ? success({ source: { kind: 'KEYS' }, keys }) : failed([problem]);
  }
  return ticksFor(parts, { workflowId: wish.workflowId, lines: wish.lines }, definition);
}

type WishedTicks = Extract<BackfillWish['lines'], { readonly kind: 'TICKS' }>;

async function ticksFor(
  parts: PlanningParts,
  { workflowId, lines }: { readonly workflowId: string; readonly lines: WishedTicks },
  definition: Definition,
): Promise<Result<FoundKeys, readonly Refusal[]>> {
  const found = scheduleFor(workflowId, lines, definition);
  if (!found.ok) return found;
  const { trigger, schedule } = found.value;
  const state = trigger === undefined ? undefined : await triggerOf(parts, workflowId, trigger);
  const next = state?.armed === true ? state.nextFire : undefined;
  const own = next === undefined || state?.paused === true ? Infinity : next - 1;
  const span = spanOf(lines, schedule, Math.min(parts.node.now(), own));
  if (!span.ok) return span;
  const ticks = ticksBetween(schedule, span.value, { next, most: MOST_LINES + 1 });
  const problem = sizeProblem(ticks.length);
  if (problem !== undefined) return failed([problem]);
  return success({
    source: { kind: 'TICKS', schedule, ...span.value, ...(trigger === undefined ? {} : { trigger }) },
    keys: ticks.map((scheduledFor) => ({ scheduledFor })),
  });
}

async function triggerOf(
  { reader, node }: PlanningParts,
  workflowId: string,
  trigger: string,
): Promise<TriggerState | undefined> {
  return (await reader.entity('trigger', triggerEntity(workflowId, trigger), node.partitionOf(workflowId)))?.state;
}

interface FoundSchedule {
  readonly trigger?: string;
  readonly schedule: TimeTrigger;
}

function scheduleFor(
  workflowId: string,
  lines: WishedTicks,
  { triggers }: Definition,
): Result<FoundSchedule, readonly Refusal[]> {
  if (lines.schedule !== undefined) return success({ schedule: lines.schedule });
  const timed = triggers.filter(isTimed);
  const names = timed.map(({ name }) => name).join(', ');
  const named = lines.trigger === undefined ? timed : timed.filter(({ name }) => name === lines.trigger);
  const [only] = named;
  if (only !== undefined && named.length === 1) return success({ trigger: only.name, schedule: only });
  if (lines.trigger !== undefined) {
    const message = `"${workflowId}" has no time trigger "${lines.trigger}".`;
    const hint = names === '' ? 'It has none: give a schedule, such as cron.' : `Its time triggers: ${names}.`;
    return failed([{ code: 'NOT_FOUND', message, path: ['trigger'], hint }]);
  }
  const hint =
    timed.length === 0
      ? 'Give the schedule with the plan, such as cron: "0 6 * * *"; or give keys.'
      : `Name one as trigger: ${names}.`;
  const message = `"${workflowId}" has ${timed.length === 0 ? 'no time trigger' : `${String(timed.length)} time triggers`}, so it is not clear which times are meant.`;
  return failed([{ code: 'BAD_INPUT', message, path: ['trigger'], hint }]);
}

/** What lies in the future, or is the trigger's own next time, is left to the trigger. */
function spanOf(lines: WishedTicks, schedule: TimeTrigger, latest: number): Result<Span, readonly Refusal[]> {
  const zone = 'timezone' in schedule ? schedule.timezone : 'UTC';
  const bound = (end: 'from' | 'to'): number | undefined => {
    const given = lines[end];
    return typeof given === 'number' ? given : readBound(given, zone, end);
  };
  const [from, to] = [bound('from'), bound('to')];
  if (from === undefined || to === undefined) {
    return failed(
      (['from', 'to'] as const).filter((end) => bound(end) === undefined).map((end) => noTime(lines[end], end)),
    );
  }
  if (from > to) return failed([{ code: 'BAD_INPUT', message: '`from` is later than `to`.', path: ['from'] }]);
  if (from > latest) {
    const message = `Every time from ${String(lines.from)} on is still to come, or about to be dealt with by the trigger itself.`;
    return failed([{ code: 'BAD_INPUT', message, path: ['from'], hint: 'A backfill is for what lies in the past.' }]);
  }
  return success({ from, to: Math.min(to, latest) });
}

function noTime(given: string | number, end: 'from' | 'to'): Refusal {
  return {
    code: 'BAD_INPUT',
    message: `\`${end}\` is no time: ${String(given)}.`,
    path: [end],
    hint: 'Write a day such as 2026-11-01, or a time such as 2026-11-01T06:00:00Z.',
  };
}

function sameTwice(keys: readonly LineKey[]): Refusal | undefined {
  const seen = new Map<string, number>();
  for (const [index, key] of keys.entries()) {
    const text = keyText(key);
    const before = seen.get(text);
    if (before !== undefined) {
      return {
        code: 'BAD_INPUT',
        message: `The keys ${String(before + 1)} and ${String(index + 1)} are the same.`,
        path: ['keys', String(index)],
        hint: 'Give each once: there is one run for each key.',
      };
    }
    seen.set(text, index);
  }
  return undefined;
}

/** The newest attempts of the runs that may be of one of the keys. */
async function runsFor(parts: PlanningParts, workflowId: string, { source }: FoundKeys): Promise<readonly KeyedRun[]> {
  if (source.kind === 'TICKS') {
    const rows = await rowsOf(parts, workflowId, { from: source.from, to: source.to + 1 });
    return rows.map(({ row }) => row);
  }
  const rows = await rowsOf(parts, workflowId, undefined);
  const stored = await parts.outside.entities.load(rows.map(({ id }) => id));
  const states = new Map(stored.map(({ id, state }) => [id, state]));
  return Promise.all(
    rows.map(async ({ id, row }): Promise<KeyedRun> => {
      // Parameters never change, so that a state of long ago tells them as well; one that was never saved is read.
      const state = states.get(id) ?? (await parts.reader.entity('run', id, parts.node.partitionOf(workflowId)))?.state;
      return { ...row, params: state?.kind === 'run' ? state.params : [] };
    }),
  );
}

async function rowsOf(
  { outside }: PlanningParts,
  workflowId: string,
  scheduledFor: { readonly from: number; readonly to: number } | undefined,
): Promise<readonly StoredRow<RunRow>[]> {
  const found: StoredRow<RunRow>[] = [];
  let after: { readonly at: number; readonly id: string } | undefined;
  for (;;) {
    const page = await outside.projections.page('runs', {
      where: { newest: true, workflowId },
      ...(scheduledFor === undefined ? {} : { within: { scheduledFor } }),
      order: 'NEWEST_FIRST',
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.rows);
    const last = page.rows.at(-1);
    const isEnough = scheduledFor === undefined && found.length >= MOST_SEARCHED;
    if (!page.more || last === undefined || isEnough) return found;
    after = { at: last.row.at, id: last.id };
  }
}

/** By what the last runs took that succeeded: the one in the middle of them. */
async function estimateOf(
  { outside }: PlanningParts,
  { workflowId, concurrency }: BackfillWish,
  { NEW, REDO }: BackfillPlan['verdicts'],
): Promise<Milliseconds | undefined> {
  const { rows } = await outside.projections.page('runs', {
    where: { newest: true, workflowId, status: 'SUCCEEDED' },
    order: 'NEWEST_FIRST',
    limit: MOST_MEASURED,
  });
  const took = rows.flatMap(({ row }) => (row.took === undefined ? [] : [row.took])).sort((one, other) => one - other);
  const middle = took[Math.floor(took.length / 2)];
  return middle === undefined ? undefined : Math.ceil((NEW + REDO) / concurrency) * middle;
}

function noVersion({ workflowId, version }: BackfillWish): Refusal {
  return version === undefined
    ? {
        code: 'ACTION_NOT_ALLOWED',
        message: `No version of "${workflowId}" is active.`,
        path: ['version'],
        hint: 'Name the version that the runs are to be of.',
        status: 'INACTIVE',
        allowed: [],
      }
    : { code: 'NOT_FOUND', message: `"${workflowId}" has no version ${String(version)}.`, path: ['version'] };
}
