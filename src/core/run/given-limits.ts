// Limits that parameters of the run give: how long a step or the run may take, how often a step is tried again, how many
// rounds of a loop go on at once. The parameters of a run never change, so neither does what is worked out here; what follows
// from it (when something is over, whether another try follows) is in the events.

import { type GivenLimit, type LimitName } from '../definition/given-limit.ts';
import { graphOf } from '../definition/graph.ts';
import { limitValue, limitWords } from '../definition/limit-value.ts';
import { type Backoff, type RetryPolicy, type StepDefinition } from '../definition/model.ts';
import { parseTemplate, render } from '../expression/template.ts';
import { text } from '../expression/text.ts';
import { type Value } from '../expression/value.ts';
import { type Failure } from '../failure.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type Result, failed, success } from '../result.ts';
import { type Milliseconds } from '../time.ts';
import { paramOfLevel } from './imported-names.ts';
import { type Level } from './level.ts';
import { paramOf } from './param-names.ts';

type Steps = Map<StepDefinition, Result<StepDefinition, Failure>>;

/** What was worked out before, by the parameters of the run: they are one object as long as the run is in memory. */
const known = new WeakMap<readonly ResolvedParam[], Steps>();

/** A step with the limits that parameters give it; one that has none, or wrong ones, as it is defined. */
export function limitedStep(level: Level, index: number): StepDefinition | undefined {
  const step = graphOf(level.definition).steps[index]?.step;
  if (step?.limits === undefined) return step;
  const limited = withLimits(level, step, step.limits);
  return limited.ok ? limited.value : step;
}

/** Why what parameters give cannot be the limits of a step; undefined if all is well. */
export function limitsFault(level: Level, step: StepDefinition): Failure | undefined {
  if (step.limits === undefined) return undefined;
  const limited = withLimits(level, step, step.limits);
  return limited.ok ? undefined : limited.failure;
}

/** How long the run may take, if the definition or a parameter says so; or why what the parameter gives cannot be that. */
export function runTimeout({
  run,
  definition,
}: Pick<Level, 'run' | 'definition'>): Result<Milliseconds | undefined, Failure> {
  const given = definition.limits?.find(({ limit }) => limit === 'timeout');
  if (given === undefined) return success(definition.timeout);
  return valueOf({ run, definition, loopOutputs: () => new Map() }, given, undefined);
}

function withLimits(
  level: Level,
  step: StepDefinition,
  limits: readonly GivenLimit[],
): Result<StepDefinition, Failure> {
  const steps = known.get(level.run.params) ?? new Map<StepDefinition, Result<StepDefinition, Failure>>();
  known.set(level.run.params, steps);
  const found = steps.get(step) ?? workedOut(level, step, limits);
  steps.set(step, found);
  return found;
}

function workedOut(level: Level, step: StepDefinition, limits: readonly GivenLimit[]): Result<StepDefinition, Failure> {
  let limited = step;
  for (const given of limits) {
    const value = valueOf(level, given, step.id);
    if (!value.ok) return value;
    limited = put(limited, given.limit, value.value);
  }
  return success(limited);
}

function put(step: StepDefinition, limit: LimitName, value: number): StepDefinition {
  if (limit === 'timeout') return { ...step, timeout: value };
  if (limit === 'concurrency') {
    return step.work.kind === 'foreach' ? { ...step, work: { ...step.work, concurrency: value } } : step;
  }
  const [root, kind, part] = limit.split('.') as [string, 'user' | 'platform' | 'timeout', keyof Backoff];
  const { retry } = step;
  if (root === 'retry') return { ...step, retry: { ...retry, [kind]: value } };
  const backoffs = retry.backoffs ?? { user: retry.backoff, platform: retry.backoff, timeout: retry.backoff };
  const changed: NonNullable<RetryPolicy['backoffs']> = { ...backoffs, [kind]: { ...backoffs[kind], [part]: value } };
  return { ...step, retry: { ...retry, backoff: changed.user, backoffs: changed } };
}

function valueOf(level: Level, given: GivenLimit, step: string | undefined): Result<number, Failure> {
  const { dialect } = level.definition;
  const template = parseTemplate(given.text);
  const rendered = template.ok ? render(template.value, (path) => lookUp(level, path)) : template;
  if (!rendered.ok) return failed(badLimit(given, step, rendered.failure.message));
  const value = limitValue(given.limit, rendered.value, dialect);
  if (value.ok) return value;
  const names = template.ok ? template.value.names : [];
  const values = names.map(({ path }) => `${path.join('.')} is ${shown(lookUp(level, path))}`);
  return failed(badLimit(given, step, `It must be ${value.failure}, and ${values.join(' and ') || 'it is not'}.`));
}

function lookUp(level: Level, [root = '', member, ...rest]: readonly string[]): Value | undefined {
  const name = root === 'params' && member !== undefined && rest.length === 0 ? member : root;
  if (name === root && member !== undefined) return undefined;
  return level.definition.dialect === 'maestro' ? paramOfLevel(level, name) : paramOf(level, name);
}

const LONGEST_SHOWN = 60;

function shown(value: Value | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  const words = typeof value === 'string' ? JSON.stringify(value) : text(value);
  return words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)}…` : words;
}

function badLimit({ limit, text: source }: GivenLimit, step: string | undefined, why: string): Failure {
  const whose = step === undefined ? 'The timeout of the workflow' : `The ${limitWords(limit)} of step "${step}"`;
  return {
    kind: 'USER',
    code: 'BAD_LIMIT',
    message: `${whose} is ${source}, and what that gives cannot be it. ${why}`,
    hint: 'Restart the run with another value of that parameter, from its beginning or from what is incomplete.',
    retryable: false,
  };
}
