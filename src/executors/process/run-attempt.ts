// The course of one attempt: make a place, lay files, run the program, read what it reported, keep what it left, tidy up.
// Guarantees: the result settles once and never rejects, after nothing of the attempt is left running and its place is removed.

import { createHash } from 'node:crypto';
import { type Failure } from '../../core/failure.ts';
import { failed, success, type Failed, type Result } from '../../core/result.ts';
import { type Instant, type Milliseconds } from '../../core/time.ts';
import { type FileReference } from '../../core/definition/model.ts';
import { type Blobs } from '../../ports/blobs.ts';
import {
  type AttemptListener,
  type AttemptResult,
  type AttemptSpec,
  type RunningAttempt,
} from '../../ports/executor.ts';
import { type Secrets } from '../../ports/secrets.ts';
import { collectArtifacts } from './artifacts.ts';
import { createAttemptLog, type AttemptLog } from './attempt-log.ts';
import { environmentOf, type Environment, MARKER } from './environment.ts';
import { exitFailure } from './exit-failure.ts';
import { authorFailure, platformFailure, reasonOf, systemCodeOf } from './failures.ts';
import { findProgram } from './find-program.ts';
import { type Launch, type Preparation, type Stage } from './launch.ts';
import { layInputs, layWork } from './lay-files.ts';
import { type AttemptLimits } from './limits.ts';
import { collectOutputs } from './outputs.ts';
import { createLineSplitter } from './line-splitter.ts';
import { createMask, type Mask } from './mask.ts';
import { createPlace, type Place, type StepUser } from './place.ts';
import { createPulse, type Pulse } from './pulse.ts';
import { listProcesses } from './processes.ts';
import { startGroup, type GroupCommand, type GroupEnd, type ProcessGroup } from './process-group.ts';
import { isInside } from './relative-path.ts';
import { removeTree } from './remove-tree.ts';
import { collectSignals } from './signals.ts';
import { withSecrets } from './step-secrets.ts';

/** How long a step may take to end that gave no sign of life, before it is killed. */
const SILENT_GRACE: Milliseconds = 10_000;

/** What attempts need from the server that they run on. */
export interface Host {
  readonly blobs: Blobs;
  readonly secrets: Secrets;
  /** The folder in which places are made. */
  home(): Promise<string>;
  readonly serverUrl: () => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly limits: AttemptLimits;
  readonly user: StepUser | undefined;
  now(): Instant;
}

/** One attempt, with all that its parts share. */
interface Attempt {
  readonly host: Host;
  readonly spec: AttemptSpec;
  readonly launch: Launch;
  readonly log: AttemptLog;
  /** Knows the secrets of the attempt from the moment that they are looked up. */
  readonly mask: Mask;
  readonly stop: Stop;
  /** Marks the dispatch: made from the token, which it does not give away. */
  readonly marker: string;
}

/** The wish that an attempt ends, and the group that it is passed on to. */
interface Stop {
  requested: Milliseconds | undefined;
  group: ProcessGroup | undefined;
  /** Resolves at the first request. */
  readonly wished: Promise<void>;
}

/** Starts an attempt; its course goes on by itself until the result settles. */
export function runAttempt(host: Host, spec: AttemptSpec, launch: Launch, listener: AttemptListener): RunningAttempt {
  let wish = (): void => undefined;
  const wished = new Promise<void>((resolve) => {
    wish = resolve;
  });
  const stop: Stop = { requested: undefined, group: undefined, wished };
  const mask = createMask();
  const { ownLines } = launch;
  const log = createAttemptLog({ listener, now: () => host.now(), limits: host.limits, mask, ownLines });
  const marker = createHash('sha256').update(`${spec.attemptId}\0${spec.token}`).digest('hex').slice(0, 32);
  return {
    result: course({ host, spec, launch, log, mask, stop, marker }),
    cancel: (grace) => {
      stop.requested = Math.min(grace, stop.requested ?? Infinity);
      stop.group?.stop(grace);
      wish();
    },
  };
}

async function course(attempt: Attempt): Promise<AttemptResult> {
  const { host, spec, marker } = attempt;
  let place: Place | undefined;
  let result: Result<AttemptResult, Failure>;
  try {
    place = await createPlace(await host.home(), { spec, marker, user: host.user });
    result = await workIn(attempt, place);
  } catch (error) {
    result = platformFailure(
      'EXECUTOR_FAILED',
      `The server could not do its part of step "${spec.stepId}": ${reasonOf(error)}`,
      'It is tried again; if it stays, look at the disk, the store and the log of the server.',
    );
  }
  if (place !== undefined) await removeTree(place.root);
  if (attempt.stop.requested !== undefined) return { outcome: 'cancelled' };
  return result.ok ? result.value : { outcome: 'failed', failure: hidden(result.failure, attempt.mask) };
}

/** What a failure quotes of the step may hold a secret. */
function hidden({ message, hint, ...failure }: Failure, mask: Mask): Failure {
  return { ...failure, message: mask.hide(message), ...(hint !== undefined && { hint: mask.hide(hint) }) };
}

async function workIn(attempt: Attempt, place: Place): Promise<Result<AttemptResult, Failure>> {
  const { spec } = attempt;
  const command = await prepare(attempt, place);
  if (!command.ok) return command;
  if (isStopped(attempt)) return success({ outcome: 'cancelled' });
  const pulse = pulseOf(attempt, place);
  const end = await runToEnd(attempt, pulse === undefined ? command.value : pulse.hear(command.value));
  pulse?.end();
  if (!end.ok) return end;
  if (isStopped(attempt)) return success({ outcome: 'cancelled' });
  if (pulse?.isLost() === true) return failed(silence(spec));
  const failure = failureOf(attempt, end.value);
  return failure === undefined ? collect(attempt, place) : failed(failure);
}

/** What the program itself said of its failure, where its kind has words for that; else what its end means. */
function failureOf({ spec, launch, log }: Attempt, end: GroupEnd): Failure | undefined {
  if (end.code === 0) return undefined;
  const said = log.lastError();
  return launch.failureOf?.(said ?? '', spec) ?? exitFailure(end, spec, said);
}

/** Where the step must give signs of life: it is ended once they are missed. */
function pulseOf({ spec, stop, log }: Attempt, { outputs, heartbeat }: Place): Pulse | undefined {
  if (spec.heartbeat === undefined) return undefined;
  return createPulse(spec.heartbeat, [outputs, heartbeat], () => {
    log.system('It gave no sign of life for as long as its heartbeat allows, and is ended.');
    stop.group?.stop(SILENT_GRACE);
  });
}

function silence({ stepId, heartbeat = 0 }: AttemptSpec): Failure {
  return {
    kind: 'TIMEOUT',
    code: 'HEARTBEAT_TIMEOUT',
    message: `Step "${stepId}" gave no sign of life for ${String(heartbeat / 1000)} s, as its heartbeat says, and was ended.`,
    hint: `If it works quietly, let it print a line or touch "$DOWNBEAT_HEARTBEAT" now and then; if it hung, \`retry: { timeout: 1 }\` gives it another try.`,
    retryable: true,
  };
}

async function prepare(attempt: Attempt, place: Place): Promise<Result<GroupCommand, Failure>> {
  const { host, spec, launch } = attempt;
  const env = await withSecrets(spec, host.secrets, attempt.mask);
  if (!env.ok) return env;
  const environment = environmentOf({
    spec,
    env: env.value,
    place,
    server: host.environment,
    serverUrl: host.serverUrl(),
    kind: launch.variables,
    marker: attempt.marker,
    variableBytes: host.limits.variableBytes,
  });
  if (!environment.ok) return environment;
  for (const note of environment.value.notes) attempt.log.system(note);
  for (const lay of [layWork, layInputs]) {
    const laid = await lay(host, spec, place, launch);
    if (!laid.ok) return laid;
  }
  const program = await programOf(attempt, place, environment.value);
  if (!program.ok) return program;
  const provided = await provide(attempt, program.value, environment.value);
  if (!provided.ok) return provided;
  return success({
    program: [provided.value.interpreter, ...launch.arguments],
    folder: place.work,
    variables: provided.value.variables,
    marker: attempt.marker,
    user: host.user,
    before: await listProcesses(),
    onOutput: attempt.log.out.write,
    onError: attempt.log.err.write,
  });
}

async function programOf(attempt: Attempt, place: Place, environment: Environment): Promise<Result<string, Failure>> {
  const { launch, spec } = attempt;
  if (launch.file !== undefined && !spec.files.some((file) => file.path === launch.file && isInside(file.path))) {
    return authorFailure(
      'PROGRAM_NOT_FOUND',
      `Step "${spec.stepId}" runs "${launch.file}", which is not among the files of this version.`,
      'Apply the workflow again from the folder that has the file.',
    );
  }
  const path = environment.variables['PATH'];
  const program = await findProgram(launch.interpreter, path, place.work);
  if (program !== undefined) return success(program);
  return authorFailure(
    'INTERPRETER_NOT_FOUND',
    `Step "${spec.stepId}" needs ${launch.interpreter}, which is not there (PATH is ${path ?? 'not set'}).`,
    launch.installHint,
  );
}

/** Makes ready what the kind of program needs; without anything of that kind, the interpreter and the variables stay. */
async function provide(
  attempt: Attempt,
  interpreter: string,
  { variables }: Environment,
): Promise<Result<{ readonly interpreter: string; readonly variables: Record<string, string> }, Failure>> {
  const { host, spec, launch, log, stop } = attempt;
  if (launch.provide === undefined) return success({ interpreter, variables });
  const stage: Stage = {
    stepId: spec.stepId,
    interpreter,
    path: variables['PATH'] ?? '',
    user: host.user,
    run: (preparation) => runPreparation(attempt, preparation),
    say: (text) => {
      log.system(text);
    },
    isStopped: () => isStopped(attempt),
    stopped: stop.wished,
  };
  const provided = await launch.provide(stage);
  if (!provided.ok) return provided;
  const own = Object.fromEntries(provided.value.variables.map(({ name, value }) => [name, value]));
  return success({ interpreter: provided.value.interpreter, variables: { ...variables, ...own } });
}

async function runPreparation(attempt: Attempt, preparation: Preparation): Promise<GroupEnd> {
  const { host, marker, stop, mask } = attempt;
  const out = createLineSplitter(host.limits.lineLength, preparation.onLine, mask);
  const err = createLineSplitter(host.limits.lineLength, preparation.onLine, mask);
  const before = await listProcesses();
  if (isStopped(attempt)) return { code: null, signal: 'SIGTERM' };
  stop.group = startGroup({
    program: preparation.program,
    folder: preparation.folder,
    variables: { ...preparation.variables, [MARKER]: marker },
    marker,
    user: host.user,
    before,
    onOutput: out.write,
    onError: err.write,
  });
  const end = await stop.group.ended;
  stop.group = undefined;
  out.end();
  err.end();
  return end;
}

async function runToEnd(attempt: Attempt, command: GroupCommand): Promise<Result<GroupEnd, Failure>> {
  try {
    const group = startGroup(command);
    attempt.stop.group = group;
    const end = await group.ended;
    attempt.log.out.end();
    attempt.log.err.end();
    return success(end);
  } catch (error) {
    if (systemCodeOf(error) !== 'E2BIG') throw error;
    return authorFailure(
      'ENVIRONMENT_TOO_LARGE',
      `The parameters and the env of step "${attempt.spec.stepId}" are larger than the system lets a program be given.`,
      'Make them smaller, or keep what is large in a file of the version or in an artifact.',
    );
  }
}

async function collect(attempt: Attempt, place: Place): Promise<Result<AttemptResult, Failure>> {
  const { host, spec, launch, mask } = attempt;
  const outputs = await collectOutputs(spec, place.outputs, { limits: host.limits, mask });
  if (!outputs.ok) return outputs;
  const signals = await collectSignals(spec, place.signals, { limits: host.limits, mask });
  if (!signals.ok) return signals;
  const keeper = { blobs: host.blobs, limits: host.limits, isStopped: () => isStopped(attempt) };
  await launch.finish?.(place, mask);
  const kept = { ...spec, artifacts: [...(launch.keeps ?? []), ...spec.artifacts] };
  const artifacts = await collectArtifacts(kept, place, keeper);
  if (!artifacts.ok) return artifacts;
  const exposed = exposedByPath(attempt, artifacts.value);
  if (exposed !== undefined) return exposed;
  return success({ outcome: 'succeeded', outputs: outputs.value, signals: signals.value, artifacts: artifacts.value });
}

function exposedByPath({ spec, mask }: Attempt, artifacts: readonly FileReference[]): Failed<Failure> | undefined {
  const secret = artifacts.map(({ path }) => mask.find(path)).find((name) => name !== undefined);
  if (secret === undefined) return undefined;
  return authorFailure(
    'SECRET_EXPOSED',
    `Step "${spec.stepId}" left an artifact whose path holds the secret "${secret}".`,
    'Give the file another name: the paths of artifacts are kept and shown to everyone.',
  );
}

function isStopped(attempt: Attempt): boolean {
  return attempt.stop.requested !== undefined;
}
