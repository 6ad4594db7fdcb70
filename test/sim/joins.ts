// The workload of joins: triggers of every kind on several signals, keyed and not, with windows and without, some that fold signals
// and some on signals that do not come; clients that publish all the time, and now and then another version, a pause or a late signal.

import { type Chance } from './chance.ts';
import { type Desire } from './desires.ts';
import { type Workload } from './workload.ts';
import { type MeantTrigger, type MeantWorkflow } from './workflows.ts';

/** Joins, publications that race with one another, and versions that change what is joined. */
export const joins: Workload = {
  longest: 8_000,
  patience: 1_000,
  drawWorkflows: (chance, signals) =>
    Array.from({ length: chance.int(1, 3) }, (_, place) => drawWorkflow(chance, `w${String(place)}`, signals)),
  drawTurn: (chance, latest, signals) => {
    const after = chance.int(10, 600);
    const count = chance.pick([1, 2, 8]);
    return { after, wishes: Array.from({ length: count }, () => drawDesire(chance, latest, signals)) };
  },
};

function drawWorkflow(chance: Chance, id: string, signals: readonly string[]): MeantWorkflow {
  const triggers = Array.from({ length: chance.int(1, 2) }, (_, place) =>
    drawTrigger(chance, `j${String(place)}`, signals),
  );
  const text = [
    `id: ${id}`,
    'params: { n: 5, tag: none }',
    `runStrategy: { parallel: ${String(chance.int(2, 6))} }`,
    'triggers:',
    ...triggers.map((trigger) => `  - ${trigger.text}`),
    'steps:',
    chance.is(0.5) ? '  - { id: s0, noop: true }' : '  - { id: s0, run: sim 200 0, outputs: { rows: long } }',
  ].join('\n');
  return { id, limit: 0, steps: [], triggers, text };
}

function drawTrigger(chance: Chance, name: string, signals: readonly string[]): MeantTrigger {
  if (chance.is(0.2)) return drawFold(chance, name, signals);
  if (chance.is(0.2)) return drawAbsence(chance, name, signals);
  const kind = chance.pick(['all', 'all', 'all', 'atLeast', 'sequence', 'any'] as const);
  const isKeyed = chance.is(0.7) && kind !== 'any';
  const slots = Array.from({ length: chance.pick([2, 2, 3]) }, (_, place) => {
    const where = chance.is(0.3) ? `, where: { rows: ">= ${String(chance.int(1, 2))}" }` : '';
    return `{ signal: ${chance.pick(signals)}, as: s${String(place)}${isKeyed ? ', joinOn: rows' : ''}${where} }`;
  }).join(', ');
  const head = kind === 'atLeast' ? `atLeast: 2, of: [${slots}]` : `${kind}: [${slots}]`;
  const window = chance.is(0.4) && kind !== 'any' ? `, within: ${String(chance.int(1, 4))}s, late: { wait: 1s }` : '';
  return { name, text: `{ name: ${name}, ${head}${window}${kind === 'any' ? wishOf(slots, signals) : ''} }` };
}

/** Which runs it wants follows from what was drawn already, so that older seeds stay what they were. */
function wishOf(slots: string, signals: readonly string[]): string {
  const names = signals.filter((signal) => slots.includes(`signal: ${signal},`));
  if (names.length > 1) return '';
  return slots.includes('where') ? ', when: "signal.rows > 1"' : ', idempotencyKey: "signal.rows"';
}

function drawFold(chance: Chance, name: string, signals: readonly string[]): MeantTrigger {
  const by = chance.is(0.6) ? ', by: rows' : '';
  const where = chance.is(0.3) ? `, where: { rows: ">= ${String(chance.int(1, 2))}" }` : '';
  const length = chance.int(100, 1_500);
  const fold = chance.is(0.5)
    ? `debounce: { quiet: ${String(length)}ms, atMost: ${String(length * chance.int(1, 4))}ms${by} }`
    : `throttle: { every: ${String(length)}ms${by} }`;
  return { name, text: `{ name: ${name}, signal: ${chance.pick(signals)}, ${fold}${where} }` };
}

function drawAbsence(chance: Chance, name: string, signals: readonly string[]): MeantTrigger {
  const dice = chance.next();
  const keyed = dice < 0.75 ? ', for: { rows: [1, 2] }' : '';
  const where = dice < 0.5 ? `, where: { rows: ">= ${String(chance.int(1, 3))}" }` : keyed;
  const length = String(chance.int(200, 3_000));
  return { name, text: `{ name: ${name}, absentFor: ${length}ms, signal: ${chance.pick(signals)}${where} }` };
}

function drawDesire(chance: Chance, latest: ReadonlyMap<string, MeantWorkflow>, signals: readonly string[]): Desire {
  const { id: target } = chance.pick([...latest.values()]);
  const dice = chance.next();
  if (dice < 0.86)
    return { type: 'publish', name: chance.pick(signals), rows: chance.int(0, 3), keyed: chance.is(0.7) };
  if (dice < 0.93) return { type: dice < 0.895 ? 'pause' : 'resume', target };
  if (dice < 0.96) return { type: 'start', target, n: 1, keyed: chance.is(0.6) };
  return { type: 'apply', workflow: drawWorkflow(chance, target, signals) };
}
