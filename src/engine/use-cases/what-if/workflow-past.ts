// Which version of a workflow was in force when, and when its triggers were paused: from the log, and for what is cut from it from what
// the versions say of themselves.

import { type Definition } from '../../../core/definition/model.ts';
import { workflowEntity } from '../../../core/ids.ts';
import { type Instant } from '../../../core/time.ts';
import { type Happening } from '../../../core/what-if/past.ts';
import { type WorkflowState } from '../../../core/workflow/workflow.ts';
import { type Definitions } from '../../definitions.ts';
import { type Outside } from '../../outside.ts';
import { loggedEvents } from './logged-events.ts';

/** A version that came into force; without a number, none did. */
export interface InForce {
  readonly at: Instant;
  readonly version?: number;
}

/** The past of a workflow. */
export interface WorkflowPast {
  readonly state: WorkflowState;
  /** By their numbers, as far as they were in force in the time that matters. */
  readonly definitions: ReadonlyMap<number, Definition>;
  /** The version in force at a time. */
  versionAt(at: Instant): number | undefined;
  /** Changes from one version to another behind a time and before another. */
  changesWithin(from: Instant, to: Instant): readonly InForce[];
  /** Versions in force at some time of a span. */
  versionsWithin(from: Instant, to: Instant): readonly number[];
  pausedAt(at: Instant): boolean;
  /** Since when the triggers were paused at that time; undefined if they were not, or nobody knows. */
  pausedSince(at: Instant): Instant | undefined;
  /** Pausing and resuming, in their order. */
  readonly pauses: readonly Happening[];
  /** Before this the log is cut; undefined if it is whole. */
  readonly cutBefore: Instant | undefined;
}

/** Reads the past of a workflow. */
export async function workflowPast(
  { outside, definitions }: { readonly outside: Outside; readonly definitions: Definitions },
  partition: number,
  state: WorkflowState,
): Promise<WorkflowPast> {
  const cutBefore = await logBegins(outside, partition);
  const inForce: InForce[] = [];
  const pauses: Happening[] = [];
  for await (const { at, event } of loggedEvents(outside.log, {
    partition,
    entity: workflowEntity(state.workflowId),
    after: 0,
  })) {
    if (event.type === 'VersionActivated') inForce.push({ at, version: event.version });
    if (event.type === 'TriggersPaused') pauses.push({ kind: 'PAUSED', at });
    if (event.type === 'TriggersResumed') pauses.push({ kind: 'RESUMED', at });
    if (event.type === 'WorkflowDeleted') {
      inForce.push({ at });
      pauses.push({ kind: 'RESUMED', at });
    }
  }
  const all = [...beforeLog(state, cutBefore), ...inForce];
  const wasPaused =
    pauses.length === 0 ? state.triggersPaused : pauses[0]?.kind === 'RESUMED' && cutBefore !== undefined;
  const loaded = new Map<number, Definition>();
  for (const version of new Set(all.flatMap((one) => one.version ?? []))) {
    const hash = state.versions[version - 1]?.definition;
    if (hash !== undefined) loaded.set(version, await definitions.load(hash));
  }
  const changes = (from: Instant, to: Instant): readonly InForce[] => all.filter(({ at }) => at > from && at < to);
  const lastPause = (at: Instant): Happening | undefined => pauses.findLast((one) => one.at < at);
  return {
    state,
    definitions: loaded,
    cutBefore,
    pauses,
    versionAt: (at) => all.findLast((one) => one.at < at)?.version,
    changesWithin: changes,
    versionsWithin: (from, to) => {
      const first = all.findLast((one) => one.at <= from);
      return [...new Set([first, ...changes(from, to)].flatMap((one) => one?.version ?? []))];
    },
    pausedAt: (at) => {
      const last = lastPause(at);
      return last === undefined ? wasPaused : last.kind === 'PAUSED';
    },
    pausedSince: (at) => {
      const last = lastPause(at);
      return last?.kind === 'PAUSED' ? last.at : undefined;
    },
  };
}

/** Versions that came before the log begins are taken to have come into force when they were applied. */
function beforeLog({ versions }: WorkflowState, cutBefore: Instant | undefined): readonly InForce[] {
  if (cutBefore === undefined) return [];
  return versions
    .filter(({ appliedAt }) => appliedAt < cutBefore)
    .map(({ version, appliedAt }) => ({ at: appliedAt, version }));
}

async function logBegins({ log }: Outside, partition: number): Promise<Instant | undefined> {
  const first = await log.first(partition);
  if (first <= 1) return undefined;
  for (let after = first - 1; ;) {
    const blocks = await log.read(partition, after, 20);
    const at = blocks.flatMap(({ commits }) => commits)[0]?.at;
    if (at !== undefined) return at;
    const last = blocks.at(-1);
    if (last === undefined) return Infinity;
    after = last.n;
  }
}
