// The workload of waits: steps that wait for signals, with and without looking back, in loops and under `finally`; and clients
// that publish, all the time, what some of them wait for.

import { type Chance } from './chance.ts';
import { type Desire } from './desires.ts';
import { type SteerAction } from './steer.ts';
import { type Workload } from './workload.ts';
import { type MeantWorkflow } from './workflows.ts';

/** Steps that wait, publications that race with them, and whoever interferes. */
export const waits: Workload = {
  longest: 8_000,
  // A call of a slow store is answered after twenty seconds at most, and the lists wait for it.
  patience: 20_000,
  drawWorkflows: (chance, signals) =>
    Array.from({ length: chance.int(1, 3) }, (_, place) => drawWorkflow(chance, place, signals)),
  drawTurn: (chance, latest, signals) => {
    const after = chance.int(10, 1_000);
    const count = chance.pick([1, 2, 6]);
    return { after, wishes: Array.from({ length: count }, () => drawDesire(chance, latest, signals)) };
  },
};

function drawWorkflow(chance: Chance, place: number, signals: readonly string[]): MeantWorkflow {
  const steps = Array.from({ length: chance.int(1, 3) }, (_, index) => drawStep(chance, `s${String(index)}`, signals));
  const text = [
    `id: w${String(place)}`,
    'params: { n: 5, tag: none }',
    `runStrategy: { parallel: ${String(chance.int(2, 6))} }`,
    'steps:',
    ...steps.map((step) => `  - ${step}`),
    ...(chance.is(0.2) ? ['finally:', `  - ${drawStep(chance, 'f0', signals)}`] : []),
  ].join('\n');
  return { id: `w${String(place)}`, limit: 0, steps: [], triggers: [], text };
}

function drawStep(chance: Chance, id: string, signals: readonly string[]): string {
  const dice = chance.next();
  if (dice < 0.15) return `{ id: ${id}, run: sim 200 0, outputs: { rows: long } }`;
  if (dice < 0.25) {
    return `{ id: ${id}, publish: { signal: ${chance.pick(signals)}, params: { rows: ${String(chance.int(0, 20))} } } }`;
  }
  if (dice < 0.4) return `{ id: ${id}, foreach: { a${id}: [1, 2] }, steps: [${drawWait(chance, `${id}x0`, signals)}] }`;
  return drawWait(chance, id, signals);
}

/** Each has a timeout, so that every run comes to an end. */
function drawWait(chance: Chance, id: string, signals: readonly string[]): string {
  const count = chance.pick([1, 1, 2]);
  const all = Array.from({ length: count }, (_, place) => {
    const as = count === 1 ? '' : `, as: a${String(place)}`;
    return `{ signal: ${chance.pick(signals)}${as}${drawDemand(chance)} }`;
  });
  const wait = count === 1 ? (all[0] ?? '') : `{ all: [${all.join(', ')}] }`;
  return `{ id: ${id}, wait: ${wait}, timeout: ${String(chance.int(300, 5_000))}ms, onFailure: ignore }`;
}

function drawDemand(chance: Chance): string {
  const where = chance.is(0.5) ? `, where: { rows: ">= ${String(chance.int(1, 20))}" }` : '';
  const match = chance.is(0.3) ? ', match: { rows: "${n}" }' : '';
  return `${where}${match}${chance.pick(['', '', ', lookBack: all', ', lookBack: 1s', ', lookBack: 0s'])}`;
}

const steering: readonly SteerAction[] = [
  'stop',
  'kill',
  'pause',
  'resume',
  'restart',
  'restart-incomplete',
  'skip',
  'retry',
];

function drawDesire(chance: Chance, latest: ReadonlyMap<string, MeantWorkflow>, signals: readonly string[]): Desire {
  const { id: target } = chance.pick([...latest.values()]);
  const n = chance.int(0, 10);
  const dice = chance.next();
  if (dice < 0.3) return { type: 'start', target, n, keyed: chance.is(0.6) };
  if (dice < 0.85)
    return { type: 'publish', name: chance.pick(signals), rows: chance.int(0, 20), keyed: chance.is(0.7) };
  return {
    type: 'steer',
    action: chance.pick(steering),
    isInside: chance.is(0.15),
    back: chance.int(0, 2),
    step: `s${String(chance.int(0, 2))}`,
    keyed: chance.is(0.7),
  };
}
