// What the state of a pod means: what it waits for, whether its program has begun, and how it ended.

import { type ContainerStatus, type Pod, type PodStatus, type Terminated, type Waiting } from './pod.ts';
import { CONTAINER } from './pod-manifest.ts';

/** Where a pod stands. */
export type PodState =
  /** `why` in a sentence's words; `isStuck` where it will hardly change by itself; `isHopeless` where it cannot. */
  | { readonly kind: 'WAITING'; readonly why: string; readonly isStuck: boolean; readonly isHopeless: boolean }
  | { readonly kind: 'RUNNING'; readonly node: string; readonly image: string }
  | { readonly kind: 'ENDED'; readonly end: PodEnd };

/** How a pod ended. */
export interface PodEnd {
  /** Of its program. Absent: it was ended by the cluster, or never began. */
  readonly code?: number;
  /** In Kubernetes' words: `Completed`, `OOMKilled`, `Evicted`, `StartError`. */
  readonly reason: string;
  /** What the cluster says about it. */
  readonly message: string;
  /** What the program wrote to its outputs file. */
  readonly outputs: string;
  /** Whether it was the cluster that needed its place. */
  readonly isDisrupted: boolean;
}

const STUCK: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ImageInspectError',
  'ErrImageNeverPull',
  'RegistryUnavailable',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);
const HOPELESS: ReadonlySet<string> = new Set(['InvalidImageName']);
/** Reasons of a pod, rather than of its container, for which nothing in it is to blame. */
const DISRUPTIONS =
  /^(?:Evicted|Preempting|Preempted|NodeLost|NodeShutdown|NodeAffinity|Shutdown|Terminated|UnexpectedAdmissionError|OutOf\w+)$/u;

const ENDED: ReadonlySet<string> = new Set(['Succeeded', 'Failed']);

/** Reads where a pod stands. */
export function podState(pod: Pod): PodState {
  const { status = {} } = pod;
  const container = status.containerStatuses?.find(({ name }) => name === CONTAINER);
  const { terminated, running, waiting = {} } = container?.state ?? {};
  if (ENDED.has(status.phase ?? '') || terminated !== undefined)
    return { kind: 'ENDED', end: endOf(status, terminated) };
  return running === undefined ? waitingState(pod, waiting) : runningState(pod, container);
}

function runningState({ spec }: Pod, container: ContainerStatus | undefined): PodState {
  const { image = '', imageID = '' } = container ?? {};
  return { kind: 'RUNNING', node: spec?.nodeName ?? '', image: imageID === '' ? image : imageID };
}

function waitingState(pod: Pod, { reason = '', message = '' }: Waiting): PodState {
  const why = waitingText(pod, reason, message);
  return { kind: 'WAITING', why, isStuck: STUCK.has(reason), isHopeless: HOPELESS.has(reason) };
}

function endOf(status: PodStatus, terminated: Terminated | undefined): PodEnd {
  const disruption = status.conditions?.find((one) => one.type === 'DisruptionTarget' && one.status === 'True');
  const { reason = '', message } = status;
  return {
    ...endOfProgram(terminated),
    ...(reason === '' ? {} : { reason }),
    ...ofCluster(message ?? disruption?.message),
    isDisrupted: disruption !== undefined || DISRUPTIONS.test(reason),
  };
}

function ofCluster(message: string | undefined): Partial<PodEnd> {
  return message === undefined ? {} : { message };
}

function endOfProgram(terminated: Terminated | undefined): Omit<PodEnd, 'isDisrupted'> {
  if (terminated === undefined) return { reason: '', message: '', outputs: '' };
  const { exitCode: code, reason = '', message = '' } = terminated;
  return RAN.has(reason) ? { code, reason, message: '', outputs: message } : { code, reason, message, outputs: '' };
}

/** Where the container never ran, its message is the cluster's own. */
const RAN: ReadonlySet<string> = new Set(['Completed', 'Error', 'OOMKilled']);

function waitingText({ status, spec }: Pod, reason: string, message: string): string {
  const unplaced = status?.conditions?.find((one) => one.type === 'PodScheduled' && one.status === 'False');
  if (unplaced !== undefined)
    return `waits for a node with room: ${unplaced.message ?? 'the cluster does not say more'}`;
  if (spec?.nodeName === undefined) return 'waits for a node';
  const isUsual = reason === '' || reason === 'ContainerCreating' || reason === 'PodInitializing';
  if (isUsual) return `is being prepared on node ${spec.nodeName}`;
  return `cannot begin on node ${spec.nodeName}: ${message === '' ? reason : `${reason}: ${message}`}`;
}
