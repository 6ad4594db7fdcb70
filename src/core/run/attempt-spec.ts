// Work that leaves the engine, with everything looked up but secrets: what an executor is handed.

import { graphOf } from '../definition/graph.ts';
import { type FileReference, type OutputDeclaration, type Program, type StepDefinition } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { attemptId, loopsOf, runEntity } from '../ids.ts';
import { type Entry, type Json, type JsonObject } from '../json.ts';
import { type Result, failed, success } from '../result.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import { type EnvironmentText } from './environment-text.ts';
import { renderEnvironment } from './evaluation.ts';
import { type HttpExchange, httpExchange } from './http-exchange.ts';
import { type NotebookCall, notebookCall } from './notebook-call.ts';
import { type PodRequest, podRequest } from './pod-request.ts';
import { type Level } from './scope.ts';

/** Work that leaves the engine, with nothing left to look up but secrets. */
export interface AttemptSpec {
  /** Stable over re-dispatch: `attempt:penguins/12.1/train/1`. */
  readonly attemptId: string;
  /** New at every dispatch; a report with an old one is refused. */
  readonly token: string;
  readonly runId: string;
  readonly stepId: string;
  readonly work: ExecutorWork;
  /** The step's own `env`, interpolated; secrets are references, which whoever does the work looks up. */
  readonly env: readonly Entry<EnvironmentText>[];
  /** The run's parameters, typed values as JSON: `$DOWNBEAT_PARAMS` and, where scalar, `PARAM_<NAME>`. */
  readonly params: JsonObject;
  /** Files of the version, laid into the working folder. */
  readonly files: readonly FileReference[];
  /** Artifacts of the steps that this one needs, directly: laid into `$DOWNBEAT_INPUTS/<step>/…`. */
  readonly inputs: readonly InputArtifacts[];
  readonly outputs: readonly OutputDeclaration[];
  /** Paths or globs in the working folder that are kept on success, beside `$DOWNBEAT_ARTIFACTS`. */
  readonly artifacts: readonly string[];
  /** How long the program may give no sign of life. Absent: as long as it likes. */
  readonly heartbeat?: Milliseconds;
  readonly scheduledFor?: Instant;
}

/** The kinds of work that need an executor. */
export type ExecutorWork =
  | { readonly kind: 'shell'; readonly script: string }
  | { readonly kind: 'python'; readonly program: Program; readonly requirements?: readonly string[] }
  | { readonly kind: 'node'; readonly program: Program }
  | NotebookCall
  | HttpExchange
  | PodRequest;

/** The artifacts of one needed step. */
export interface InputArtifacts {
  readonly step: string;
  readonly artifacts: readonly FileReference[];
}

/** What to hand out for the newest attempt of a step, or why it cannot be made. */
export function attemptSpec(level: Level, step: number): Result<AttemptSpec, Failure> {
  const { run, definition } = level;
  const defined = graphOf(definition).steps[step]?.step;
  const attempt = run.steps[step]?.attempts.at(-1);
  if (defined === undefined || attempt?.token === undefined) return failed(nothingToDo(step));
  const work = executorWork(level, step, defined);
  if (!work.ok) return work;
  const env = environment(level, defined);
  if (!env.ok) return env;
  return success({
    attemptId: attemptId(run, defined.id, attempt.number),
    token: attempt.token,
    runId: runEntity(run),
    stepId: defined.id,
    work: work.value,
    env: env.value,
    params: Object.fromEntries(paramsOf(level)),
    files: definition.files,
    inputs: inputsOf(level, defined),
    outputs: defined.outputs,
    artifacts: defined.artifacts,
    ...(defined.heartbeat === undefined ? {} : { heartbeat: defined.heartbeat }),
    ...(run.scheduledFor === undefined ? {} : { scheduledFor: run.scheduledFor }),
  });
}

/** The part of a step's work that an executor does. */
function executorWork(level: Level, index: number, { id, work }: StepDefinition): Result<ExecutorWork, Failure> {
  switch (work.kind) {
    case 'shell':
    case 'python':
    case 'node':
      return success(work);
    case 'notebook':
      return success(notebookCall(level, work));
    case 'http':
      return httpExchange(level, { index, id, work });
    case 'kubernetes':
      return podRequest(level, { index, id, work });
    case 'noop':
    case 'wait':
    case 'sleep':
    case 'publish':
    case 'foreach':
    case 'while':
    case 'workflow':
      return failed(nothingToDo(index));
  }
}

/** Those of the run, and inside a loop also those of the loop. */
function paramsOf({ run, outer }: Level): readonly (readonly [string, Json])[] {
  const own = run.params.map(({ name, value }): [string, Json] => [name, value]);
  return outer === undefined ? own : [...paramsOf(outer), ...own];
}

function environment(level: Level, step: StepDefinition): Result<readonly Entry<EnvironmentText>[], Failure> {
  const env: Entry<EnvironmentText>[] = [];
  for (const { name, value } of step.env) {
    const text = renderEnvironment(level, value);
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

/** What the steps that this one needs have kept. A first step inside a loop is handed what the loop's step needs. */
function inputsOf(level: Level, step: StepDefinition): readonly InputArtifacts[] {
  const { indexes } = graphOf(level.definition);
  const own = step.needs.flatMap((need) => {
    const artifacts = level.run.steps[indexes.get(need.step) ?? -1]?.artifacts ?? [];
    return artifacts.length === 0 ? [] : [{ step: need.step, artifacts }];
  });
  return [...own, ...loopInputs(level)];
}

function loopInputs({ run, outer }: Level): readonly InputArtifacts[] {
  if (outer === undefined || run.path === undefined) return [];
  const id = loopsOf(run.path).at(-1) ?? '';
  const loop = graphOf(outer.definition).steps.find(({ step }) => step.id === id);
  return loop === undefined ? [] : inputsOf(outer, loop.step);
}

function nothingToDo(step: number): Failure {
  return {
    kind: 'INTERNAL',
    code: 'NOTHING_TO_DO',
    message: `Step ${String(step)} has no attempt that an executor could do.`,
    retryable: false,
  };
}
