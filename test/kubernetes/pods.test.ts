// The executor of pods on a real cluster, with the rights of the documented role.

import { readFile } from 'node:fs/promises';
import { CoreV1Api, KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { beforeAll, describe, expect, it } from 'vitest';

import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { type PodRequest } from '../../src/core/run/pod-request.ts';
import { createKubernetesExecutor } from '../../src/executors/kubernetes/executor.ts';
import { podName } from '../../src/executors/kubernetes/pod-manifest.ts';
import { type AttemptResult, type AttemptSpec, type Executor, type RunningAttempt } from '../../src/ports/executor.ts';
import { anyExecutorContract } from '../contract/any-executor.ts';
import { type Kubernetes } from '../support/kubernetes.ts';
import { sharedKubernetes } from '../support/shared-kubernetes.ts';

const NAMESPACE = 'jobs';
const installation = `test-${String(process.pid)}`;
const secrets = createMemorySecrets({ token: 'correct-horse-battery' });
const GRACE = 2_000;

let cluster: Kubernetes;
let admin: CoreV1Api;
let executor: Executor;

beforeAll(async () => {
  cluster = await sharedKubernetes();
  const config = new KubeConfig();
  config.loadFromFile(cluster.adminKubeconfig);
  admin = config.makeApiClient(CoreV1Api);
  executor = executorOf();
});

function executorOf(more: Partial<Parameters<typeof createKubernetesExecutor>[0]> = {}): Executor {
  return createKubernetesExecutor({
    place: { config: cluster.kubeconfig },
    installation,
    secrets,
    serverUrl: () => 'http://127.0.0.1:4000',
    now: Date.now,
    ...more,
  });
}

interface Started {
  readonly attempt: RunningAttempt;
  readonly spec: AttemptSpec;
  readonly lines: readonly string[];
  /** Resolves when a line has come that matches. */
  readonly said: (wanted: RegExp) => Promise<void>;
}

let count = 0;

function start(work: Partial<PodRequest>, more: Partial<AttemptSpec> = {}, by = executor): Started {
  count += 1;
  const spec: AttemptSpec = {
    attemptId: `attempt:penguins/${String(count)}.1/train/1`,
    token: `token-${String(count)}`,
    runId: `run:penguins/${String(count)}`,
    stepId: 'train',
    work: { kind: 'kubernetes', image: cluster.image, outputs: 'FILE', ...work },
    env: [],
    params: {},
    files: [],
    inputs: [],
    outputs: [],
    artifacts: [],
    ...more,
  };
  const lines: string[] = [];
  const attempt = by.start(spec, {
    log: ({ text }) => {
      lines.push(text);
    },
  });
  const said = (wanted: RegExp): Promise<void> =>
    expect.poll(() => lines.join('\n'), { timeout: 60_000, interval: 50 }).toMatch(wanted);
  return { attempt, spec, lines, said };
}

const sh = (script: string): Partial<PodRequest> => ({ command: ['sh', '-c', script] });

async function finish(work: Partial<PodRequest>, more: Partial<AttemptSpec> = {}, by = executor): Promise<Finished> {
  const { attempt, lines } = start(work, more, by);
  const result = await attempt.result;
  attempt.forget?.();
  return { result, lines, code: result.outcome === 'failed' ? result.failure.code : result.outcome };
}

interface Finished {
  readonly result: AttemptResult;
  readonly lines: readonly string[];
  readonly code: string;
}

async function podOf({ spec }: Started): Promise<V1Pod | undefined> {
  const name = podName(installation, spec);
  return admin.readNamespacedPod({ name, namespace: NAMESPACE }).catch(() => undefined);
}

const isGone = (started: Started): Promise<void> =>
  expect.poll(async () => podOf(started), { timeout: 30_000, interval: 100 }).toBeUndefined();

anyExecutorContract('kubernetes', async () => {
  const { image, kubeconfig } = await sharedKubernetes();
  const work = { kind: 'kubernetes', image, outputs: 'FILE' } as const;
  const place = { config: kubeconfig };
  return {
    executor: createKubernetesExecutor({
      place,
      installation: `${installation}-contract`,
      secrets,
      serverUrl: () => '',
      now: Date.now,
    }),
    quiet: { ...work, command: ['true'] },
    waiting: { ...work, command: ['sh', '-c', 'echo ready; exec sleep 600'] },
    spec: { outputs: [] },
    dispose: () => Promise.resolve(),
  };
});

describe('a step in a pod', () => {
  it('sees its parameters and variables, gives its outputs, and what it prints is its log', async () => {
    const script =
      'echo "häuser $PARAM_ISLAND $WORD $DOWNBEAT_STEP_ID"; cat $DOWNBEAT_PARAMS; echo; echo rows=12 >> $DOWNBEAT_OUTPUTS; echo \'{"name": "a=b"}\' >> $DOWNBEAT_OUTPUTS';
    const { result, lines } = await finish(sh(script), {
      params: { island: 'biscoe $(HOME)', days: [1, 2] },
      env: [{ name: 'WORD', value: '$(PATH) $$ "quoted"' }],
      outputs: [
        { name: 'rows', type: 'long' },
        { name: 'name', type: 'string' },
      ],
    });
    expect(result).toEqual({
      outcome: 'succeeded',
      outputs: [
        { name: 'rows', value: 12 },
        { name: 'name', value: 'a=b' },
      ],
      signals: [],
      artifacts: [],
    });
    expect(lines).toContain('häuser biscoe $(HOME) $(PATH) $$ "quoted" train');
    expect(lines).toContain('{"island":"biscoe $(HOME)","days":[1,2]}');
    expect(lines.join('\n')).toMatch(/runs the image localhost\/busybox:1 in the namespace jobs/u);
  });

  it('is removed from the cluster once its result is taken, and not before', async () => {
    const started = start({ command: ['true'] });
    await started.attempt.result;
    expect(await podOf(started)).toBeDefined();
    started.attempt.forget?.();
    await isGone(started);
  });

  it('has its secrets, which are neither in the pod nor in the log, and go with it', async () => {
    const started = start(sh('echo "it is $TOKEN"; echo ${#TOKEN}'), {
      env: [{ name: 'TOKEN', value: [{ secret: 'token' }] }],
    });
    await started.said(/^21$/mu);
    expect(started.lines).toContain('it is •••');
    expect(JSON.stringify(await podOf(started))).not.toContain('correct-horse');
    expect(await started.attempt.result).toMatchObject({ outcome: 'succeeded' });
    started.attempt.forget?.();
    const name = podName(installation, started.spec);
    const secret = (): Promise<unknown> =>
      admin.readNamespacedSecret({ name, namespace: NAMESPACE }).catch(() => undefined);
    await expect.poll(secret, { timeout: 30_000 }).toBeUndefined();
  });

  it('cannot give a secret away as an output', async () => {
    const more = {
      env: [{ name: 'TOKEN', value: [{ secret: 'token' }] }],
      outputs: [{ name: 'a', type: 'string' }],
    } as const;
    expect((await finish(sh('echo a=$TOKEN >> $DOWNBEAT_OUTPUTS'), more)).code).toBe('SECRET_EXPOSED');
  });

  it.each([
    ['exit 3', 'USER', 'EXIT_CODE', 'ended with exit code 3: the last words'],
    ['exit 75', 'PLATFORM', 'EXIT_75', 'asked for a platform retry'],
    ['exit 137', 'PLATFORM', 'KILLED', 'was ended by SIGKILL'],
  ])('that does `%s` fails as any program does', async (script, kind, code, message) => {
    const { result } = await finish(sh(`echo the last words; ${script}`));
    expect(result).toMatchObject({ outcome: 'failed', failure: { kind, code } });
    expect(result.outcome === 'failed' && result.failure.message).toContain(message);
  });

  it('that uses more memory than it may is told so', async () => {
    const hog = sh('head -c 64m /dev/zero | tail -c 64m >/dev/null');
    expect((await finish({ ...hog, memory: '16Mi' })).code).toBe('OUT_OF_MEMORY');
  });

  it('whose program is not in the image is told so', async () => {
    const { result } = await finish({ command: ['pyhton', 'train.py'] });
    expect(result).toMatchObject({ outcome: 'failed', failure: { kind: 'USER', code: 'POD_NOT_STARTED' } });
    expect(result.outcome === 'failed' && result.failure.message).toContain('pyhton');
  });

  it('whose image is not to be had says why it waits, and fails after a while', async () => {
    const impatient = executorOf({ stuckFor: 2_000 });
    const { result, lines } = await finish({ image: 'localhost/nowhere:1' }, {}, impatient);
    expect(result).toMatchObject({ outcome: 'failed', failure: { kind: 'PLATFORM', code: 'POD_NOT_STARTED' } });
    expect(lines.join('\n')).toMatch(/The pod cannot begin on node \S+: (?:ErrImagePull|ImagePullBackOff)/u);
  });

  it('whose image has no possible name fails at once', async () => {
    expect(await finish({ image: 'Not An Image' })).toMatchObject({ code: 'POD_NOT_STARTED' });
  });

  it('for which no node has room waits, and says so', async () => {
    const started = start({ command: ['true'], gpu: '1' });
    await started.said(/waits for a node with room: .*nvidia\.com\/gpu/u);
    started.attempt.cancel(GRACE);
    expect(await started.attempt.result).toEqual({ outcome: 'cancelled' });
    expect(await podOf(started)).toBeUndefined();
  });

  it('that asks for what the cluster does not take reads its words', async () => {
    const { result } = await finish({ memory: 'much' });
    expect(result).toMatchObject({ outcome: 'failed', failure: { kind: 'USER', code: 'BAD_POD', retryable: false } });
  });

  it('runs only images that may run', async () => {
    const strict = executorOf({ images: ['registry.example.org/team/'] });
    expect((await finish({ command: ['true'] }, {}, strict)).code).toBe('IMAGE_NOT_ALLOWED');
  });

  it('may not write more outputs than come back', async () => {
    const { code } = await finish(sh('head -c 5000 /dev/zero | tr "\\0" x >> $DOWNBEAT_OUTPUTS'));
    expect(code).toBe('OUTPUT_LIMIT');
  });

  it('ends politely within its grace, and its last words are in the log', async () => {
    const started = start(sh('trap "echo tidied up; exit 0" TERM; echo begun; sleep 600 & wait'));
    await started.said(/^begun$/mu);
    started.attempt.cancel(20_000);
    expect(await started.attempt.result).toEqual({ outcome: 'cancelled' });
    expect(started.lines).toContain('tidied up');
    expect(await podOf(started)).toBeUndefined();
  });

  it('prints a great deal without losing a line', async () => {
    const { lines } = await finish(sh('i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done'));
    expect(lines.filter((line) => line.startsWith('line '))).toEqual(
      Array.from({ length: 20_000 }, (_, nth) => `line ${String(nth)}`),
    );
  });
});

describe('an attempt that is sent out again', () => {
  it('goes on with its pod, and only the newer server may end that', async () => {
    const first = start(sh('echo begun; sleep 3; echo done; echo rows=1 >> $DOWNBEAT_OUTPUTS'), {
      outputs: [{ name: 'rows', type: 'long' }],
    });
    await first.said(/^begun$/mu);
    const uid = (await podOf(first))?.metadata?.uid;
    // The first server is frozen: it knows nothing of the second.
    const second = start({}, { ...first.spec, token: 'another' }, executorOf());
    await second.said(/is there already/u);
    first.attempt.cancel(0);
    first.attempt.forget?.();
    expect(await second.attempt.result).toMatchObject({ outcome: 'succeeded', outputs: [{ name: 'rows', value: 1 }] });
    expect(second.lines).toContain('done');
    expect((await podOf(second))?.metadata?.uid).toBe(uid);
    second.attempt.forget?.();
    await isGone(second);
    expect(await first.attempt.result).toEqual({ outcome: 'cancelled' });
  });

  it('finds its result, too, where the pod has ended meanwhile', async () => {
    const first = start(sh('echo said; exit 4'));
    await first.attempt.result;
    const second = start({}, { ...first.spec, token: 'another' }, executorOf());
    expect(await second.attempt.result).toMatchObject({ failure: { code: 'EXIT_CODE' } });
    expect(second.lines).toContain('said');
    second.attempt.forget?.();
  });

  it('is left running by a server that leaves', async () => {
    const first = start(sh('echo begun; sleep 2; echo done'));
    await first.said(/^begun$/mu);
    first.attempt.detach?.();
    await first.attempt.result;
    expect((await podOf(first))?.status?.phase).toBe('Running');
    const second = start({}, { ...first.spec, token: 'another' }, executorOf());
    expect(await second.attempt.result).toMatchObject({ outcome: 'succeeded' });
    second.attempt.forget?.();
  });

  it('does not take a pod that somebody else has named so', async () => {
    const name = `taken-${String(process.pid)}`;
    const other = start({ name, ...sh('sleep 600') });
    await other.said(/runs the image/u);
    expect((await finish({ name, command: ['true'] })).code).toBe('POD_NAME_TAKEN');
    other.attempt.cancel(0);
    await other.attempt.result;
  });
});

describe('a pod that somebody deletes', () => {
  it('fails its attempt so that it is tried again', async () => {
    const started = start(sh('echo begun; exec sleep 600'));
    await started.said(/^begun$/mu);
    const name = podName(installation, started.spec);
    await admin.deleteNamespacedPod({ name, namespace: NAMESPACE, gracePeriodSeconds: 0 });
    const result = await started.attempt.result;
    expect(result).toMatchObject({ outcome: 'failed', failure: { kind: 'PLATFORM', retryable: true } });
  });
});

describe('what is over', () => {
  it('is cleared up after a server that died, and nothing else is', async () => {
    const over = start(sh('echo begun; exec sleep 600'));
    const going = start(sh('echo begun; exec sleep 600'));
    await Promise.all([over.said(/^begun$/mu), going.said(/^begun$/mu)]);
    over.attempt.detach?.();
    await executor.clearUp?.((attemptId) => Promise.resolve(attemptId === over.spec.attemptId));
    await isGone(over);
    expect((await podOf(going))?.metadata?.deletionTimestamp).toBeUndefined();
    going.attempt.cancel(0);
    await going.attempt.result;
  });
});

describe('a cluster that cannot be asked', () => {
  it('fails the attempt of a server that has none, with the setting to make', async () => {
    const { result } = await finish({}, {}, executorOf({ place: undefined }));
    expect(result).toMatchObject({ outcome: 'failed', failure: { code: 'KUBERNETES_NOT_SET' } });
  });

  it('fails the attempt of an account without rights', async () => {
    const place = { config: cluster.kubeconfig, namespace: 'default' };
    expect((await finish({}, {}, executorOf({ place }))).code).toBe('KUBERNETES_FORBIDDEN');
  });

  it('is told by the path that cannot be read', async () => {
    expect(await readFile(cluster.kubeconfig, 'utf8')).toContain('jobs');
    const { attempt, said } = start({}, {}, executorOf({ place: { config: '/nowhere/kubeconfig' } }));
    await said(/The cluster does not answer: .*nowhere/u);
    attempt.cancel(0);
    expect(await attempt.result).toEqual({ outcome: 'cancelled' });
  });
});
