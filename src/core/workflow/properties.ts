// What belongs to a workflow and to no version of it: set by hand, over what its definition says, until it is taken back.
// Each change is a snapshot with a number from 1; the newest are kept in state, all of them in the log.

import { type Entry } from '../json.ts';
import { type Instant } from '../time.ts';

/** What can be set by hand. A field that is absent is as the definition says. */
export interface WorkflowProperties {
  readonly owner?: string;
  readonly labels?: readonly Entry<string>[];
  readonly description?: string;
}

/** Changes of properties: null takes back what was set, what is absent stays. */
export type PropertiesChange = {
  readonly [Name in keyof WorkflowProperties]?: Exclude<WorkflowProperties[Name], undefined> | null;
};

/** The properties as they were after one change. */
export interface PropertiesSnapshot extends WorkflowProperties {
  /** From 1, without gaps. */
  readonly number: number;
  readonly at: Instant;
  readonly by: string;
}

/** How many snapshots are kept in state. */
const mostSnapshots = 20;

/** The properties after a change. */
export function changedProperties(before: WorkflowProperties, change: PropertiesChange): WorkflowProperties {
  const { owner, labels, description } = { ...before, ...change };
  return {
    ...(owner === undefined || owner === null ? {} : { owner }),
    ...(labels === undefined || labels === null ? {} : { labels }),
    ...(description === undefined || description === null ? {} : { description }),
  };
}

/** The snapshots with one more; the oldest leave. */
export function withSnapshot(
  snapshots: readonly PropertiesSnapshot[],
  added: PropertiesSnapshot,
): readonly PropertiesSnapshot[] {
  return [...snapshots, added].slice(-mostSnapshots);
}

/** What was set by hand, without when and by whom. */
export function propertiesOf({ owner, labels, description }: WorkflowProperties): WorkflowProperties {
  return changedProperties({}, { owner: owner ?? null, labels: labels ?? null, description: description ?? null });
}
