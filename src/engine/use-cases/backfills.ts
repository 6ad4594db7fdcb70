// The use cases of backfills: planning, applying only what is still true, holding, reading.

import { type BackfillState } from '../../core/backfill/backfill.ts';
import { type BackfillLine, type BackfillLinesState, LINES_PER_CHUNK } from '../../core/backfill/lines.ts';
import { lineDifferences } from '../../core/backfill/plan-lines.ts';
import { backfillLinesEntity, type EntityId, nameOf } from '../../core/ids.ts';
import { type Json } from '../../core/json.ts';
import { MOVED } from '../../core/partition/backfill/backfills.ts';
import { type CommandBody } from '../../core/partition/command.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type RowCondition } from '../../ports/projections.ts';
import { type Ask } from '../ask.ts';
import { type BackfillCases, type BackfillsFilter, type BackfillView, type BackfillWish } from '../backfill-cases.ts';
import { type Answer, type Caller } from '../answer.ts';
import { makeBackfillPlan, type PlanningParts } from './make-backfill-plan.ts';

/** What the use cases of backfills work with. */
export interface BackfillParts extends PlanningParts {
  readonly ask: Ask;
}

const MOST_TRIES = 5;
const MOST_COUNTED = 10_000;
const WHOLE_BLOCK = 999_999_999;

type Applied = Awaited<ReturnType<BackfillCases['applyBackfill']>>;

/** Creates the use cases of backfills. */
export function createBackfills(parts: BackfillParts): BackfillCases {
  const { outside, node, reader } = parts;
  const partitionOf = (id: EntityId): number => node.partitionOf(workflowOf(id));

  async function view(id: EntityId): Promise<BackfillView | undefined> {
    const read = await reader.entity('backfill', id, partitionOf(id));
    return read === undefined ? undefined : { id, ...read };
  }

  async function told(
    body: CommandBody & { readonly workflowId: string },
    caller: Caller,
    scope: { readonly target: string; readonly args: Json },
  ): Promise<Answer<BackfillView>> {
    const asked = await parts.ask(node.partitionOf(body.workflowId), body, caller, scope);
    if (!asked.ok) return asked;
    const value = asked.outcome.type === 'Done' ? await view(asked.outcome.entity) : undefined;
    if (value === undefined) throw new Error(`${body.type} named a backfill that is not there`);
    return { ok: true, value, cursor: [asked.place], replayed: asked.replayed };
  }

  async function linesOf(id: EntityId, from: number, count: number): ReturnType<BackfillCases['backfillLines']> {
    const found: { readonly index: number; readonly line: BackfillLine }[] = [];
    for (let chunk = Math.floor(from / LINES_PER_CHUNK); found.length < count; chunk++) {
      const state = await chunkOf(id, chunk);
      if (state === undefined) break;
      for (const [at, line] of state.lines.entries()) {
        const index = chunk * LINES_PER_CHUNK + at;
        if (index >= from && found.length < count) found.push({ index, line });
      }
    }
    return found;
  }

  async function chunkOf(id: EntityId, chunk: number): Promise<BackfillLinesState | undefined> {
    return (await reader.entity('backfillLines', backfillLinesEntity(id, chunk), partitionOf(id)))?.state;
  }

  async function applyOnce(known: BackfillView, hash: string, caller: Caller): Promise<Applied> {
    const { id, state } = known;
    const lines = (await linesOf(id, 0, state.plan.total)).map(({ line }) => line);
    const made = await makeBackfillPlan(parts, wishOf(state, lines));
    if (!made.ok) return { ok: false, refusals: made.failure };
    const { plan, lines: now, seenRuns } = made.value;
    if (plan.hash !== hash) {
      const moved = { hash: plan.hash, version: plan.version, differences: lineDifferences(lines, now) };
      return { ok: false, refusals: [outOfDate(known, hash, moved.differences.length)], moved };
    }
    const whole = { plan, lines: now };
    const body = { type: 'ApplyBackfill', workflowId: state.workflowId, backfill: id, whole, seenRuns } as const;
    return told(body, caller, { target: id, args: hash });
  }

  return {
    planBackfill: async (wish, caller) => {
      const made = await makeBackfillPlan(parts, wish);
      if (!made.ok) return { ok: false, refusals: made.failure };
      const { plan, lines } = made.value;
      const body = { type: 'PlanBackfill', workflowId: wish.workflowId, whole: { plan, lines } } as const;
      return told(body, caller, { target: wish.workflowId, args: wishJson(wish) });
    },
    applyBackfill: async ({ backfill, hash }, caller) => {
      for (let tries = 1; ; tries++) {
        const known = await view(backfill);
        if (known === undefined) return { ok: false, refusals: [unknownBackfill(backfill)] };
        // What was applied already needs no plan any more: the partition answers a repeat, or refuses.
        const answer =
          known.state.status === 'PLANNED'
            ? await applyOnce(known, hash, caller)
            : await told(bareApply(known), caller, { target: backfill, args: hash });
        if (answer.ok || tries === MOST_TRIES || answer.refusals[0]?.status !== MOVED || 'moved' in answer)
          return answer;
      }
    },
    holdBackfill: (type, backfill, caller) =>
      told({ type, workflowId: workflowOf(backfill), backfill }, caller, { target: backfill, args: null }),
    backfill: view,
    backfillLines: linesOf,
    backfills: async ({ limit, order, after }, filter) => {
      const projected = new Map((await outside.projections.projected()).map(({ partition, n }) => [partition, n]));
      const cursor = Array.from({ length: node.partitions() }, (_, partition) => ({
        partition,
        n: projected.get(partition) ?? 0,
        i: WHOLE_BLOCK,
      }));
      const query = { ...conditionOf(filter), limit, order, ...(after === undefined ? {} : { after }) };
      return { ...(await outside.projections.page('backfills', query)), cursor };
    },
    countBackfills: (filter) => outside.projections.count('backfills', conditionOf(filter), MOST_COUNTED),
  };
}

function conditionOf({ workflowId, status }: BackfillsFilter): RowCondition {
  return {
    where: {
      ...(workflowId === undefined ? {} : { workflowId }),
      ...(status === undefined ? {} : { status }),
    },
  };
}

function workflowOf(id: EntityId): string {
  return nameOf(id).split('/')[0] ?? '';
}

function bareApply({ id, state }: BackfillView): CommandBody & { readonly workflowId: string } {
  const whole = { plan: state.plan, lines: [] };
  return { type: 'ApplyBackfill', workflowId: state.workflowId, backfill: id, whole, seenRuns: 0 };
}

/** What was wished when the plan was made; its span ends where it did then. */
function wishOf({ workflowId, plan }: BackfillState, lines: readonly BackfillLine[]): BackfillWish {
  const { source, params, redo, order, concurrency, stopAfterFailures } = plan;
  const keys = lines.map((line) => line.params ?? []);
  return {
    workflowId,
    ...(plan.pinned === true ? { version: plan.version } : {}),
    lines:
      source.kind === 'KEYS'
        ? { kind: 'KEYS', keys: order === 'NEWEST_FIRST' ? keys.reverse() : keys }
        : {
            kind: 'TICKS',
            from: source.from,
            to: source.to,
            ...(source.trigger === undefined ? { schedule: source.schedule } : { trigger: source.trigger }),
          },
    params,
    redo,
    order,
    concurrency,
    ...(stopAfterFailures === undefined ? {} : { stopAfterFailures }),
  };
}

/** What tells one wish from another. */
function wishJson({ lines, params, ...wish }: BackfillWish): Json {
  const given = lines.kind === 'KEYS' ? lines.keys.map(pairs) : [lines.from, lines.to, lines.trigger ?? null];
  const { version = null, stopAfterFailures = null, redo, order, concurrency } = wish;
  const schedule = lines.kind === 'TICKS' && lines.schedule !== undefined ? JSON.stringify(lines.schedule) : null;
  return [given, schedule, pairs(params), version, redo, order, concurrency, stopAfterFailures];
}

function pairs(entries: BackfillWish['params']): Json {
  return entries.map(({ name, value }): Json => [name, value]);
}

function outOfDate({ id, state }: BackfillView, hash: string, differences: number): Refusal {
  const why =
    differences === 0
      ? hash === state.plan.hash
        ? 'the workflow has another version now'
        : `the hash is not ${hash}`
      : `${String(differences)} of its lines would come to something else now`;
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `The plan ${id} is not what would happen any more: ${why}.`,
    path: ['hash'],
    hint: 'Look at what is different, and apply it with the new hash if that is what you want.',
    status: MOVED,
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
