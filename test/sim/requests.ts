// The workload of requests: steps that send one and judge the answer, tried again after as long as the other side asks for; and
// clients that interfere with them.

import { type Chance } from './chance.ts';
import { type Desire } from './desires.ts';
import { type SteerAction } from './steer.ts';
import { type Workload } from './workload.ts';
import { type MeantWorkflow } from './workflows.ts';

/** Steps that send requests, and whoever starts, stops and restarts them. */
export const requests: Workload = {
  longest: 6_000,
  // A call of a slow store is answered after twenty seconds at most, and the lists wait for it.
  patience: 20_000,
  drawWorkflows: (chance) => Array.from({ length: chance.int(1, 2) }, (_, place) => drawWorkflow(chance, place)),
  drawTurn: (chance, latest) => {
    const after = chance.int(50, 1_500);
    const count = chance.pick([1, 1, 4]);
    return { after, wishes: Array.from({ length: count }, () => drawDesire(chance, latest)) };
  },
};

function drawWorkflow(chance: Chance, place: number): MeantWorkflow {
  const steps = Array.from({ length: chance.int(1, 3) }, (_, index) => drawStep(chance, index));
  const text = [
    `id: w${String(place)}`,
    'params: { n: 5, tag: none }',
    `runStrategy: { parallel: ${String(chance.int(1, 4))} }`,
    'steps:',
    ...steps.map((step) => `  - ${step}`),
  ].join('\n');
  return { id: `w${String(place)}`, limit: 0, steps: [], triggers: [], text };
}

function drawStep(chance: Chance, index: number): string {
  const address = `https://sim/${String(chance.pick([20, 200, 900]))}/${chance.pick(['0', '0.5', '0.8'])}`;
  const expect = chance.is(0.7) ? `, expect: "rows >= ${String(chance.int(1, 15))}"` : '';
  const needs = index > 0 && chance.is(0.4) ? `needs: s${String(index - 1)}, ` : '';
  const retry = `retry: { user: ${String(chance.int(0, 3))}, platform: 3, backoff: 10ms..1s }`;
  return `{ id: s${String(index)}, ${needs}http: { url: "${address}"${expect} }, outputs: { rows: long }, ${retry}, onFailure: ignore }`;
}

const steering: readonly SteerAction[] = ['stop', 'kill', 'restart', 'restart-incomplete', 'skip', 'retry'];

function drawDesire(chance: Chance, latest: ReadonlyMap<string, MeantWorkflow>): Desire {
  const { id: target } = chance.pick([...latest.values()]);
  const n = chance.int(0, 10);
  if (chance.next() < 0.7) return { type: 'start', target, n, keyed: chance.is(0.6) };
  return {
    type: 'steer',
    action: chance.pick(steering),
    isInside: false,
    back: chance.int(0, 2),
    step: `s${String(chance.int(0, 2))}`,
    keyed: chance.is(0.7),
  };
}
