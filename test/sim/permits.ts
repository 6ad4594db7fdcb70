// The workload of permits: pools that are made larger and smaller, tags that become pools, limits on how many steps work at once,
// priorities; steps of every kind that need some of it, in loops and in workflows that run others; and whoever interferes.

import { type Chance } from './chance.ts';
import { type Desire } from './desires.ts';
import { type Act, type SteerAction } from './steer.ts';
import { type MeantPool } from './special-desires.ts';
import { type Workload } from './workload.ts';
import { type MeantWorkflow } from './workflows.ts';

/** Steps that need permits, and clients that change what there is of them. */
export const permits: Workload = {
  longest: 10_000,
  patience: 1_000,
  drawWorkflows: (chance) => {
    const count = chance.int(1, 3);
    const pools = POOLS.map((id) => ({ id, size: chance.int(2, LARGEST) }));
    return Array.from({ length: count }, (_, place) => ({ ...drawWorkflow(chance, place, count), pools }));
  },
  drawTurn: (chance, latest) => {
    const after = chance.int(50, 1_500);
    const count = chance.pick([1, 1, 2, 5]);
    return { after, wishes: Array.from({ length: count }, () => drawDesire(chance, latest)) };
  },
};

const LARGEST = 4;
/** So large is every pool in the end: no step wants more of one, so that all can come to rest. */
const ENOUGH = 2;

/** What a loop or a workflow step holds while the steps inside wait for others: nothing inside needs it. */
const OUTER = 'p0';
const POOLS = ['p0', 'p1', 'p2'] as const;
const INNER = ['p1', 'p2'] as const;
/** `t0` is a pool now and then, `p2` always. */
const TAGS = ['t0', 'p2'] as const;

/** Lets a pool have a size. */
export function setPool({ id, size }: MeantPool): Act {
  return (engine, caller) => engine.applyPool({ source: `{ kind: pool, id: ${id}, size: ${String(size)} }` }, caller);
}

/** Deletes a pool. */
export function deletePool(id: string): Act {
  return (engine, caller) => engine.deletePool(id, caller);
}

/** The pool as it is in the end. */
export function restored(id: string): MeantPool {
  return { id, size: ENOUGH };
}

/** A workflow that runs only those behind it, so that none waits for itself. */
function drawWorkflow(chance: Chance, place: number, count: number): MeantWorkflow {
  const callable = Array.from({ length: count - place - 1 }, (_, next) => `w${String(place + 1 + next)}`);
  const limit = (name: string, share: number): readonly string[] =>
    chance.is(share) ? [`${name}: ${String(chance.int(1, 3))}`] : [];
  const text = [
    `id: w${String(place)}`,
    'params: { n: 5, tag: none }',
    `runStrategy: { parallel: ${String(chance.int(2, 6))} }`,
    ...(chance.is(0.1) ? [`timeout: ${String(chance.int(3, 15))}s`] : []),
    ...(chance.is(0.3) ? [`priority: ${String(chance.pick([0, 20, 90]))}`] : []),
    ...limit('stepConcurrency', 0.35),
    ...limit('runStepConcurrency', 0.35),
    'steps:',
    ...drawSteps(chance, { prefix: 's', callable, isInside: place > 0 }).map((step) => `  - ${step}`),
    ...(chance.is(0.2) ? ['finally:', `  - { id: f0, run: sim 50 0, pool: ${chance.pick(INNER)} }`] : []),
  ].join('\n');
  return { id: `w${String(place)}`, limit: 0, steps: [], triggers: [], text };
}

/** Where steps stand. */
interface Site {
  readonly prefix: string;
  readonly callable: readonly string[];
  /** A step around them may hold something. */
  readonly isInside: boolean;
}

function drawSteps(chance: Chance, site: Site): readonly string[] {
  const isNested = site.prefix.length > 1;
  return Array.from({ length: isNested ? chance.int(1, 2) : chance.int(1, 4) }, (_, place) => {
    const id = `${site.prefix}${String(place)}`;
    const before = Array.from({ length: place }, (__, index) => `${site.prefix}${String(index)}`);
    const needs = before.filter(() => chance.is(0.25));
    const fields = [
      `id: ${id}`,
      ...(needs.length === 0 ? [] : [`needs: [${needs.join(', ')}]`]),
      ...drawWork(chance, { ...site, prefix: id }),
      ...(chance.is(0.2) ? [`priority: ${String(chance.pick([10, 50, 80]))}`] : []),
      ...(chance.is(0.25) ? ['onFailure: ignore'] : []),
    ];
    return `{ ${fields.join(', ')} }`;
  });
}

function drawWork(chance: Chance, site: Site): readonly string[] {
  const mayLoop = site.prefix.length === 2;
  const kinds = [
    ...(['exec', 'exec', 'exec', 'sleep', 'noop'] as const),
    ...(mayLoop ? (['foreach', 'while'] as const) : []),
    ...(mayLoop && site.callable.length > 0 ? (['workflow'] as const) : []),
  ] as const;
  const kind = chance.pick(kinds);
  switch (kind) {
    case 'noop':
      return ['noop: true', ...drawWants(chance, site)];
    case 'sleep':
      return [`sleep: ${String(chance.int(20, 800))}ms`, ...drawWants(chance, site)];
    case 'exec':
      return [...drawExec(chance), ...drawWants(chance, site)];
    case 'foreach':
      return [
        `foreach: { i${site.prefix}: [1, 2, 3] }`,
        ...(chance.is(0.5) ? [`concurrency: ${String(chance.int(1, 3))}`] : []),
        ...drawHold(chance, site),
        drawInside(chance, site),
      ];
    case 'while':
      return [`while: "loop_index < ${String(chance.int(1, 3))}"`, ...drawHold(chance, site), drawInside(chance, site)];
    case 'workflow':
      return [
        `workflow: { id: ${chance.pick(site.callable)}, params: { n: 1 } }`,
        'retry: { user: 1, platform: 0, timeout: 0, backoff: 50ms..800ms }',
        ...drawHold(chance, site),
      ];
  }
}

function drawInside(chance: Chance, { prefix }: Site): string {
  return `steps: [${drawSteps(chance, { prefix: `${prefix}x`, callable: [], isInside: true }).join(', ')}]`;
}

function drawExec(chance: Chance): readonly string[] {
  const hangs = chance.is(0.05);
  const work = hangs ? 'hang' : `${String(chance.pick([20, 200, 1_500]))} ${String(chance.pick([0, 0, 0.2, 0.5]))}`;
  return [
    `run: sim ${work}`,
    'outputs: { rows: long }',
    `retry: { user: ${String(chance.int(0, 2))}, platform: ${String(chance.int(0, 2))}, timeout: 1, backoff: 50ms..800ms }`,
    ...(hangs || chance.is(0.2) ? [`timeout: ${String(chance.int(300, 2_000))}ms`] : []),
  ];
}

/** What a step that does work needs. */
function drawWants(chance: Chance, { isInside }: Site): readonly string[] {
  const among: readonly string[] = isInside ? INNER : POOLS;
  const dice = chance.next();
  if (dice < 0.2) return [];
  if (dice < 0.45) return [`pool: ${chance.pick(among)}`];
  if (dice < 0.65) return [`tags: [${chance.pick([...TAGS, 't0, p2'])}]`];
  const [first, second] = chance.is(0.5) ? [among[0], among[1]] : [among.at(-1), among[0]];
  const several = [...new Set([first, second])].map((pool) => `${pool ?? ''}: ${String(chance.int(1, 2))}`);
  const tags = chance.is(0.2) ? ['tags: [t0]'] : [];
  return [`pools: { ${several.join(', ')} }`, ...tags];
}

/** What a step holds while others work for it. */
function drawHold(chance: Chance, { isInside }: Site): readonly string[] {
  return !isInside && chance.is(0.7) ? [`pool: ${OUTER}`] : [];
}

const steering: readonly SteerAction[] = [
  'stop',
  'stop',
  'kill',
  'pause',
  'pause',
  'resume',
  'resume',
  'restart',
  'restart-incomplete',
  'restart-step',
  'fork-step',
  'break',
  'unbreak',
  'resume-step',
  'skip',
  'skip',
  'retry',
];

function drawDesire(chance: Chance, latest: ReadonlyMap<string, MeantWorkflow>): Desire {
  const workflow = chance.pick([...latest.values()]);
  const dice = chance.next();
  if (dice < 0.45) return { type: 'start', target: workflow.id, n: chance.int(0, 10), keyed: chance.is(0.6) };
  if (dice < 0.58) {
    const size = chance.pick([0, 1, 1, 2, 3, LARGEST]);
    return { type: 'pool', pool: { id: chance.pick([...POOLS, 't0', 't0']), size }, keyed: chance.is(0.6) };
  }
  if (dice < 0.62) return { type: 'delete-pool', target: chance.pick(['p1', 't0', 't0']) };
  if (dice < 0.66) {
    return { type: 'apply', workflow: drawWorkflow(chance, Number(workflow.id.slice(1)), latest.size) };
  }
  const isInside = chance.is(0.25);
  return {
    type: 'steer',
    action: chance.pick(steering),
    isInside,
    back: chance.int(0, isInside ? 4 : 2),
    step: `s${String(chance.int(0, 2))}`,
    keyed: chance.is(0.7),
  };
}
