// What a step that runs as a pod of a Kubernetes cluster does: the container, and what it may use.

/** Runs one container as a pod and waits for its end. */
export interface KubernetesWork {
  readonly kind: 'kubernetes';
  /** Absent: the step's own parameter `kubernetes` says it. Imported definitions alone. */
  readonly pod?: PodDefinition;
  /** The container runs the notebook that the step's own parameter `notebook` names. Imported definitions alone. */
  readonly notebook?: true;
}

/** A container as it is written; all texts are templates with `${name}`. */
export interface PodDefinition {
  readonly image: string;
  /** In place of what the image starts. */
  readonly command?: readonly string[];
  /** What the program is given; no shell reads it. */
  readonly args?: readonly string[];
  /** The most that it may use, as Kubernetes writes amounts: `2`, `500m`. */
  readonly cpu?: string;
  /** `4Gi`, `500M`. */
  readonly memory?: string;
  /** Of the node's own disk: `10Gi`. */
  readonly disk?: string;
  /** How many whole ones. */
  readonly gpu?: string;
  /** Whose rights in the cluster the program has. Absent: none. */
  readonly serviceAccount?: string;
}

/** The amounts of a container that are limited. */
export const AMOUNTS = ['cpu', 'memory', 'disk', 'gpu'] as const;

/** What can be limited. */
export type Amount = (typeof AMOUNTS)[number];
