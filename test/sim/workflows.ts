// Workflows of a seed: random graphs of steps of every kind, strategies, triggers. Kept as data beside their text, so that
// the checker knows what was meant without asking the engine.

import { type Chance } from './chance.ts';
import { type MeantPool } from './special-desires.ts';

/** A step as it was meant. */
export interface MeantStep {
  readonly id: string;
  readonly kind: 'noop' | 'sleep' | 'exec' | 'publish';
  readonly needs: readonly string[];
  /** Runs only where the run's parameter `n` is greater. */
  readonly whenAbove?: number;
  readonly sleep?: number;
  readonly text: string;
}

/** A trigger as it was meant. */
export interface MeantTrigger {
  readonly name: string;
  readonly cronSeconds?: number;
  readonly signal?: string;
  /** `rows` must be at least this. */
  readonly atLeast?: number;
  readonly text: string;
}

/** A version of a workflow as it was meant. */
export interface MeantWorkflow {
  readonly id: string;
  readonly limit: number;
  readonly timeout?: number;
  readonly steps: readonly MeantStep[];
  readonly triggers: readonly MeantTrigger[];
  /** What is applied before it. */
  readonly pools?: readonly MeantPool[];
  readonly text: string;
}

/** Draws a workflow. It publishes only signals behind those that it listens to, so that nothing goes round for ever. */
export function drawWorkflow(chance: Chance, place: number, signals: readonly string[]): MeantWorkflow {
  const steps = drawSteps(chance, signals.slice(place));
  const triggers = drawTriggers(chance, signals.slice(0, place));
  const limit = chance.is(0.5) ? 1 : chance.int(2, 5);
  const timeout = chance.is(0.2) ? chance.int(2, 20) : undefined;
  return write({ id: `w${String(place)}`, limit, steps, triggers, ...(timeout === undefined ? {} : { timeout }) });
}

/** Another version of a workflow: other strategy, other names of triggers, other steps. */
export function redraw(chance: Chance, workflow: MeantWorkflow, signals: readonly string[]): MeantWorkflow {
  const place = Number(workflow.id.slice(1));
  const fresh = drawWorkflow(chance, place, signals);
  const renamed = workflow.triggers.map((trigger) =>
    trigger.signal === undefined || chance.is(0.3) ? trigger : rename(trigger, `t${String(chance.int(0, 99))}`),
  );
  const triggers = chance.is(0.6) ? renamed : fresh.triggers;
  return write({
    ...fresh,
    triggers: triggers.filter(({ name }, index) => triggers.findIndex((other) => other.name === name) === index),
  });
}

function write(meant: Omit<MeantWorkflow, 'text'>): MeantWorkflow {
  const text = [
    `id: ${meant.id}`,
    `params: { n: 5, tag: none }`,
    `runStrategy: ${meant.limit === 1 ? 'sequential' : `{ parallel: ${String(meant.limit)} }`}`,
    ...(meant.timeout === undefined ? [] : [`timeout: ${String(meant.timeout)}s`]),
    ...(meant.triggers.length === 0 ? [] : ['triggers:', ...meant.triggers.map((trigger) => `  - ${trigger.text}`)]),
    'steps:',
    ...meant.steps.map((step) => `  - ${step.text}`),
  ].join('\n');
  return { ...meant, text };
}

function drawSteps(chance: Chance, publishable: readonly string[]): readonly MeantStep[] {
  const count = chance.int(1, 6);
  const shape = chance.pick(['chain', 'fan', 'any'] as const);
  const steps: MeantStep[] = [];
  for (let place = 0; place < count; place++) {
    const before = steps.map(({ id }) => id);
    const needs = needsOf(chance, shape, before, place === count - 1);
    steps.push(drawStep(chance, `s${String(place)}`, needs, publishable));
  }
  return steps;
}

function needsOf(
  chance: Chance,
  shape: 'chain' | 'fan' | 'any',
  before: readonly string[],
  isLast: boolean,
): readonly string[] {
  if (before.length === 0) return [];
  if (shape === 'chain') return before.slice(-1);
  if (shape === 'fan') return isLast ? before.slice(before.length > 1 ? 1 : 0) : before.slice(0, 1);
  return before.filter(() => chance.is(0.4)).slice(0, 3);
}

function drawStep(chance: Chance, id: string, needs: readonly string[], publishable: readonly string[]): MeantStep {
  const kinds = [
    'noop',
    'noop',
    'sleep',
    'exec',
    'exec',
    ...(publishable.length > 0 ? ['publish' as const] : []),
  ] as const;
  const kind = chance.pick(kinds);
  const whenAbove = chance.is(0.2) ? chance.int(0, 9) : undefined;
  const sleep = kind === 'sleep' ? chance.int(50, 3_000) : undefined;
  const fields = [
    `id: ${id}`,
    ...(needs.length === 0 ? [] : [`needs: [${needs.join(', ')}]`]),
    ...(whenAbove === undefined ? [] : [`when: n > ${String(whenAbove)}`]),
    ...(sleep === undefined ? [] : [`sleep: ${String(sleep)}ms`]),
    ...(kind === 'noop' ? ['noop: true'] : []),
    ...(kind === 'publish'
      ? [`publish: { signal: ${chance.pick(publishable)}, params: { rows: ${String(chance.int(0, 20))} } }`]
      : []),
    ...(kind === 'exec' ? drawExec(chance) : []),
  ];
  return {
    id,
    kind,
    needs,
    text: `{ ${fields.join(', ')} }`,
    ...(whenAbove === undefined ? {} : { whenAbove }),
    ...(sleep === undefined ? {} : { sleep }),
  };
}

function drawExec(chance: Chance): readonly string[] {
  const hangs = chance.is(0.1);
  const work = hangs
    ? 'hang'
    : `${String(chance.pick([20, 200, 2_000, 9_000]))} ${String(chance.pick([0, 0, 0.2, 0.6]))}`;
  return [
    `run: sim ${work}`,
    `outputs: { rows: long }`,
    `retry: { user: ${String(chance.int(0, 2))}, platform: ${String(chance.int(0, 3))}, timeout: 1, backoff: 50ms..800ms }`,
    ...(hangs || chance.is(0.3) ? [`timeout: ${String(chance.int(500, 3_000))}ms`] : []),
  ];
}

function drawTriggers(chance: Chance, audible: readonly string[]): readonly MeantTrigger[] {
  const triggers: MeantTrigger[] = [];
  if (chance.is(0.3)) {
    const seconds = chance.pick([3, 5, 10]);
    const catchUp = chance.pick(['none', 'latest', 'all']);
    triggers.push({
      name: 'tick',
      cronSeconds: seconds,
      text: `{ name: tick, cron: "*/${String(seconds)} * * * * *", catchUp: ${catchUp} }`,
    });
  }
  for (const signal of audible) {
    if (!chance.is(0.6)) continue;
    const atLeast = chance.is(0.5) ? chance.int(0, 20) : undefined;
    triggers.push(signalTrigger(`on-${signal}`, signal, atLeast));
  }
  return triggers;
}

function signalTrigger(name: string, signal: string, atLeast: number | undefined): MeantTrigger {
  const where = atLeast === undefined ? '' : `, where: { rows: ">= ${String(atLeast)}" }`;
  return {
    name,
    signal,
    text: `{ name: ${name}, signal: ${signal}${where}, params: { n: "\${signal.rows}" } }`,
    ...(atLeast === undefined ? {} : { atLeast }),
  };
}

function rename(trigger: MeantTrigger, name: string): MeantTrigger {
  return trigger.signal === undefined ? trigger : signalTrigger(name, trigger.signal, trigger.atLeast);
}
