// The workload of control flow: loops in loops, workflows that run one another, `finally`, failure modes, all strategies; and
// clients that kill, pause, resume, skip, retry, restart from the middle and unblock, of runs, iterations and children alike.

import { type Chance } from './chance.ts';
import { type Desire } from './desires.ts';
import { type SteerAction } from './steer.ts';
import { type Workload } from './workload.ts';
import { type MeantWorkflow } from './workflows.ts';

/** Loops, children, `finally`, failure modes and strategies, and whoever interferes with them. */
export const controlFlow: Workload = {
  longest: 12_000,
  patience: 1_000,
  drawWorkflows: (chance) => {
    const count = chance.int(1, 4);
    return Array.from({ length: count }, (_, place) => drawWorkflow(chance, place, count));
  },
  drawTurn: (chance, latest) => {
    const after = chance.int(100, 3_000);
    const count = chance.pick([1, 1, 1, 4]);
    return { after, wishes: Array.from({ length: count }, () => drawDesire(chance, latest)) };
  },
};

const strategies = [
  'sequential',
  'strict-sequential',
  'strict-sequential',
  'first-only',
  'last-only',
  'latest-only',
  '{ parallel: 2 }',
  '{ parallel: 5 }',
] as const;

/** A workflow that runs only those behind it, so that none waits for itself. */
function drawWorkflow(chance: Chance, place: number, count: number): MeantWorkflow {
  const callable = Array.from({ length: count - place - 1 }, (_, next) => `w${String(place + 1 + next)}`);
  const steps = drawSteps(chance, { prefix: 's', depth: 2, callable });
  const last = chance.is(0.4) ? drawSteps(chance, { prefix: 'f', depth: 1, callable: callable.slice(0, 1) }) : [];
  const text = [
    `id: w${String(place)}`,
    'params: { n: 5, tag: none }',
    `runStrategy: ${chance.pick(strategies)}`,
    ...(chance.is(0.15) ? [`timeout: ${String(chance.int(4, 20))}s`] : []),
    'steps:',
    ...steps.map((step) => `  - ${step}`),
    ...(last.length === 0 ? [] : ['finally:', ...last.slice(0, 2).map((step) => `  - ${step}`)]),
  ].join('\n');
  return { id: `w${String(place)}`, limit: 0, steps: [], triggers: [], text };
}

/** Where steps stand. */
interface Site {
  readonly prefix: string;
  /** How many loops may stand one in the other. */
  readonly depth: number;
  readonly callable: readonly string[];
  /** A `while` around them keeps the value `rows`, and no name means two things. */
  readonly hasRows?: true;
}

function drawSteps(chance: Chance, site: Site): readonly string[] {
  const count = site.prefix.length > 1 ? chance.int(1, 2) : chance.int(1, 4);
  return Array.from({ length: count }, (_, place) => {
    const before = Array.from({ length: place }, (__, index) => `${site.prefix}${String(index)}`);
    const needs = before.filter(() => chance.is(0.4));
    const id = `${site.prefix}${String(place)}`;
    const fields = [
      `id: ${id}`,
      ...(needs.length === 0 ? [] : [`needs: [${needs.join(', ')}]`]),
      ...(site.prefix.length === 1 && chance.is(0.12) ? [`when: n > ${String(chance.int(0, 9))}`] : []),
      ...drawWork(chance, { ...site, prefix: id }),
      ...(chance.is(0.3) ? [`onFailure: ${chance.pick(['fail-now', 'ignore', 'ignore'])}`] : []),
    ];
    return `{ ${fields.join(', ')} }`;
  });
}

function drawWork(chance: Chance, site: Site): readonly string[] {
  const kinds = [
    'noop',
    'sleep',
    'exec',
    'exec',
    ...(site.depth > 0 ? (['foreach', 'foreach', 'while'] as const) : []),
    ...(site.callable.length > 0 ? (['workflow', 'workflow'] as const) : []),
  ] as const;
  const kind = chance.pick(kinds);
  switch (kind) {
    case 'noop':
      return ['noop: true'];
    case 'sleep':
      return [`sleep: ${String(chance.int(20, 1_500))}ms`];
    case 'exec':
      return drawExec(chance);
    case 'foreach':
      return [...drawForeach(chance, site), ...drawTries(chance)];
    case 'while':
      return [...drawWhile(chance, site), ...drawTries(chance)];
    case 'workflow':
      return drawCall(chance, site);
  }
}

function drawExec(chance: Chance): readonly string[] {
  const hangs = chance.is(0.06);
  const work = hangs ? 'hang' : `${String(chance.pick([20, 200, 1_500]))} ${String(chance.pick([0, 0, 0.15, 0.5]))}`;
  return [
    `run: sim ${work}`,
    'outputs: { rows: long }',
    `retry: { user: ${String(chance.int(0, 1))}, platform: ${String(chance.int(0, 2))}, timeout: 1, backoff: 50ms..800ms }`,
    ...(hangs || chance.is(0.2) ? [`timeout: ${String(chance.int(500, 3_000))}ms`] : []),
  ];
}

/** How often a loop or a workflow step is tried again, and how long it may take. */
function drawTries(chance: Chance): readonly string[] {
  return [
    `retry: { user: ${String(chance.int(0, 2))}, platform: 0, timeout: ${String(chance.int(0, 1))}, backoff: 50ms..800ms }`,
    ...(chance.is(0.15) ? [`timeout: ${String(chance.int(1_000, 8_000))}ms`] : []),
  ];
}

function drawForeach(chance: Chance, site: Site): readonly string[] {
  const most = site.depth === 2 ? 4 : 2;
  const names = chance.is(0.25) ? ['a', 'b'] : ['a'];
  const values = names.map((name) => {
    const count = chance.int(names.length === 1 ? 0 : 1, names.length === 1 ? most : 2);
    return `${name}${site.prefix}: [${Array.from({ length: count }, (_, value) => String(value + 1)).join(', ')}]`;
  });
  return [
    `foreach: { ${values.join(', ')} }`,
    ...(chance.is(0.7) ? [`concurrency: ${String(chance.int(1, 3))}`] : []),
    ...(chance.is(0.3) ? ['strictOrdering: true'] : []),
    `steps: [${drawSteps(chance, inside(chance, site)).join(', ')}]`,
  ];
}

function drawWhile(chance: Chance, site: Site): readonly string[] {
  const most = chance.int(0, 4);
  const name = site.hasRows ? `v${site.prefix}` : 'rows';
  const condition = chance.pick([`loop_index < ${String(most)}`, `${name} < 15 && loop_index < ${String(most)}`]);
  return [
    `while: "${condition}"`,
    `values: { ${name}: 0 }`,
    `steps: [${drawSteps(chance, { ...inside(chance, site), hasRows: true }).join(', ')}]`,
  ];
}

/** What stands in a loop: fewer loops, and seldom another workflow. */
function inside(chance: Chance, { prefix, depth, callable, ...site }: Site): Site {
  return { ...site, prefix: `${prefix}x`, depth: depth - 1, callable: chance.is(0.3) ? callable.slice(0, 1) : [] };
}

function drawCall(chance: Chance, { callable }: Site): readonly string[] {
  const isAsync = chance.is(0.15);
  const id = chance.pick([...callable, ...callable, ...(chance.is(0.1) ? ['nobody'] : [])]);
  const call = `workflow: { id: ${id}, params: { n: ${String(chance.int(0, 10))} }${isAsync ? ', async: true' : ''} }`;
  return [call, ...(isAsync ? [] : drawTries(chance))];
}

const steering: readonly SteerAction[] = [
  'stop',
  'kill',
  'pause',
  'pause',
  'resume',
  'resume',
  'restart',
  'restart-incomplete',
  'restart-incomplete',
  'restart-step',
  'fork',
  'fork',
  'fork-step',
  'break',
  'unbreak',
  'resume-step',
  'skip',
  'skip',
  'retry',
  'retry',
];

function drawDesire(chance: Chance, latest: ReadonlyMap<string, MeantWorkflow>): Desire {
  const workflow = chance.pick([...latest.values()]);
  const dice = chance.next();
  if (dice < 0.4) {
    // Those in front run the others by themselves.
    const target = chance.is(0.5) ? 'w0' : workflow.id;
    return { type: 'start', target, n: chance.int(0, 10), keyed: chance.is(0.6) };
  }
  if (dice < 0.45) return { type: 'unblock', target: workflow.id };
  if (dice < 0.5) {
    const place = Number(workflow.id.slice(1));
    return { type: 'apply', workflow: drawWorkflow(chance, place, latest.size) };
  }
  const isInside = chance.is(0.15);
  return {
    type: 'steer',
    action: chance.pick(steering),
    isInside,
    back: chance.int(0, isInside ? 4 : 2),
    step: `${chance.pick(['s', 's', 's', 'f'])}${String(chance.int(0, 2))}`,
    keyed: chance.is(0.7),
  };
}
