// The pods of this installation: made, found again, told to end. Each carries the attempt it is of, and the dispatch that last took
// it over; only that one may end it.

import { type Milliseconds } from '../../core/time.ts';
import { type Cluster, ClusterError } from './cluster.ts';
import { type Pod, type PodList, type Wanted } from './pod.ts';

/** What pods carry, so that they are found again. */
export const MARKS = {
  /** A label: pods of one installation. */
  installation: 'downbeat.dev/installation',
  /** Annotations. */
  attempt: 'downbeat.dev/attempt',
  dispatch: 'downbeat.dev/dispatch',
  params: 'downbeat.dev/params',
} as const;

/** Pods, by name. */
export interface Pods {
  /** Makes a pod; undefined if one of that name is there. */
  create(pod: Wanted): Promise<Pod | undefined>;
  /** Undefined if there is none. */
  read(name: string): Promise<Pod | undefined>;
  list(selector: string): Promise<PodList>;
  /** Writes into it which dispatch it belongs to from now on. */
  takeOver(name: string, dispatch: string): Promise<Pod>;
  /** Keeps values for it, which go when it goes. It waits for them before it starts. */
  keepSecret(secret: Wanted): Promise<void>;
  /** Tells it to end, if it is still that very pod and belongs to that dispatch. */
  remove(pod: Pod, grace: Milliseconds, dispatch?: string): Promise<void>;
}

/** The pods of a cluster. */
export function createPods(cluster: Cluster): Pods {
  const read = (name: string): Promise<Pod | undefined> =>
    unless('NotFound', () => cluster.send<Pod>({ method: 'GET', path: `pods/${name}` }));
  return {
    create: (pod) => unless('AlreadyExists', () => cluster.send<Pod>({ method: 'POST', path: 'pods', body: pod })),
    read,
    list: (labelSelector) => cluster.send<PodList>({ method: 'GET', path: 'pods', query: { labelSelector } }),
    takeOver: (name, dispatch) =>
      cluster.send<Pod>({
        method: 'PATCH',
        path: `pods/${name}`,
        body: { metadata: { annotations: { [MARKS.dispatch]: dispatch } } },
      }),
    keepSecret: async (secret) => {
      await unless('AlreadyExists', () => cluster.send({ method: 'POST', path: 'secrets', body: secret }));
    },
    remove: (pod, grace, dispatch) => remove({ cluster, read }, pod, grace, dispatch),
  };
}

/** What it is asked again if the pod changed between looking and ending. */
const TRIES = 5;

async function remove(
  { cluster, read }: { readonly cluster: Cluster; readonly read: Pods['read'] },
  { metadata: { name, uid } }: Pod,
  grace: Milliseconds,
  dispatch: string | undefined,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const there = await read(name);
    if (there?.metadata.uid !== uid || !isOf(there, dispatch)) return;
    const preconditions = { uid, resourceVersion: there.metadata.resourceVersion };
    const body = { gracePeriodSeconds: Math.ceil(grace / 1000), preconditions };
    try {
      await unless('NotFound', () => cluster.send({ method: 'DELETE', path: `pods/${name}`, body }));
      return;
    } catch (error) {
      if (!(error instanceof ClusterError) || error.reason !== 'Conflict' || tries >= TRIES) throw error;
    }
  }
}

function isOf(pod: Pod | undefined, dispatch: string | undefined): pod is Pod {
  return pod !== undefined && (dispatch === undefined || pod.metadata.annotations?.[MARKS.dispatch] === dispatch);
}

async function unless<T>(reason: string, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ClusterError && error.reason === reason) return undefined;
    throw error;
  }
}
