// Steps as the text has them, each key where a person would look for it.

import { innerSteps } from '../body.ts';
import { type GivenLimit, type LimitName } from '../given-limit.ts';
import { ANSWER_OUTPUTS } from '../http-work.ts';
import { type Need, type RetryPolicy, type StepDefinition } from '../model.ts';
import { durationText } from '../plain-view.ts';
import { DEFAULT_RETRY } from '../reading/retry.ts';
import { type Tree, type TreeMap, type WritingSpot, mapOf, note, oneOrMore, orNothing, spotAt } from './tree.ts';
import { workTree } from './work-tree.ts';

/** Writes a list of steps. */
export function stepTrees(steps: readonly StepDefinition[], spot: WritingSpot): readonly TreeMap[] {
  return steps.map((step, index) => stepTree(step, spotAt(spot, index)));
}

function stepTree(step: StepDefinition, spot: WritingSpot): TreeMap {
  const { limits = [], timeout, heartbeat } = step;
  noteForeign(step, spot);
  const inner = innerSteps(step);
  const work = workTree(step, spot);
  return {
    id: step.id,
    name: step.name,
    needs: needsTree(step.needs),
    when: step.when,
    ...poolsTree(step),
    ...work,
    ...('concurrency' in work ? { concurrency: givenIn(limits, 'concurrency') ?? work['concurrency'] } : {}),
    env: mapOf(step.env, ({ value }) => value),
    outputs: mapOf(declaredOutputs(step), ({ type }) => type),
    artifacts: oneOrMore(step.artifacts),
    retry: retryTree(step.retry, limits),
    timeout: givenIn(limits, 'timeout') ?? (timeout === undefined ? undefined : durationText(timeout)),
    heartbeat: heartbeat === undefined ? undefined : durationText(heartbeat),
    onFailure: step.onFailure,
    steps: inner === undefined ? undefined : stepTrees(inner, spotAt(spot, 'steps')),
  };
}

/** Tells what only definitions have that were imported, or that came from a template. */
function noteForeign(step: StepDefinition, spot: WritingSpot): void {
  const { template, retry } = step;
  if (template !== undefined) {
    const { id, version } = template;
    note(spot, `It came from the template ${id}, version ${String(version)}, and is written out whole here.`);
  }
  for (const [what, content] of unsaidOf(step)) {
    if (content.length > 0) note(spot, `${what} cannot be said in our own format: ${JSON.stringify(content)}.`);
  }
  if (retry.backoff.factor !== undefined && retry.backoff.factor !== 2) {
    note(spot, `Its pauses grow ${String(retry.backoff.factor)} times each; here they double.`);
  }
}

/** What there are no words for, by what it is. */
function unsaidOf({
  params = [],
  announces = [],
  carried = [],
  waits = [],
  work,
  retry,
  limits = [],
}: StepDefinition): readonly (readonly [string, readonly unknown[]])[] {
  return [
    ['Parameters of its own', params],
    ['What it publishes with its success', announces],
    ['What it waits for before it begins', work.kind === 'wait' ? [] : waits],
    ['What was only kept for Maestro', carried],
    ['Pauses by kind of failure', retry.backoffs === undefined ? [] : [retry.backoffs]],
    ['Pauses that parameters give', limits.filter(({ limit }) => limit.startsWith('backoff.'))],
  ];
}

/** What an `http` step gives without being asked is not written. */
function declaredOutputs({ work, outputs }: StepDefinition): StepDefinition['outputs'] {
  if (work.kind !== 'http') return outputs;
  const always = new Set<string>(ANSWER_OUTPUTS.map(({ name }) => name));
  return outputs.filter(({ name }) => !always.has(name));
}

function needsTree(needs: readonly Need[]): Tree {
  if (needs.every(({ condition }) => condition === undefined)) return oneOrMore(needs.map(({ step }) => step));
  return Object.fromEntries(needs.map(({ step, condition }) => [step, condition ?? null]));
}

function poolsTree({ pools = [], tags = [], priority }: StepDefinition): TreeMap {
  const isPlain = pools.every(({ weight }) => weight === 1);
  const names = pools.map(({ pool }) => pool);
  return {
    pool: isPlain ? oneOrMore(names) : undefined,
    pools: isPlain ? undefined : Object.fromEntries(pools.map(({ pool, weight }) => [pool, weight])),
    tags: tags.length === 0 ? undefined : oneOrMore(tags),
    priority,
  };
}

const TRIES = ['user', 'platform', 'timeout'] as const;

function retryTree(policy: RetryPolicy, limits: readonly GivenLimit[]): Tree {
  const tries = TRIES.map((kind) => [kind, givenIn(limits, `retry.${kind}`) ?? policy[kind]] as const);
  const { first, longest } = policy.backoff;
  const isUsual = first === DEFAULT_RETRY.backoff.first && longest === DEFAULT_RETRY.backoff.longest;
  const backoff = isUsual ? undefined : `${durationText(first)}..${durationText(longest)}`;
  const said = tries.filter(([kind, count]) => count !== DEFAULT_RETRY[kind]);
  if (said.length === 0 && backoff === undefined) return undefined;
  const [same] = tries.map(([, count]) => count);
  if (backoff === undefined && tries.every(([, count]) => count === same)) return same;
  return { ...Object.fromEntries(said), backoff };
}

/** The text that stands for a limit that a parameter gives. */
export function givenIn(limits: readonly GivenLimit[], name: LimitName): string | undefined {
  return limits.find(({ limit }) => limit === name)?.text;
}

/** Every file that a step names as its program, and so needs no mention under `files`. */
export function programFiles(steps: readonly StepDefinition[]): readonly string[] {
  return steps.flatMap((step) => {
    const { work } = step;
    const own = 'program' in work && 'file' in work.program ? [work.program.file] : [];
    return [...own, ...programFiles(innerSteps(step) ?? [])];
  });
}

/** The same list, or nothing where it is empty. */
export const filesTree = (paths: readonly string[]): Tree => orNothing(paths);
