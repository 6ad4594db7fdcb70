// The workload of backfills: plans that overlap, applied, paused, cancelled and retried while live runs come, and servers die.

import { type EntityId } from '../../src/core/ids.ts';
import { type BackfillWish } from '../../src/engine/backfill-cases.ts';
import { type Chance } from './chance.ts';
import { type Desire } from './desires.ts';
import { type Act } from './steer.ts';
import { type MeantWorkflow } from './workflows.ts';
import { type BackfillDesire } from './special-desires.ts';
import { type Workload } from './workload.ts';

/** Backfills of a few workflows, and whoever interferes. */
export const backfills: Workload = {
  longest: 10_000,
  patience: 1_000,
  drawWorkflows: (chance) => Array.from({ length: chance.int(1, 2) }, (_, place) => drawWorkflow(chance, place)),
  drawTurn: (chance, latest) => {
    const after = chance.int(10, 1_500);
    const count = chance.pick([1, 1, 4]);
    return { after, wishes: Array.from({ length: count }, () => drawDesire(chance, latest)) };
  },
};

function drawWorkflow(chance: Chance, place: number): MeantWorkflow {
  const limit = chance.pick([1, 1, 2, 4]);
  const strategy = limit === 1 ? 'sequential' : `{ parallel: ${String(limit)} }`;
  const work = chance.pick(['noop: true', 'run: sim 20 0', 'run: sim 200 0.3', 'run: sim 900 0']);
  const text = [
    `id: w${String(place)}`,
    'params: { n: 5, tag: none }',
    `runStrategy: ${strategy}`,
    `steps: [{ id: s0, ${work} }]`,
  ].join('\n');
  return { id: `w${String(place)}`, limit, steps: [], triggers: [], text };
}

function drawDesire(chance: Chance, latest: ReadonlyMap<string, MeantWorkflow>): Desire {
  const { id: target } = chance.pick([...latest.values()]);
  const dice = chance.next();
  if (dice < 0.35) return { type: 'start', target, n: chance.int(0, 10), keyed: chance.is(0.6) };
  if (dice < 0.65) {
    return {
      type: 'backfill',
      target,
      from: chance.int(0, 20),
      count: chance.int(1, 12),
      concurrency: chance.int(1, 3),
      applies: chance.is(0.5),
    };
  }
  if (dice < 0.92) {
    const hows = ['PauseBackfill', 'ResumeBackfill', 'CancelBackfill', 'RetryBackfill', 'apply', 'apply'] as const;
    const how = chance.pick(hows);
    return { type: 'hold-backfill', how, target, number: chance.int(1, 6) };
  }
  return { type: chance.is(0.5) ? 'stop' : 'restart', target, n: 1, back: chance.int(0, 3), keyed: true };
}

const second = 1_000;
const dawn = Date.UTC(2020, 0, 1);

/** Plans, and applies if that is wanted; each second that it is for gets one run, if it has none. */
export function backfill(desire: Extract<BackfillDesire, { type: 'backfill' }>): Act {
  const { target, from, count, concurrency, applies } = desire;
  const wish: BackfillWish = {
    workflowId: target,
    lines: {
      kind: 'TICKS',
      from: dawn + from * second,
      to: dawn + (from + count - 1) * second,
      schedule: { kind: 'every', name: 'every', every: second, from: dawn, catchUp: 'none', params: [] },
    },
    params: [],
    redo: 'MISSING',
    order: count % 2 === 0 ? 'OLDEST_FIRST' : 'NEWEST_FIRST',
    concurrency,
  };
  return async (engine, caller) => {
    const plan = await engine.planBackfill(wish, caller);
    if (!plan.ok || !applies) return plan;
    const { id, state } = plan.value;
    return engine.applyBackfill({ backfill: id, hash: state.plan.hash }, caller);
  };
}

/** Applies, pauses, resumes, cancels or retries one of the backfills of a workflow. */
export function holdBackfill({ how, target, number }: Extract<BackfillDesire, { type: 'hold-backfill' }>): Act {
  const id = `backfill:${target}/${String(number)}` as EntityId;
  return async (engine, caller) => {
    if (how !== 'apply') return engine.holdBackfill(how, id, caller);
    const hash = (await engine.backfill(id))?.state.plan.hash ?? '';
    return engine.applyBackfill({ backfill: id, hash }, caller);
  };
}

/** Lets every backfill of a workflow go on that was paused. */
export function resumeBackfills(target: string): Act {
  return async (engine, caller) => {
    for (let number = 1; ; number++) {
      const id = `backfill:${target}/${String(number)}` as EntityId;
      const view = await engine.backfill(id);
      if (view === undefined) return { ok: true, value: {}, cursor: [], replayed: false };
      if (view.state.status !== 'PAUSED') continue;
      const answer = await engine.holdBackfill('ResumeBackfill', id, caller);
      if (!answer.ok && answer.refusals[0]?.code !== 'ACTION_NOT_ALLOWED') return answer;
    }
  };
}
