// Steps as Maestro writes them: each says where it leads.

import { type JsonObject } from '../../../json.ts';
import { type Backoff, type FailureMode, type StepDefinition, type Work } from '../../model.ts';
import { type HttpWork } from '../../http-work.ts';
import { type KubernetesWork } from '../../kubernetes-work.ts';
import { STATE_PARAM } from '../http.ts';
import { writeLength } from '../lengths.ts';
import { carriedJson } from './carried.ts';
import { givenJson, timeoutJson } from './given-limits.ts';
import { stepSignalsJson } from './step-signals.ts';
import { firstJson, overJson, paramsJson } from './params.ts';

/** Writes a list of steps; undefined if one of them does what there is no word for. */
export function stepsJson(steps: readonly StepDefinition[]): readonly JsonObject[] | undefined {
  const written = steps.map((step) => stepJson(step, successorsOf(step.id, steps)));
  return written.every((step) => step !== undefined) ? written : undefined;
}

function successorsOf(id: string, steps: readonly StepDefinition[]): JsonObject {
  const edges = steps.flatMap((step) =>
    step.needs.filter((need) => need.step === id).map((need) => [step.id, need.condition ?? 'true'] as const),
  );
  return Object.fromEntries(edges);
}

function stepJson(step: StepDefinition, successors: JsonObject): JsonObject | undefined {
  const own = workJson(step);
  if (own === undefined) return undefined;
  const { id, name, onFailure, params = [], carried = [] } = step;
  const timeout = timeoutJson(step);
  const all = { ...paramsJson(params), ...own.params };
  return {
    [own.wrapper]: {
      id,
      ...(name === undefined ? {} : { name }),
      ...carriedJson(carried, ''),
      ...own.fields,
      ...stepSignalsJson(step),
      ...(timeout === undefined ? {} : { timeout }),
      ...(onFailure === undefined ? {} : { failure_mode: FAILURE_MODES[onFailure] }),
      ...(Object.keys(all).length === 0 ? {} : { params: all }),
      ...(Object.keys(successors).length === 0 ? {} : { transition: { successors } }),
    },
  };
}

const FAILURE_MODES: Readonly<Record<FailureMode, string>> = {
  'fail-after-running': 'FAIL_AFTER_RUNNING',
  'fail-now': 'FAIL_IMMEDIATELY',
  ignore: 'IGNORE_FAILURE',
};

interface Written {
  readonly wrapper: 'step' | 'foreach' | 'while' | 'subworkflow';
  readonly fields: JsonObject;
  readonly params?: JsonObject;
}

function workJson(step: StepDefinition): Written | undefined {
  const { work } = step;
  switch (work.kind) {
    case 'noop':
      return { wrapper: 'step', fields: { type: 'NoOp', retry_policy: retryJson(step) } };
    case 'sleep':
      return { wrapper: 'step', fields: { type: 'Sleep', retry_policy: retryJson(step) } };
    case 'http':
      return httpJson(work, step);
    case 'kubernetes':
      return kubernetesJson(work, step);
    case 'foreach':
    case 'while':
      return loopJson(work, step);
    case 'workflow':
      return {
        wrapper: 'subworkflow',
        fields: { sync: work.async !== true, explicit_params: work.inherits === 'step' },
      };
    case 'wait':
    case 'publish':
    case 'shell':
    case 'python':
    case 'node':
    case 'notebook':
      return undefined;
  }
}

/** The request of an imported step is one of its parameters. */
function httpJson({ request, state }: HttpWork, step: StepDefinition): Written | undefined {
  if (request !== undefined) return undefined;
  return {
    wrapper: 'step',
    fields: { type: 'Http', retry_policy: retryJson(step) },
    ...(state === undefined ? {} : { params: { [STATE_PARAM]: { type: 'STRING', expression: state } } }),
  };
}

/** So is what an imported pod runs. */
function kubernetesJson({ pod, notebook }: KubernetesWork, step: StepDefinition): Written | undefined {
  if (pod !== undefined) return undefined;
  const type = notebook === undefined ? 'Kubernetes' : 'Notebook';
  return { wrapper: 'step', fields: { type, retry_policy: retryJson(step) } };
}

function loopJson(
  work: Extract<Work, { readonly kind: 'foreach' | 'while' }>,
  step: StepDefinition,
): Written | undefined {
  const steps = stepsJson(work.steps);
  if (steps === undefined) return undefined;
  if (work.kind === 'while') {
    return {
      wrapper: 'while',
      fields: { condition: work.condition, steps },
      params: { loop_params: work.all === undefined ? firstJson(work.values) : allJson(work.all) },
    };
  }
  const { strictOrdering } = work;
  const concurrency = givenJson(step, 'concurrency') ?? work.concurrency;
  const fields = {
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(strictOrdering === undefined ? {} : { strict_ordering: true }),
    steps,
  };
  return {
    wrapper: 'foreach',
    fields,
    params: { loop_params: work.all === undefined ? overJson(work.over) : allJson(work.all) },
  };
}

function allJson(expression: string): JsonObject {
  return { type: 'MAP', expression };
}

function retryJson(step: StepDefinition): JsonObject {
  const { user, platform, timeout, backoff, backoffs } = step.retry;
  return {
    error_retry_limit: givenJson(step, 'retry.user') ?? user,
    platform_retry_limit: givenJson(step, 'retry.platform') ?? platform,
    timeout_retry_limit: givenJson(step, 'retry.timeout') ?? timeout,
    backoff: {
      type: 'EXPONENTIAL_BACKOFF',
      ...backoffJson(step, 'user', backoffs?.user ?? backoff),
      ...backoffJson(step, 'platform', backoffs?.platform ?? backoff),
      ...backoffJson(step, 'timeout', backoffs?.timeout ?? backoff),
    },
  };
}

function backoffJson(
  step: StepDefinition,
  kind: 'user' | 'platform' | 'timeout',
  { first, longest, factor = 2 }: Backoff,
): JsonObject {
  const word = kind === 'user' ? 'error' : kind;
  return {
    [`${word}_retry_backoff_in_secs`]: givenJson(step, `backoff.${kind}.first`) ?? writeLength(first),
    [`${word}_retry_exponent`]: givenJson(step, `backoff.${kind}.factor`) ?? factor,
    [`${word}_retry_limit_in_secs`]: givenJson(step, `backoff.${kind}.longest`) ?? writeLength(longest),
  };
}
