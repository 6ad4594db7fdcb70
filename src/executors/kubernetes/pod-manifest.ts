// The pod of an attempt: one container that is never started twice, with the variables of contract.md as far as a pod can have them.

import { createHash } from 'node:crypto';
import { type Entry } from '../../core/json.ts';
import { type PodRequest } from '../../core/run/pod-request.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { attemptVariables, parameterVariables } from '../process/environment.ts';
import { type AttemptLimits } from '../process/limits.ts';
import { type Pod, type Wanted } from './pod.ts';
import { MARKS } from './pods.ts';

/** The only container of a pod. */
export const CONTAINER = 'step';
/** What is written here comes back with the container's end, at most so many bytes of it. */
export const OUTPUTS_FILE = '/dev/termination-log';
export const OUTPUTS_BYTES = 4096;

const PARAMS_FOLDER = '/downbeat';
/** All annotations of a pod together may have 256 KiB. */
const PARAMS_BYTES = 200_000;

/** What a pod is made of. */
export interface PodParts {
  readonly spec: AttemptSpec;
  readonly work: PodRequest;
  /** The step's own `env` with the values of secrets, and which of it holds one. */
  readonly env: readonly Entry<string>[];
  readonly secret: ReadonlySet<string>;
  readonly installation: string;
  readonly dispatch: string;
  readonly serverUrl: string;
  readonly limits: AttemptLimits;
}

/** A pod, what must be kept for it apart, and what a person should know about what it lacks. */
export interface PodManifest {
  readonly pod: Wanted;
  readonly name: string;
  /** Values that nobody may see who may only look at pods. */
  readonly secrets: readonly Entry<string>[];
  readonly notes: readonly string[];
}

/** Makes the pod of an attempt: the same at each dispatch but for the mark of the dispatch itself. */
export function podManifest(parts: PodParts): PodManifest {
  const { spec, work, installation, dispatch } = parts;
  const name = work.name ?? podName(installation, spec);
  const { variables, notes } = variablesOf(parts, name);
  const params = JSON.stringify(spec.params);
  const hasParams = work.outputs === 'FILE' && Buffer.byteLength(params) <= PARAMS_BYTES;
  const pod = {
    apiVersion: 'v1' as const,
    kind: 'Pod' as const,
    metadata: {
      name,
      labels: {
        'app.kubernetes.io/managed-by': 'downbeat',
        'app.kubernetes.io/name': labelOf(work.app ?? workflowOf(spec)),
        [MARKS.installation]: installation,
        'downbeat.dev/workflow': labelOf(workflowOf(spec)),
        'downbeat.dev/step': labelOf(spec.stepId),
      },
      annotations: {
        [MARKS.attempt]: spec.attemptId,
        [MARKS.dispatch]: dispatch,
        'downbeat.dev/run': spec.runId,
        ...(work.owner === undefined ? {} : { 'downbeat.dev/owner': work.owner }),
        ...(hasParams ? { [MARKS.params]: params } : {}),
      },
    },
    spec: {
      restartPolicy: 'Never',
      enableServiceLinks: false,
      automountServiceAccountToken: work.serviceAccount !== undefined,
      ...(work.serviceAccount === undefined ? {} : { serviceAccountName: work.serviceAccount }),
      containers: [containerOf(work, variables, hasParams)],
      ...(hasParams ? { volumes: [PARAMS_VOLUME] } : {}),
    },
  };
  const secrets = parts.env.filter((entry) => parts.secret.has(entry.name));
  const tooLong = work.outputs === 'FILE' && !hasParams;
  return {
    pod,
    name,
    secrets,
    notes: tooLong ? [...notes, 'The parameters are too long for a pod: $DOWNBEAT_PARAMS is not there.'] : notes,
  };
}

interface KeptSecret extends Wanted {
  readonly immutable: true;
  readonly stringData: Readonly<Record<string, string>>;
}

/** What keeps the secrets of a pod; it is removed with the pod. */
export function secretOf({ metadata: { name, uid, labels } }: Pod, entries: readonly Entry<string>[]): KeptSecret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    immutable: true,
    metadata: {
      name,
      ...(labels === undefined ? {} : { labels }),
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid }],
    },
    stringData: Object.fromEntries(entries.map(({ name: key, value }) => [key, value])),
  };
}

/** The same for every dispatch of an attempt, and for no other attempt of any installation. */
export function podName(installation: string, { attemptId, stepId }: AttemptSpec): string {
  const hash = createHash('sha256').update(`${installation}\0${attemptId}`).digest('hex').slice(0, 16);
  const step = stepId
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 30)
    .replace(/^-+|-+$/gu, '');
  return ['downbeat', step, hash].filter((part) => part !== '').join('-');
}

const PARAMS_VOLUME = {
  name: 'params',
  downwardAPI: {
    items: [{ path: 'params.json', fieldRef: { fieldPath: `metadata.annotations['${MARKS.params}']` } }],
  },
};

function containerOf(work: PodRequest, env: readonly object[], hasParams: boolean): object {
  const limits = Object.entries({
    cpu: work.cpu,
    memory: work.memory,
    'ephemeral-storage': work.disk,
    'nvidia.com/gpu': work.gpu,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    name: CONTAINER,
    image: work.image,
    ...(work.command === undefined ? {} : { command: work.command.map((word) => literal(work, word)) }),
    ...(work.args === undefined ? {} : { args: work.args.map((word) => literal(work, word)) }),
    env,
    resources: { limits: Object.fromEntries(limits) },
    terminationMessagePath: OUTPUTS_FILE,
    terminationMessagePolicy: 'File',
    securityContext: { allowPrivilegeEscalation: false },
    ...(work.preStop === undefined ? {} : { lifecycle: { preStop: { exec: { command: [...work.preStop] } } } }),
    ...(hasParams ? { volumeMounts: [{ name: 'params', mountPath: PARAMS_FOLDER, readOnly: true }] } : {}),
  };
}

function variablesOf(
  { spec, work, env, secret, serverUrl, limits }: PodParts,
  name: string,
): { readonly variables: readonly object[]; readonly notes: readonly string[] } {
  const isOurs = work.outputs === 'FILE';
  const params = isOurs ? parameterVariables(spec, limits.variableBytes) : { entries: [], notes: [] };
  const own = isOurs
    ? [
        { name: 'DOWNBEAT_OUTPUTS', value: OUTPUTS_FILE },
        { name: 'DOWNBEAT_PARAMS', value: `${PARAMS_FOLDER}/params.json` },
      ]
    : [];
  const plain = [...params.entries, ...own, ...attemptVariables(spec, serverUrl), ...(work.env ?? []), ...env];
  // The last of a name wins, as in the environment of a process.
  const byName = new Map(plain.map((entry) => [entry.name, entry]));
  const variables = [...byName.values()].map((entry) =>
    secret.has(entry.name)
      ? { name: entry.name, valueFrom: { secretKeyRef: { name, key: entry.name } } }
      : { name: entry.name, value: literal(work, entry.value) },
  );
  return { variables, notes: params.notes };
}

/**
 * Kubernetes reads `$(NAME)` as a reference to a variable, and `$$` as one `$`. Values are what they are; imported steps were
 * written with that in mind.
 */
function literal({ outputs }: PodRequest, text: string): string {
  return outputs === 'FILE' ? text.replaceAll('$', () => '$$') : text;
}

function workflowOf({ runId }: AttemptSpec): string {
  return /^run:([^/]+)/u.exec(runId)?.[1] ?? runId;
}

/** What a label may hold of a text. */
function labelOf(text: string): string {
  return text
    .replace(/[^\w.-]+/gu, '-')
    .slice(0, 63)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/giu, '');
}
