// Steps as Maestro writes them: each says where it leads.

import { type JsonObject } from '../../../json.ts';
import { type Backoff, type FailureMode, type RetryPolicy, type StepDefinition, type Work } from '../../model.ts';
import { writeLength } from '../lengths.ts';
import { carriedJson } from './carried.ts';
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
  const { id, name, timeout, onFailure, params = [], carried = [] } = step;
  const all = { ...paramsJson(params), ...own.params };
  return {
    [own.wrapper]: {
      id,
      ...(name === undefined ? {} : { name }),
      ...carriedJson(carried, ''),
      ...own.fields,
      ...stepSignalsJson(step),
      ...(timeout === undefined ? {} : { timeout: writeLength(timeout) }),
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

function workJson({ work, retry }: StepDefinition): Written | undefined {
  switch (work.kind) {
    case 'noop':
      return { wrapper: 'step', fields: { type: 'NoOp', retry_policy: retryJson(retry) } };
    case 'sleep':
      return { wrapper: 'step', fields: { type: 'Sleep', retry_policy: retryJson(retry) } };
    case 'foreach':
    case 'while':
      return loopJson(work);
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
      return undefined;
  }
}

function loopJson(work: Extract<Work, { readonly kind: 'foreach' | 'while' }>): Written | undefined {
  const steps = stepsJson(work.steps);
  if (steps === undefined) return undefined;
  if (work.kind === 'while') {
    return {
      wrapper: 'while',
      fields: { condition: work.condition, steps },
      params: { loop_params: firstJson(work.values) },
    };
  }
  const { concurrency, strictOrdering } = work;
  const fields = {
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(strictOrdering === undefined ? {} : { strict_ordering: true }),
    steps,
  };
  return { wrapper: 'foreach', fields, params: { loop_params: overJson(work.over) } };
}

function retryJson({ user, platform, timeout, backoff, backoffs }: RetryPolicy): JsonObject {
  return {
    error_retry_limit: user,
    platform_retry_limit: platform,
    timeout_retry_limit: timeout,
    backoff: {
      type: 'EXPONENTIAL_BACKOFF',
      ...backoffJson('error', backoffs?.user ?? backoff),
      ...backoffJson('platform', backoffs?.platform ?? backoff),
      ...backoffJson('timeout', backoffs?.timeout ?? backoff),
    },
  };
}

function backoffJson(word: string, { first, longest, factor = 2 }: Backoff): JsonObject {
  return {
    [`${word}_retry_backoff_in_secs`]: writeLength(first),
    [`${word}_retry_exponent`]: factor,
    [`${word}_retry_limit_in_secs`]: writeLength(longest),
  };
}
