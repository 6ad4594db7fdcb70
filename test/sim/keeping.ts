// The workload of what is kept and let go: workflows are deleted, with their runs or without, and come back; signals get
// contracts that become stricter and milder; what was refused is published again or let go.

import { type Chance } from './chance.ts';
import { type Desire } from './desires.ts';
import { type KeepingDesire } from './special-desires.ts';
import { type Act } from './steer.ts';
import { type Workload } from './workload.ts';
import { type MeantWorkflow } from './workflows.ts';

/** Workflows that come and go, contracts, and whoever starts, publishes and stops meanwhile. */
export const keeping: Workload = {
  longest: 8_000,
  patience: 1_000,
  drawWorkflows: (chance, signals) =>
    Array.from({ length: chance.int(1, 3) }, (_, place) => drawWorkflow(chance, place, signals)),
  drawTurn: (chance, latest, signals) => {
    const after = chance.int(10, 1_200);
    const count = chance.pick([1, 1, 4]);
    return { after, wishes: Array.from({ length: count }, () => drawDesire(chance, latest, signals)) };
  },
};

function drawWorkflow(chance: Chance, place: number, signals: readonly string[]): MeantWorkflow {
  const strategy = chance.pick(['sequential', 'first-only', 'latest-only', '{ parallel: 3 }']);
  // What one publishes no other listens to: or runs would start one another without end.
  const [heard, said] = [signals.slice(0, 2), signals.slice(2)];
  const publish = `{ signal: ${chance.pick(said)}, params: { rows: "\${n}" } }`;
  const text = [
    `id: w${String(place)}`,
    'params: { n: 5, tag: none }',
    `runStrategy: ${strategy}`,
    'triggers:',
    `  - signal: ${chance.pick(heard)}`,
    `    params: { n: 7 }`,
    ...(chance.is(0.5) ? ['  - cron: "*/5 * * * * *"', `    catchUp: ${chance.pick(['none', 'latest', 'all'])}`] : []),
    'steps:',
    `  - { id: s0, ${chance.pick(['noop: true', 'run: sim 200 0.2', 'run: sim 1500 0'])} }`,
    ...(chance.is(0.6) ? [`  - { id: s1, needs: s0, publish: ${publish} }`] : []),
  ].join('\n');
  return { id: `w${String(place)}`, limit: 0, steps: [], triggers: [], text };
}

function drawDesire(chance: Chance, latest: ReadonlyMap<string, MeantWorkflow>, signals: readonly string[]): Desire {
  const workflow = chance.pick([...latest.values()]);
  const target = workflow.id;
  const name = chance.pick(signals);
  const rows = chance.int(0, 10);
  const dice = chance.next();
  if (dice < 0.2) return { type: 'start', target, n: rows, keyed: chance.is(0.6) };
  if (dice < 0.5) return { type: 'publish', name, rows, keyed: chance.is(0.7) };
  if (dice < 0.62) return { type: 'delete-workflow', target, stopRuns: chance.is(0.7), keyed: chance.is(0.5) };
  if (dice < 0.75) return { type: 'apply', workflow };
  if (dice < 0.87) return { type: 'contract', name, atLeast: chance.int(0, 8), force: chance.is(0.7) };
  if (dice < 0.97) return { type: 'refused', how: chance.is(0.7) ? 'republish' : 'dismiss', name, rows };
  return { type: chance.is(0.5) ? 'stop' : 'restart', target, n: 1, back: chance.int(0, 3), keyed: true };
}

/** Deletes a workflow. */
export function deleteWorkflow({ target, stopRuns }: Extract<KeepingDesire, { type: 'delete-workflow' }>): Act {
  return (engine, caller) => engine.deleteWorkflow({ workflowId: target, stopRuns }, caller);
}

/** Demands of a signal that it has at least so many rows. */
export function applyContract({ name, atLeast, force }: Extract<KeepingDesire, { type: 'contract' }>): Act {
  const rows = { type: 'integer', minimum: atLeast };
  const source = JSON.stringify({ kind: 'signal', name, params: { type: 'object', properties: { rows } } });
  return (engine, caller) => engine.applySignalType({ source, force }, caller);
}

/** Publishes the oldest of what was refused once more, with other rows, or lets go of it; nothing if there is none. */
export function handleRefused({ how, name, rows }: Extract<KeepingDesire, { type: 'refused' }>): Act {
  return async (engine, caller) => {
    const id = (await engine.refusedPublications(name))?.refused[0]?.id;
    if (id === undefined) return { ok: true, value: {}, cursor: [], replayed: false };
    if (how === 'dismiss') return engine.dismiss({ name, id }, caller);
    return engine.republish({ name, id, params: [{ name: 'rows', value: rows }] }, caller);
  };
}
