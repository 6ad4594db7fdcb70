// A workflow: its versions, which one is active, whether its triggers are paused, and what was set by hand.

import { type Entry } from '../json.ts';
import { type Instant } from '../time.ts';
import { type Breakpoint, type BreakpointEvent, evolveBreakpoints } from './breakpoints.ts';
import { propertiesOf, type PropertiesSnapshot, type WorkflowProperties, withSnapshot } from './properties.ts';

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
  /** Where its runs stop. Absent: nowhere. */
  readonly breakpoints?: readonly Breakpoint[];
  /** What it is found by: set by hand, or else as its newest version says. The owner is the same. */
  readonly labels?: readonly Entry<string>[];
  /** Set by hand; absent: what the active version says. */
  readonly description?: string;
  /** The newest changes of what is set by hand, the last one in force. Absent: none was made. */
  readonly snapshots?: readonly PropertiesSnapshot[];
  /** What the newest version says of what was ever set by hand. */
  readonly declared?: WorkflowProperties;
  /** It is gone: nothing of it starts until a version is applied again. Its runs can still be read. */
  readonly deleted?: WorkflowDeletion;
}

/** Who deleted a workflow, and when. */
export interface WorkflowDeletion {
  readonly at: Instant;
  readonly by: string;
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
      readonly labels?: readonly Entry<string>[];
    }
  /** What is set by hand from now on; what is not named is as the definition says. */
  | {
      readonly type: 'PropertiesChanged';
      readonly number: number;
      readonly properties: WorkflowProperties;
      readonly by: string;
    }
  | { readonly type: 'WorkflowDeleted'; readonly by: string }
  | { readonly type: 'VersionActivated'; readonly version: number; readonly triggers: readonly string[] }
  | { readonly type: 'TriggersPaused' }
  | { readonly type: 'TriggersResumed' }
  | BreakpointEvent;

/** The state after an event; `undefined` before the first. */
export function evolveWorkflow(state: WorkflowState | undefined, event: WorkflowEvent, at: Instant): WorkflowState {
  if (event.type === 'VersionApplied') return withVersion(state, event, at);
  if (state === undefined) throw new Error(`${event.type} before the first version`);
  switch (event.type) {
    case 'VersionActivated':
      return { ...state, updatedAt: at, active: event.version, triggers: event.triggers };
    case 'BreakpointSet':
    case 'BreakpointCleared':
      return { ...state, breakpoints: evolveBreakpoints(state.breakpoints ?? [], event, at) };
    case 'TriggersPaused':
      return { ...state, updatedAt: at, triggersPaused: true };
    case 'TriggersResumed':
      return { ...state, updatedAt: at, triggersPaused: false };
    case 'PropertiesChanged':
      return withProperties(state, event, at);
    case 'WorkflowDeleted': {
      const { active: _, ...left } = state;
      return { ...left, updatedAt: at, triggers: [], triggersPaused: false, deleted: { at, by: event.by } };
    }
  }
}

function withVersion(
  state: WorkflowState | undefined,
  event: Extract<WorkflowEvent, { readonly type: 'VersionApplied' }>,
  at: Instant,
): WorkflowState {
  const version = { version: event.version, definition: event.definition, appliedAt: at, appliedBy: event.by };
  // What the new version does not say any more is gone: a name of the old one would mislead.
  const {
    name: _,
    owner: __,
    labels: ___,
    deleted: ____,
    ...kept
  } = state ?? {
    kind: 'workflow' as const,
    workflowId: event.workflowId,
    createdAt: at,
    triggers: [],
    triggersPaused: false,
  };
  const declared = propertiesOf({
    ...(event.owner === undefined ? {} : { owner: event.owner }),
    ...(event.labels === undefined ? {} : { labels: event.labels }),
  });
  return {
    ...kept,
    ...(event.name === undefined ? {} : { name: event.name }),
    ...declared,
    ...setByHand(state),
    ...(state?.snapshots === undefined ? {} : { declared }),
    updatedAt: at,
    versions: [...(state?.versions ?? []), version],
  };
}

function withProperties(
  state: WorkflowState,
  { number, properties, by }: Extract<WorkflowEvent, { readonly type: 'PropertiesChanged' }>,
  at: Instant,
): WorkflowState {
  const { owner: _, labels: __, description: ___, ...kept } = state;
  // Before the first change by hand the state says what the version says.
  const declared = state.declared ?? propertiesOf(state);
  const snapshots = withSnapshot(state.snapshots ?? [], { ...properties, number, at, by });
  return { ...kept, ...declared, ...properties, declared, snapshots, updatedAt: at };
}

/** What is set by hand now. */
export function setByHand(state: WorkflowState | undefined): WorkflowProperties {
  const last = state?.snapshots?.at(-1);
  return last === undefined ? {} : propertiesOf(last);
}

/** The number of the newest version, or of the active one and without that of the newest; undefined if neither is asked for. */
export function pickedVersion(
  { versions, active }: WorkflowState,
  pick: 'latest' | 'default' | undefined,
): number | undefined {
  if (pick === undefined) return undefined;
  return pick === 'latest' ? versions.length : (active ?? versions.length);
}

/** The version of that number, or the active one. */
export function versionOf(workflow: WorkflowState, version: number | undefined): VersionState | undefined {
  const wanted = version ?? workflow.active;
  return wanted === undefined ? undefined : workflow.versions[wanted - 1];
}
