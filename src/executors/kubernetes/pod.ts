// A pod as the API of Kubernetes has it, as far as we read it (core/v1; https://kubernetes.io/docs/reference/kubernetes-api).

/** A pod. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: { readonly nodeName?: string };
  readonly status?: PodStatus;
}

/** What the cluster says of a pod. */
export interface PodStatus {
  readonly phase?: string;
  /** Where the cluster itself ended it. */
  readonly reason?: string;
  readonly message?: string;
  readonly conditions?: readonly PodCondition[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

/** One thing that holds of a pod, or does not. */
export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

/** Where a container stands. */
export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  /** With its digest. */
  readonly imageID: string;
  readonly state?: {
    readonly waiting?: Waiting;
    readonly running?: object;
    readonly terminated?: Terminated;
  };
}

/** Why a container has not begun. */
export interface Waiting {
  readonly reason?: string;
  readonly message?: string;
}

/** How a container ended. */
export interface Terminated {
  readonly exitCode: number;
  readonly reason?: string;
  /** What its program wrote to the termination log; or, if it never ran, why. */
  readonly message?: string;
}

/** Pods, as of a version of all that the cluster has. */
export interface PodList {
  readonly items: readonly Pod[];
  readonly metadata?: { readonly resourceVersion?: string };
}

/** What is sent to be made. */
export interface Wanted {
  readonly apiVersion: 'v1';
  readonly kind: 'Pod' | 'Secret';
  readonly metadata: Pod['metadata'] & { readonly ownerReferences?: readonly object[] };
}
