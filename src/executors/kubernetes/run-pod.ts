// The course of an attempt that runs as a pod: make it, or find it again; follow it to its end; read what it gave.
// 1. A pod is of one attempt, whoever started it: an attempt that is sent out again goes on with the pod that is there.
// 2. A result is told while the pod is still there; it is removed once the result is taken.
// 3. Cancelled means that the cluster says the pod is gone.

import { createHash } from 'node:crypto';
import { type Failure } from '../../core/failure.ts';
import { success, type Result } from '../../core/result.ts';
import { type PodRequest } from '../../core/run/pod-request.ts';
import { type Instant, type Milliseconds } from '../../core/time.ts';
import {
  type AttemptListener,
  type AttemptResult,
  type AttemptSpec,
  type RunningAttempt,
} from '../../ports/executor.ts';
import { type Secrets } from '../../ports/secrets.ts';
import { createAttemptLog, type AttemptLog } from '../process/attempt-log.ts';
import { authorFailure, platformFailure, reasonOf } from '../process/failures.ts';
import { type AttemptLimits } from '../process/limits.ts';
import { createMask, type Mask } from '../process/mask.ts';
import { withSecrets } from '../process/step-secrets.ts';
import { type Cluster, ClusterError } from './cluster.ts';
import { collectFromPod, createPrinted } from './collect-from-pod.ts';
import { followPod } from './follow-pod.ts';
import { followLog } from './pod-log.ts';
import { type Pod } from './pod.ts';
import { podManifest, secretOf, type PodManifest } from './pod-manifest.ts';
import { MARKS, type Pods } from './pods.ts';
import { type PodWatch } from './pod-watch.ts';

/** What pods need from the server that starts them. */
export interface PodHost {
  readonly cluster: Cluster;
  readonly pods: Pods;
  readonly watch: PodWatch;
  readonly secrets: Secrets;
  readonly limits: AttemptLimits;
  /** Who among those that share the cluster this is. */
  readonly installation: string;
  /** How the images begin that may run. Absent: any. */
  readonly images: readonly string[] | undefined;
  readonly serverUrl: () => string;
  /** How long a pod may stand before its program begins where that will hardly change by itself. */
  readonly stuckFor: Milliseconds;
  now(): Instant;
}

interface Attempt {
  readonly host: PodHost;
  readonly spec: AttemptSpec;
  readonly work: PodRequest;
  readonly log: AttemptLog;
  readonly mask: Mask;
  readonly dispatch: string;
  readonly detached: AbortController;
  /** Its reason is the grace. */
  readonly cancelled: AbortController;
  /** The pod, once there is one. */
  pod: Pod | undefined;
}

/** Starts an attempt, or goes on with its pod; its course goes on by itself until the result settles. */
export function runPod(host: PodHost, spec: AttemptSpec, work: PodRequest, listener: AttemptListener): RunningAttempt {
  const mask = createMask();
  const attempt: Attempt = {
    host,
    spec,
    work,
    log: createAttemptLog({ listener, now: () => host.now(), limits: host.limits, mask }),
    mask,
    dispatch: createHash('sha256').update(`${spec.attemptId}\0${spec.token}`).digest('hex').slice(0, 32),
    detached: new AbortController(),
    cancelled: new AbortController(),
    pod: undefined,
  };
  return {
    result: course(attempt),
    cancel: (grace) => {
      attempt.cancelled.abort(grace);
    },
    detach: () => {
      attempt.detached.abort();
    },
    forget: () => {
      // If the cluster cannot be reached now, the pod is cleared up later.
      if (attempt.pod !== undefined) void host.pods.remove(attempt.pod, 0, attempt.dispatch).catch(() => undefined);
    },
  };
}

async function course(attempt: Attempt): Promise<AttemptResult> {
  const { mask, log } = attempt;
  const result = await toItsEnd(attempt).catch((error: unknown) => unreached(attempt, error));
  log.out.end();
  if (isGivenUp(attempt)) return { outcome: 'cancelled' };
  const ended: AttemptResult = result.ok ? result.value : { outcome: 'failed', failure: result.failure };
  if (ended.outcome !== 'failed') return ended;
  const { message, hint, ...failure } = ended.failure;
  const shown = { message: mask.hide(message), ...(hint === undefined ? {} : { hint: mask.hide(hint) }) };
  return { ...ended, failure: { ...failure, ...shown } };
}

function isGivenUp({ detached, cancelled }: Attempt): boolean {
  return detached.signal.aborted || cancelled.signal.aborted;
}

const GIVEN_UP = success<AttemptResult>({ outcome: 'cancelled' });

async function toItsEnd(attempt: Attempt): Promise<Result<AttemptResult, Failure>> {
  const { host, spec, work, log, mask } = attempt;
  const forbidden = imageFault(host.images, spec.stepId, work.image);
  if (forbidden !== undefined) return forbidden;
  const env = await withSecrets(spec, host.secrets, mask);
  if (!env.ok) return env;
  if (isGivenUp(attempt)) return GIVEN_UP;
  const manifest = podManifest({
    spec,
    work,
    env: env.value,
    secret: new Set(spec.env.flatMap(({ name, value }) => (typeof value === 'string' ? [] : [name]))),
    installation: host.installation,
    dispatch: attempt.dispatch,
    serverUrl: host.serverUrl(),
    limits: host.limits,
  });
  const pod = await insisting(attempt, () => place(attempt, manifest));
  if (!pod.ok) return pod;
  attempt.pod = pod.value;
  for (const note of manifest.notes) log.system(note);
  return follow(attempt, pod.value, manifest.name);
}

/** How long a cluster that does not answer is asked again: whether it has made the pod, nobody knows. */
const INSISTING: Milliseconds = 120_000;
const ASK_AGAIN: Milliseconds = 2000;

async function insisting<T>(attempt: Attempt, ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + INSISTING;
  for (let told = false; ; told = true) {
    try {
      return await ask();
    } catch (error) {
      const isFinal = error instanceof ClusterError && error.status < 500 && error.status !== 429;
      if (isFinal || isGivenUp(attempt) || performance.now() > until) throw error;
      if (!told) attempt.log.system(`The cluster does not answer: ${reasonOf(error)}. It is asked again.`);
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
    }
  }
}

/** Makes the pod, or takes over the one that an earlier dispatch of the attempt has made. */
async function place(attempt: Attempt, { pod, name, secrets }: PodManifest): Promise<Result<Pod, Failure>> {
  const { host, spec, log, dispatch, work } = attempt;
  const made = await host.pods.create(pod);
  if (made !== undefined) {
    log.system(`The pod ${name} runs the image ${work.image} in the namespace ${await host.cluster.namespace()}.`);
    if (secrets.length > 0) await host.pods.keepSecret(secretOf(made, secrets));
    return success(made);
  }
  const there = await host.pods.read(name);
  if (there === undefined) {
    return platformFailure('POD_GONE', `The pod ${name} of step "${spec.stepId}" went while it was looked for.`);
  }
  if (there.metadata.annotations?.[MARKS.attempt] !== spec.attemptId) return nameTaken(spec.stepId, name);
  log.system(`The pod ${name} is there already: this server goes on with it, and reads its output from the beginning.`);
  const taken = await host.pods.takeOver(name, dispatch);
  // Who made it may have ended before its secrets were kept.
  if (secrets.length > 0) await host.pods.keepSecret(secretOf(taken, secrets));
  return success(taken);
}

async function follow(attempt: Attempt, pod: Pod, name: string): Promise<Result<AttemptResult, Failure>> {
  const { host, spec, work, log, mask, detached, cancelled } = attempt;
  const printed = work.outputs === 'PRINTED' ? createPrinted(host.limits) : undefined;
  const lastLine = createLastLine();
  const gone = new AbortController();
  let isOver = false;
  let reading: Promise<boolean> | undefined;
  const read = (): Promise<boolean> =>
    (reading ??= followLog({
      cluster: host.cluster,
      name,
      signal: AbortSignal.any([detached.signal, gone.signal]),
      emit: (text) => {
        printed?.write(text);
        lastLine.write(text);
        log.out.write(Buffer.from(text));
      },
      isOver: () => isOver,
    }));
  const end = await followPod({
    ...{ watch: host.watch, pods: host.pods, pod, name, stepId: spec.stepId, dispatch: attempt.dispatch },
    ...{ stuckFor: host.stuckFor, detached: detached.signal, cancelled: cancelled.signal, say: log.system },
    begun: () => void read(),
  });
  isOver = true;
  if (!end.ok || end.value === undefined) {
    gone.abort();
    return end.ok ? GIVEN_UP : end;
  }
  if (!(await read())) log.system('The end of its output could not be read from the cluster.');
  return collectFromPod(
    { spec, limits: host.limits, mask, say: log.system, lastLine: lastLine.last() },
    end.value,
    printed,
  );
}

const LONGEST_QUOTE = 400;

/** Remembers the beginning of the last line that is not blank. */
function createLastLine(): { write(text: string): void; last(): string | undefined } {
  let line = '';
  let last: string | undefined;
  return {
    write: (text) => {
      for (const [index, part] of text.split('\n').entries()) {
        if (index > 0) line = '';
        if (line.length < LONGEST_QUOTE) line += part.slice(0, LONGEST_QUOTE);
        if (line.trim() !== '') last = line;
      }
    },
    last: () => last,
  };
}

function imageFault(
  images: readonly string[] | undefined,
  stepId: string,
  image: string,
): Result<never, Failure> | undefined {
  if (images === undefined || images.some((begin) => image.startsWith(begin))) return undefined;
  return authorFailure(
    'IMAGE_NOT_ALLOWED',
    `Step "${stepId}" may not run the image ${image}: images that may run begin with ${images.join(', ')}.`,
    'Whoever runs the server can allow more in DOWNBEAT_KUBERNETES_IMAGES.',
  );
}

function nameTaken(stepId: string, name: string): Result<never, Failure> {
  return authorFailure(
    'POD_NAME_TAKEN',
    `Step "${stepId}" cannot have the pod ${name}: there is one of that name, and it is not of this attempt.`,
    'Let the name be another for each attempt, or leave it out: then it is made from the attempt.',
  );
}

/** What the cluster refuses is for the author or for whoever runs the server; what does not answer may later. */
function unreached({ spec }: Attempt, error: unknown): Result<never, Failure> {
  if (!(error instanceof ClusterError)) {
    return platformFailure(
      'KUBERNETES_AWAY',
      `The cluster could not be asked about the pod of step "${spec.stepId}": ${reasonOf(error)}.`,
      'It is tried again as `retry` says. `downbeat doctor` tells whether this server reaches the cluster.',
    );
  }
  if (error.status === 422 || error.status === 400) {
    return authorFailure(
      'BAD_POD',
      `The cluster takes no such pod for step "${spec.stepId}": ${error.message}`,
      'Correct what `kubernetes` says, and apply the workflow again.',
    );
  }
  const isForbidden = error.status === 401 || error.status === 403;
  return platformFailure(
    isForbidden ? 'KUBERNETES_FORBIDDEN' : 'KUBERNETES_REFUSED',
    `The cluster refused the pod of step "${spec.stepId}": ${error.message}`,
    isForbidden
      ? 'The account of this server lacks rights there, or a quota is used up: deploy/kubernetes/role.yaml lists what it needs.'
      : 'It is tried again as `retry` says.',
  );
}
