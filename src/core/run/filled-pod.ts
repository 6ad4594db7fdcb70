// The container of a pod with nothing left to look up but secrets.

import { type PodDefinition } from '../definition/kubernetes-work.ts';
import { type Entry } from '../json.ts';

/** A container with nothing left to fill in. Amounts are as Kubernetes writes them. */
export interface FilledPod extends PodDefinition {
  /** Variables beside the step's own `env`. */
  readonly env?: readonly Entry<string>[];
  /** What the pod is called, where the definition says so. Absent: by its attempt. */
  readonly name?: string;
  /** What the cluster lists it under. Absent: the workflow. */
  readonly app?: string;
  /** Whom to ask about it. */
  readonly owner?: string;
  /** What is done in the container before it is told to end. */
  readonly preStop?: readonly string[];
}
