// Parts of a definition as plain JSON in the user's own words: durations as `5m`, work under the key that it is written with.
// What means the same looks the same: defaults are left out, and so is the order of what has none.

import { type Json, type JsonObject } from '../json.ts';
import { type HttpWork } from './http-work.ts';
import { type KubernetesWork } from './kubernetes-work.ts';
import { type Milliseconds } from '../time.ts';
import { type GivenLimit } from './given-limit.ts';
import {
  type Clause,
  type Definition,
  type ForeachWork,
  type JoinSlot,
  type LoopValues,
  type ParamDeclaration,
  type RetryPolicy,
  type RunStrategy,
  type SignalFold,
  type StepDefinition,
  type TriggerDefinition,
  type Work,
} from './model.ts';

const UNITS: readonly (readonly [unit: string, length: Milliseconds])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
];

/** `90000` → 90s: the largest unit that it is whole in. */
export function durationText(duration: Milliseconds): string {
  const unit = UNITS.find(([, length]) => duration > 0 && duration % length === 0);
  return unit === undefined ? `${String(duration)}ms` : `${String(duration / unit[1])}${unit[0]}`;
}

/** `sequential`, or `parallel 5`. */
export function strategyWords(strategy: RunStrategy): string {
  return strategy.kind === 'parallel' ? `parallel ${String(strategy.limit)}` : strategy.kind;
}

/** What stands at the head of a definition. */
export function headView(definition: Definition): JsonObject {
  const { name, description, owner, labels, runStrategy, timeout, queueTimeout, carried } = definition;
  return plain({
    name,
    description,
    owner,
    labels: labels.length === 0 ? undefined : labels,
    runStrategy: strategyWords(runStrategy),
    timeout: timeout === undefined ? undefined : durationText(timeout),
    limits: definition.limits?.map(givenText),
    queueTimeout: queueTimeout === undefined ? undefined : durationText(queueTimeout),
    stepConcurrency: definition.stepConcurrency,
    runStepConcurrency: definition.runStepConcurrency,
    priority: definition.priority,
    carried,
  });
}

/** A parameter, without its name. */
export function paramView({ name: _, mode = 'mutable', ...param }: ParamDeclaration): JsonObject {
  return plain({ ...param, mode: mode === 'mutable' ? undefined : mode });
}

/** A trigger, without its name. */
export function triggerView({ name: _, ...trigger }: TriggerDefinition): JsonObject {
  const { kind, params, ...rest } = trigger;
  const view: Record<string, unknown> = { ...rest, params: params.length === 0 ? undefined : params };
  if ('formulas' in trigger) {
    view['formulas'] = undefined;
    view['params'] = trigger.formulas.map((param) => ({ name: param.name, ...paramView(param) }));
  }
  if ('where' in trigger) view['where'] = orNothing(trigger.where.map(clauseText).sort());
  if ('keys' in trigger) {
    view['for'] = trigger.keys.map(
      ({ param, values }) => `${param} = ${values.map((value) => JSON.stringify(value)).join(' | ')}`,
    );
    view['keys'] = undefined;
  }
  if ('fold' in trigger) Object.assign(view, { fold: undefined }, foldView(trigger.fold));
  if ('slots' in trigger) view['slots'] = trigger.slots.map(slotText);
  for (const key of ['every', 'jitter', 'within', 'late', 'absentFor'])
    if (typeof view[key] === 'number') view[key] = durationText(view[key]);
  if (typeof view['from'] === 'number') view['from'] = new Date(view['from']).toISOString();
  return plain(kind in view ? view : { kind, ...view });
}

/** The length of time under the key that it is written with, and what else is said of it. */
function foldView(fold: SignalFold): Readonly<Record<string, unknown>> {
  const by = orNothing(fold.by);
  if (fold.kind === 'throttle') return { throttle: durationText(fold.every), by };
  return { debounce: durationText(fold.quiet), 'at most': durationText(fold.atMost), by };
}

/** `weather.ready as weather on place, if rows >= 100`. */
function slotText({ as, signal, joinOn, where }: JoinSlot): string {
  const demands = where.length === 0 ? '' : `, if ${where.map(clauseText).sort().join(' and ')}`;
  return `${signal} as ${as}${joinOn.length === 0 ? '' : ` on ${joinOn.join(', ')}`}${demands}`;
}

function clauseText({ param, operator, operand }: Clause): string {
  return `${param} ${operator} ${JSON.stringify(operand)}`;
}

/** `timeout from ${limit}`. */
function givenText({ limit, text }: GivenLimit): string {
  return `${limit} from ${text}`;
}

/** `3`, or `10%`. */
function toleranceText(tolerate: NonNullable<ForeachWork['tolerate']>): string {
  return typeof tolerate === 'number' ? String(tolerate) : `${String(tolerate.percent)}%`;
}

/** A step, without its id and without the steps inside it. */
export function stepView(step: StepDefinition): JsonObject {
  const { needs, env, outputs, artifacts, retry, timeout, heartbeat, onFailure } = step;
  return plain({
    name: step.name,
    needs: orNothing(
      needs.map((need) => (need.condition === undefined ? need.step : `${need.step} if ${need.condition}`)).sort(),
    ),
    when: step.when,
    ...workView(step.work),
    'waits for': step.waits,
    pools: step.pools?.map(({ pool, weight }) => `${String(weight)} of ${pool}`),
    tags: step.tags,
    'tag limits': step.tagLimits,
    priority: step.priority,
    announces: step.announces,
    env: orNothing(env),
    outputs: orNothing(outputs),
    artifacts: orNothing(artifacts.toSorted()),
    retry: retryView(retry),
    timeout: timeout === undefined ? undefined : durationText(timeout),
    limits: step.limits?.map(givenText),
    heartbeat: heartbeat === undefined ? undefined : durationText(heartbeat),
    onFailure: onFailure === 'fail-after-running' ? undefined : onFailure,
    params: orNothing((step.params ?? []).map((param) => ({ name: param.name, ...paramView(param) }))),
    carried: orNothing(step.carried ?? []),
  });
}

/** What a step does, under the key that it is written with. */
function workView(work: Work): Readonly<Record<string, unknown>> {
  if ('program' in work) {
    const program = 'file' in work.program ? work.program.file : work.program.code;
    return { [work.kind]: program, requirements: 'requirements' in work ? work.requirements : undefined };
  }
  switch (work.kind) {
    case 'shell':
      return { run: work.script };
    case 'sleep':
      return { sleep: durationText(work.duration), 'sleep param': work.param };
    case 'publish':
      return { publish: work.signal, 'publish params': orNothing(work.params) };
    case 'http':
      return httpView(work);
    case 'kubernetes':
      return podView(work);
    case 'workflow': {
      const { kind: _, workflowId, params, ...rest } = work;
      return { workflow: workflowId, ...rest, 'workflow params': orNothing(params) };
    }
    case 'foreach': {
      const { kind: _, over, steps: __, tolerate, ...rest } = work;
      // The first name varies fastest: their order means something.
      return {
        foreach: over.map(loopText),
        ...rest,
        tolerate: tolerate === undefined ? undefined : toleranceText(tolerate),
      };
    }
    case 'while': {
      const { kind: _, condition, values, steps: __, ...rest } = work;
      return { while: condition, values: orNothing(values), ...rest };
    }
    case 'noop':
    case 'wait':
    default: {
      const { kind, ...rest } = work;
      return { [kind]: rest };
    }
  }
}

function httpView({ request, expect, state }: HttpWork): Readonly<Record<string, unknown>> {
  const { method, url, headers = [], body } = request ?? {};
  return {
    http: request === undefined ? 'by its parameter http' : `${method ?? ''} ${url ?? ''}`,
    headers: orNothing(headers),
    body,
    expect,
    state,
  };
}

function podView({ pod, notebook }: KubernetesWork): Readonly<Record<string, unknown>> {
  const { image, ...rest } = pod ?? { image: 'by its parameter kubernetes' };
  return { kubernetes: image, ...rest, notebook: notebook === undefined ? undefined : 'by its parameter notebook' };
}

function retryView({ user, platform, timeout, backoff, backoffs }: RetryPolicy): Readonly<Record<string, unknown>> {
  return { user, platform, timeout, backoff: pauseText(backoff), backoffs };
}

function pauseText({ first, longest, factor }: RetryPolicy['backoff']): string {
  const growth = factor === undefined || factor === 2 ? '' : ` × ${String(factor)}`;
  return `${durationText(first)}..${durationText(longest)}${growth}`;
}

function orNothing<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** The same without what is undefined. */
function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as Record<string, Json>;
}

/** The values of one name of a loop: `seed in [1,2]`, `name in species`. */
function loopText(over: LoopValues): string {
  return `${over.name} in ${'values' in over ? JSON.stringify(over.values) : over.expression}`;
}
