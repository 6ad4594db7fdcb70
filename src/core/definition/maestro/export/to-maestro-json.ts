// An imported definition as a document of Maestro's again. Reading that document gives the same definition.

import { type JsonObject } from '../../../json.ts';
import { type Refusal } from '../../../refusal.ts';
import { type Result, failed, success } from '../../../result.ts';
import { isTimed } from '../../is-timed.ts';
import { type Definition, type RunStrategy } from '../../model.ts';
import { carriedJson } from './carried.ts';
import { timeoutJson } from './given-limits.ts';
import { paramsJson } from './params.ts';
import { stepsJson } from './steps.ts';
import { signalTriggerJson, timeTriggerJson } from './triggers.ts';

/** Writes a definition as Maestro's JSON; one of our own is refused, since its expressions would mean something else there. */
export function toMaestroJson(definition: Definition): Result<JsonObject, Refusal> {
  const workflow = definition.dialect === 'maestro' ? workflowJson(definition) : undefined;
  if (workflow === undefined) return failed(notTheirs(definition));
  const { owner, runStrategy, carried = [] } = definition;
  const properties = {
    ...(owner === undefined ? {} : { owner }),
    run_strategy: strategyJson(runStrategy),
    ...carriedJson(carried, 'properties.'),
  };
  return success({ ...carriedJson(carried, 'request.'), properties, workflow });
}

function workflowJson(definition: Definition): JsonObject | undefined {
  const { id, name, description, params, triggers, carried = [] } = definition;
  const timeout = timeoutJson(definition);
  const steps = stepsJson(definition.steps);
  const times = triggers.filter(isTimed).map(timeTriggerJson);
  const signals = triggers.flatMap((trigger) => (isTimed(trigger) ? [] : [signalTriggerJson(trigger)]));
  const known = [...times, ...signals].every((trigger) => trigger !== undefined);
  if (steps === undefined || !known || definition.finally !== undefined) return undefined;
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...carriedJson(carried, 'workflow.'),
    ...(timeout === undefined ? {} : { timeout }),
    ...(times.length === 0 ? {} : { time_triggers: present(times) }),
    ...(signals.length === 0 ? {} : { signal_triggers: present(signals) }),
    ...(params.length === 0 ? {} : { params: paramsJson(params) }),
    steps,
  };
}

function present(all: readonly (JsonObject | undefined)[]): readonly JsonObject[] {
  return all.filter((one) => one !== undefined);
}

const RULES: Readonly<Record<RunStrategy['kind'], string>> = {
  sequential: 'SEQUENTIAL',
  'strict-sequential': 'STRICT_SEQUENTIAL',
  'first-only': 'FIRST_ONLY',
  'last-only': 'LAST_ONLY',
  'latest-only': 'SERIAL_LATEST_ONLY',
  parallel: 'PARALLEL',
};

function strategyJson(strategy: RunStrategy): JsonObject {
  const rule = RULES[strategy.kind];
  return strategy.kind === 'parallel' ? { rule, workflow_concurrency: strategy.limit } : { rule };
}

function notTheirs({ id, dialect }: Definition): Refusal {
  const why =
    dialect === 'maestro' ? 'it has been changed to what Maestro has no word for' : 'it is written in our own format';
  return {
    code: 'BAD_INPUT',
    message: `The workflow "${id}" cannot be written as a document of Maestro's: ${why}.`,
    path: [],
    hint: 'Workflows that were imported from Maestro can be exported again.',
  };
}
