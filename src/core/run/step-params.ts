// The parameters of a step of an imported definition: worked out each time that it begins, seen by all that comes after it,
// and handed down to what it runs.

import { type StepDefinition } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { type Entry, type Json } from '../json.ts';
import { type TypedEntry } from '../params/typed-entry.ts';
import { type Refusal } from '../refusal.ts';
import { type Milliseconds } from '../time.ts';
import { failStep } from './ending.ts';
import { loopStep, stepParams } from './imported-names.ts';
import { type Level } from './level.ts';
import { defaultOf } from './param-names.ts';
import { type StepState } from './state.ts';
import { atStep } from './steps-port.ts';
import { type RunWork } from './work.ts';

/** Works them out as the step begins; answers false if that failed, and the step with it. */
export function resolveStepParams(work: RunWork, index: number, step: StepDefinition): boolean {
  if (step.params === undefined) return true;
  const params = stepParams(atStep(work, index), index);
  if (params.ok) work.emit({ type: 'StepParamsResolved', step: index, params: params.value });
  else failStep(work, index, paramsFailure(step.id, params.failure));
  return params.ok;
}

function paramsFailure(id: string, refusals: readonly Refusal[]): Failure {
  const all = refusals.map(({ message }) => message).join('\n');
  return {
    kind: 'USER',
    code: 'STEP_PARAMS',
    message: `The parameters of step "${id}" could not be worked out: ${all}`,
    hint: 'Correct the step and apply the workflow again, then start a new run: a restart keeps the version.',
    retryable: false,
  };
}

/** The value of a step's own parameter, in JSON. */
export function stepParamJson(work: RunWork, index: number, name: string): Json | undefined {
  return work.run.steps[index]?.params?.find((param) => param.name === name)?.value;
}

/** A length of time that one of the step's own parameters gives in seconds; undefined, and the step failed, if it gives none. */
export function secondsOf(work: RunWork, index: number, name: string): Milliseconds | undefined {
  const value = stepParamJson(work, index, name);
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds === 'number' && seconds >= 0 && seconds <= LONGEST_SECONDS) return Math.round(seconds * SECOND);
  failStep(work, index, {
    kind: 'USER',
    code: 'STEP_PARAMS',
    message: `The parameter "${name}" must be a number of seconds from 0 to ${String(LONGEST_SECONDS)}, and it is ${JSON.stringify(value ?? null)}.`,
    hint: 'Correct the step and apply the workflow again, then start a new run: a restart keeps the version.',
    retryable: false,
  });
  return undefined;
}

const SECOND = 1000;
const LONGEST_SECONDS = 120 * 86_400;

/** Everything that a step gave under a name: its own parameters, then its outputs. */
export function givenBy({ params, outputs }: Pick<StepState, 'params' | 'outputs'>): readonly Entry[] {
  if (params === undefined) return outputs;
  const names = new Set(outputs.map(({ name }) => name));
  const own = params.filter(({ name }) => !names.has(name)).map(({ name, value }) => ({ name, value }));
  return [...own, ...outputs];
}

/** The default parameters on which all the others depend: a run that is started by this one is for the same time. */
const HANDED_DOWN: readonly string[] = ['RUN_TS', 'WORKFLOW_CRON_TIMEZONE'];

/** What a step hands down to the workflow that it runs: its own parameters, and if it says so all that are around it. */
export function inheritedBy(level: Level, index: number, inherits: 'step' | 'all'): readonly TypedEntry[] {
  const all = [...(inherits === 'all' ? paramsAround(level) : []), ...(level.run.steps[index]?.params ?? [])];
  const names = new Map(all.map(({ name, type, value }) => [name, { name, value, ...(type && { type }) }]));
  for (const name of ['subworkflow_id', 'subworkflow_version']) names.delete(name);
  return [...names.values()];
}

function paramsAround(level: Level): readonly TypedEntry[] {
  const { outer, run } = level;
  if (outer === undefined) return [...timesOf(level), ...run.params];
  const loop = loopStep(level, outer);
  const ofLoop = loop === undefined ? [] : (outer.run.steps[loop]?.params ?? []);
  return [...paramsAround(outer), ...ofLoop, ...run.params];
}

function timesOf(level: Level): readonly Entry[] {
  return HANDED_DOWN.flatMap((name): readonly Entry[] => {
    const value = defaultOf(level, name);
    if (typeof value === 'bigint') return [{ name, value: Number(value) }];
    return typeof value === 'string' ? [{ name, value }] : [];
  });
}
