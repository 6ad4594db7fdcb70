// A workflow: its versions, which one is active, and whether its triggers are paused.

import { type Instant } from '../time.ts';

/** A version of a workflow, immutable. */
export interface VersionState {
  /** From 1, without gaps. */
  readonly version: number;
  /** Hash of its definition. */
  readonly definition: string;
  readonly appliedAt: Instant;
  readonly appliedBy: string;
}

/** A workflow's state. */
export interface WorkflowState {
  readonly kind: 'workflow';
  readonly workflowId: string;
  readonly name?: string;
  readonly owner?: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Oldest first. */
  readonly versions: readonly VersionState[];
  /** The version that starts use; undefined until one is activated. */
  readonly active?: number;
  /** Names of the triggers of the active version. */
  readonly triggers: readonly string[];
  readonly triggersPaused: boolean;
}

/** An event of a workflow. */
export type WorkflowEvent =
  | {
      readonly type: 'VersionApplied';
      readonly workflowId: string;
      readonly version: number;
      readonly definition: string;
      readonly by: string;
      readonly name?: string;
      readonly owner?: string;
    }
  | { readonly type: 'VersionActivated'; readonly version: number; readonly triggers: readonly string[] }
  | { readonly type: 'TriggersPaused' }
  | { readonly type: 'TriggersResumed' };

/** The state after an event; `undefined` before the first. */
export function evolveWorkflow(state: WorkflowState | undefined, event: WorkflowEvent, at: Instant): WorkflowState {
  if (event.type === 'VersionApplied') {
    const version = { version: event.version, definition: event.definition, appliedAt: at, appliedBy: event.by };
    // What the new version does not say any more is gone: a name of the old one would mislead.
    const {
      name: _,
      owner: __,
      ...kept
    } = state ?? {
      kind: 'workflow' as const,
      workflowId: event.workflowId,
      createdAt: at,
      triggers: [],
      triggersPaused: false,
    };
    return {
      ...kept,
      ...(event.name === undefined ? {} : { name: event.name }),
      ...(event.owner === undefined ? {} : { owner: event.owner }),
      updatedAt: at,
      versions: [...(state?.versions ?? []), version],
    };
  }
  if (state === undefined) throw new Error(`${event.type} before the first version`);
  switch (event.type) {
    case 'VersionActivated':
      return { ...state, updatedAt: at, active: event.version, triggers: event.triggers };
    case 'TriggersPaused':
      return { ...state, updatedAt: at, triggersPaused: true };
    case 'TriggersResumed':
      return { ...state, updatedAt: at, triggersPaused: false };
  }
}

/** The version of that number, or the active one. */
export function versionOf(workflow: WorkflowState, version: number | undefined): VersionState | undefined {
  const wanted = version ?? workflow.active;
  return wanted === undefined ? undefined : workflow.versions[wanted - 1];
}
