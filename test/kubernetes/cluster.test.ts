// What the other tests of this suite stand on: the cluster is a real one, and a kubeconfig of it has just the documented rights.

import { ApiException, CoreV1Api, KubeConfig, V1Pod, V1Secret, Watch } from '@kubernetes/client-node';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Kubernetes } from '../support/kubernetes.ts';
import { sharedKubernetes } from '../support/shared-kubernetes.ts';

const NAMESPACE = 'jobs';

let cluster: Kubernetes;
let config: KubeConfig;
let core: CoreV1Api;

beforeAll(async () => {
  cluster = await sharedKubernetes();
  config = configOf(cluster.kubeconfig);
  core = config.makeApiClient(CoreV1Api);
});

describe('the cluster of the tests', () => {
  it('runs a pod to its end and has its log', async () => {
    const name = await createPod(['echo', 'hi']);
    const pod = await podWhen(name, (each) => each?.status?.phase === 'Succeeded');
    expect(pod?.status?.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(0);
    expect(await core.readNamespacedPodLog({ name, namespace: NAMESPACE })).toBe('hi\n');
  });

  it('says which exit code a failed pod had', async () => {
    const name = await createPod(['sh', '-c', 'echo no >&2; exit 3']);
    const pod = await podWhen(name, (each) => each?.status?.phase === 'Failed');
    expect(pod?.status?.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(3);
    expect(await core.readNamespacedPodLog({ name, namespace: NAMESPACE })).toBe('no\n');
  });

  it('ends a pod that outlives its memory', async () => {
    const hog = ['sh', '-c', 'head -c 64m /dev/zero | tail -c 64m >/dev/null'];
    const name = await createPod(hog, { limits: { memory: '16Mi' } });
    const pod = await podWhen(name, (each) => each?.status?.phase === 'Failed');
    expect(pod?.status?.containerStatuses?.[0]?.state?.terminated?.reason).toBe('OOMKilled');
  });

  it('lets a pod end by itself when it is deleted with grace', async () => {
    const tidy = 'trap "echo tidied up; exit 0" TERM; echo begun; sleep 600 & wait';
    const name = await createPod(['sh', '-c', tidy]);
    await podWhen(name, (each) => each?.status?.phase === 'Running');
    await core.deleteNamespacedPod({ name, namespace: NAMESPACE, gracePeriodSeconds: 30 });
    const endedBy = Date.now() + 20_000;
    await podWhen(name, (each) => each === undefined);
    expect(Date.now()).toBeLessThan(endedBy);
  });

  it('kills a pod that has not ended when its grace is over', async () => {
    const name = await createPod(['sleep', '600']);
    await podWhen(name, (each) => each?.status?.phase === 'Running');
    await core.deleteNamespacedPod({ name, namespace: NAMESPACE, gracePeriodSeconds: 1 });
    expect(await podWhen(name, (each) => each === undefined)).toBeUndefined();
  });

  it('removes the secret that a pod owns with the pod', async () => {
    const name = await createPod(['true']);
    const { metadata } = await core.readNamespacedPod({ name, namespace: NAMESPACE });
    const owner = { apiVersion: 'v1', kind: 'Pod', name, uid: metadata?.uid ?? '' };
    await core.createNamespacedSecret({
      namespace: NAMESPACE,
      body: Object.assign(new V1Secret(), {
        metadata: { name, ownerReferences: [owner] },
        stringData: { token: 'x' },
      }),
    });
    await core.deleteNamespacedPod({ name, namespace: NAMESPACE });
    // The role itself may only make secrets.
    const admin = configOf(cluster.adminKubeconfig).makeApiClient(CoreV1Api);
    await expect
      .poll(() => statusOf(admin.readNamespacedSecret({ name, namespace: NAMESPACE })), { timeout: 30_000 })
      .toBe(404);
  });

  it('does not run an image that nobody has', async () => {
    const name = await createPod(['true'], {}, 'localhost/nowhere:1');
    const pod = await podWhen(name, (each) => waitingFor(each)?.startsWith('ErrImage') === true);
    expect(waitingFor(pod)).toBe('ErrImagePull');
    await core.deleteNamespacedPod({ name, namespace: NAMESPACE, gracePeriodSeconds: 0 });
  });
});

describe('the documented role', () => {
  it('gives no rights outside its namespace, and none to what it does not name', async () => {
    expect(await statusOf(core.listNamespacedPod({ namespace: 'default' }))).toBe(403);
    expect(await statusOf(core.listNamespacedSecret({ namespace: NAMESPACE }))).toBe(403);
    expect(await statusOf(core.listNode())).toBe(403);
  });

  it('lets a pod be marked', async () => {
    const name = await createPod(['true']);
    const admin = configOf(cluster.adminKubeconfig).makeApiClient(CoreV1Api);
    await core.patchNamespacedPod({
      name,
      namespace: NAMESPACE,
      body: [{ op: 'add', path: '/metadata/labels', value: { seen: 'yes' } }],
    });
    const pod = await admin.readNamespacedPod({ name, namespace: NAMESPACE });
    expect(pod.metadata?.labels).toEqual({ seen: 'yes' });
  });
});

function configOf(path: string): KubeConfig {
  const read = new KubeConfig();
  read.loadFromFile(path);
  return read;
}

async function createPod(
  command: string[],
  resources: { limits?: Record<string, string> } = {},
  image = cluster.image,
): Promise<string> {
  const pod = await core.createNamespacedPod({
    namespace: NAMESPACE,
    body: Object.assign(new V1Pod(), {
      metadata: { generateName: 'cluster-test-' },
      spec: { restartPolicy: 'Never', containers: [{ name: 'main', image, command, resources }] },
    }),
  });
  return pod.metadata?.name ?? '';
}

/** The pod as soon as it is as wished; it is `undefined` when it is gone. */
async function podWhen(name: string, isAsWished: (pod: V1Pod | undefined) => boolean): Promise<V1Pod | undefined> {
  return new Promise((resolve, reject) => {
    const path = `/api/v1/namespaces/${NAMESPACE}/pods`;
    const watching = new Watch(config).watch(
      path,
      { fieldSelector: `metadata.name=${name}` },
      (type, seen: V1Pod) => {
        const pod = type === 'DELETED' ? undefined : seen;
        if (!isAsWished(pod)) return;
        resolve(pod);
        void watching.then((controller) => {
          controller.abort();
        });
      },
      (error) => {
        reject(error instanceof Error ? error : new Error(`The watch of ${name} ended.`));
      },
    );
    watching.catch(reject);
  });
}

function waitingFor(pod: V1Pod | undefined): string | undefined {
  return pod?.status?.containerStatuses?.[0]?.state?.waiting?.reason;
}

async function statusOf(request: Promise<unknown>): Promise<number> {
  try {
    await request;
    return 200;
  } catch (error) {
    if (error instanceof ApiException) return error.code;
    throw error;
  }
}
