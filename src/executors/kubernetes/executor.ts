// Does `kubernetes` steps as pods of a cluster.

import { type Instant, type Milliseconds } from '../../core/time.ts';
import { type AttemptSpec, type Executor } from '../../ports/executor.ts';
import { type Secrets } from '../../ports/secrets.ts';
import { authorFailure } from '../process/failures.ts';
import { type AttemptLimits, DEFAULT_LIMITS } from '../process/limits.ts';
import { type ClusterPlace, createCluster } from './cluster.ts';
import { createPods, MARKS, type Pods } from './pods.ts';
import { createPodWatch } from './pod-watch.ts';
import { type PodHost, runPod } from './run-pod.ts';

/** What the executor is made of. */
export interface KubernetesExecutorOptions {
  /** Absent: there is no cluster, and such steps fail with a sentence that says so. */
  readonly place: ClusterPlace | undefined;
  /** Tells the pods of this installation from those of others in the same namespace; a short word. */
  readonly installation: string;
  /** How the images begin that may run. Absent: any. */
  readonly images?: readonly string[] | undefined;
  readonly secrets: Secrets;
  /** What steps see as `DOWNBEAT_URL`. */
  readonly serverUrl: () => string;
  readonly limits?: Partial<AttemptLimits>;
  /** How long a pod may stand that cannot begin, as where its image is not to be had. Default: 5 minutes. */
  readonly stuckFor?: Milliseconds;
  /** The store's time, for lines of log. */
  now(): Instant;
}

const STUCK_FOR: Milliseconds = 300_000;

/** Makes an executor of pods. Nothing is asked of the cluster before the first start. */
export function createKubernetesExecutor(options: KubernetesExecutorOptions): Executor {
  const { place, installation } = options;
  if (place === undefined) return { kinds: ['kubernetes'], start: (spec) => notSet(spec) };
  const cluster = createCluster(place);
  const pods = createPods(cluster);
  const selector = `${MARKS.installation}=${installation}`;
  const host: PodHost = {
    cluster,
    pods,
    watch: createPodWatch(cluster, pods, selector),
    secrets: options.secrets,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    installation,
    images: options.images,
    serverUrl: options.serverUrl,
    stuckFor: options.stuckFor ?? STUCK_FOR,
    now: () => options.now(),
  };
  return {
    kinds: ['kubernetes'],
    start: (spec, listener) => {
      const { work } = spec;
      return work.kind === 'kubernetes' ? runPod(host, spec, work, listener) : notSet(spec);
    },
    clearUp: (isOver) => clearUp(pods, selector, isOver),
  };
}

/** A pod that is over is kept for the way of its result home. */
async function clearUp(pods: Pods, selector: string, isOver: (attemptId: string) => Promise<boolean>): Promise<void> {
  const { items } = await pods.list(selector);
  for (const pod of items) {
    const attempt = pod.metadata.annotations?.[MARKS.attempt];
    if (attempt === undefined || pod.metadata.deletionTimestamp !== undefined) continue;
    if (await isOver(attempt)) await pods.remove(pod, 0);
  }
}

function notSet({ stepId }: AttemptSpec): ReturnType<Executor['start']> {
  const { failure } = authorFailure(
    'KUBERNETES_NOT_SET',
    `Step "${stepId}" runs in Kubernetes, and this server has no cluster.`,
    'Whoever runs the server names one: DOWNBEAT_KUBERNETES=/path/of/a/kubeconfig, or in-cluster where the server itself is a pod.',
  );
  return { result: Promise.resolve({ outcome: 'failed', failure }), cancel: () => undefined };
}
