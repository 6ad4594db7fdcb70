// Work that leaves the engine, with everything looked up: what an executor is handed.

import {
  type Definition,
  type FileReference,
  type OutputDeclaration,
  type Program,
  type StepDefinition,
} from '../definition/model.ts';
import { parseTemplate, render } from '../expression/template.ts';
import { type Failure } from '../failure.ts';
import { attemptId, runEntity } from '../ids.ts';
import { type Entry, type Json, type JsonObject } from '../json.ts';
import { type Result, failed, success } from '../result.ts';
import { type Instant } from '../time.ts';
import { follow, scopeOf } from './scope.ts';
import { type RunState } from './state.ts';

/** Work that leaves the engine, with nothing left to look up. */
export interface AttemptSpec {
  /** Stable over re-dispatch: `attempt:penguins/12.1/train/1`. */
  readonly attemptId: string;
  /** New at every dispatch; a report with an old one is refused. */
  readonly token: string;
  readonly runId: string;
  readonly stepId: string;
  readonly work: ExecutorWork;
  /** The step's own `env`, interpolated. */
  readonly env: readonly Entry<string>[];
  /** The run's parameters, typed values as JSON: `$DOWNBEAT_PARAMS` and, where scalar, `PARAM_<NAME>`. */
  readonly params: JsonObject;
  /** Files of the version, laid into the working folder. */
  readonly files: readonly FileReference[];
  /** Artifacts of the steps that this one needs, directly: laid into `$DOWNBEAT_INPUTS/<step>/…`. */
  readonly inputs: readonly InputArtifacts[];
  readonly outputs: readonly OutputDeclaration[];
  /** Paths or globs in the working folder that are kept on success, beside `$DOWNBEAT_ARTIFACTS`. */
  readonly artifacts: readonly string[];
  readonly scheduledFor?: Instant;
}

/** The kinds of work that need an executor. */
export type ExecutorWork =
  | { readonly kind: 'shell'; readonly script: string }
  | { readonly kind: 'python'; readonly program: Program }
  | { readonly kind: 'node'; readonly program: Program };

/** The artifacts of one needed step. */
export interface InputArtifacts {
  readonly step: string;
  readonly artifacts: readonly FileReference[];
}

/** What to hand out for the newest attempt of a step, or why it cannot be made. */
export function attemptSpec(run: RunState, definition: Definition, step: number): Result<AttemptSpec, Failure> {
  const defined = definition.steps[step];
  const attempt = run.steps[step]?.attempts.at(-1);
  if (defined === undefined || attempt === undefined) return failed(nothingToDo(step));
  const work = executorWork(defined);
  if (work === undefined) return failed(nothingToDo(step));
  const env = environment(run, definition, defined);
  if (!env.ok) return env;
  return success({
    attemptId: attemptId(run, defined.id, attempt.number),
    token: attempt.token,
    runId: runEntity(run),
    stepId: defined.id,
    work,
    env: env.value,
    params: Object.fromEntries(run.params.map(({ name, value }): [string, Json] => [name, value])),
    files: definition.files,
    inputs: inputsOf(run, definition, defined),
    outputs: defined.outputs,
    artifacts: defined.artifacts,
    ...(run.scheduledFor === undefined ? {} : { scheduledFor: run.scheduledFor }),
  });
}

/** The part of a step's work that an executor does; undefined for what never leaves the engine. */
export function executorWork(step: StepDefinition): ExecutorWork | undefined {
  switch (step.work.kind) {
    case 'shell':
    case 'python':
    case 'node':
      return step.work;
    case 'noop':
    case 'sleep':
    case 'publish':
      return undefined;
  }
}

function environment(
  run: RunState,
  definition: Definition,
  step: StepDefinition,
): Result<readonly Entry<string>[], Failure> {
  const scope = scopeOf(run, definition);
  const env: Entry<string>[] = [];
  for (const { name, value } of step.env) {
    const template = parseTemplate(value);
    const text = template.ok ? render(template.value, (path) => follow(scope, path)) : template;
    if (!text.ok) {
      return failed({
        kind: 'USER',
        code: text.failure.code,
        message: `The environment variable ${name} of step "${step.id}" could not be made: ${text.failure.message}`,
        hint: 'Check that what it mentions was given by a step before it.',
        retryable: false,
      });
    }
    env.push({ name, value: text.value });
  }
  return success(env);
}

function inputsOf(run: RunState, definition: Definition, step: StepDefinition): readonly InputArtifacts[] {
  return step.needs.flatMap((need) => {
    const artifacts = run.steps[definition.steps.findIndex((other) => other.id === need.step)]?.artifacts ?? [];
    return artifacts.length === 0 ? [] : [{ step: need.step, artifacts }];
  });
}

function nothingToDo(step: number): Failure {
  return {
    kind: 'INTERNAL',
    code: 'NOTHING_TO_DO',
    message: `Step ${String(step)} has no attempt that an executor could do.`,
    retryable: false,
  };
}
