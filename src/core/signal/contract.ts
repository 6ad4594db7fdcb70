// What a signal name promises to those who listen, and who publishes it. Both are part of the name's state.

import { type Schema } from '../definition/contract/keywords.ts';
import { type Instant } from '../time.ts';

/** The contract of a signal name as it holds now. */
export interface SignalContract {
  /** From 1; one more with each change. */
  readonly version: number;
  /** What the parameters must be: a schema of an object. */
  readonly schema: Schema;
  readonly description?: string;
  readonly owner?: string;
  readonly appliedAt: Instant;
  readonly appliedBy: string;
}

/** A version of a contract that was, or is. */
export interface ContractVersion {
  readonly version: number;
  readonly appliedAt: Instant;
  readonly appliedBy: string;
}

/** One who has published a signal of the name. */
export interface SignalPublisher {
  /** `ada`, `hook:github`, or of a step its place in the workflow: `step:penguins/announce`. */
  readonly by: string;
  readonly count: number;
  readonly lastAt: Instant;
}

/** What a signal name's state has beside its number. */
export interface Promised {
  /** Absent: anything may be published. */
  readonly contract?: SignalContract;
  /** The newest hundred versions, oldest first. Absent: none. */
  readonly contractVersions?: readonly ContractVersion[];
  /** The fifty who published last, the longest silent first. Absent: none since this is kept. */
  readonly publishers?: readonly SignalPublisher[];
}

/** The event that makes a version of a contract. */
export interface ContractApplied {
  readonly type: 'ContractApplied';
  readonly name: string;
  readonly version: number;
  readonly schema: Schema;
  readonly description?: string;
  readonly owner?: string;
  readonly by: string;
}

const MOST_VERSIONS = 100;
const MOST_PUBLISHERS = 50;

/** The state with a new version of its contract. */
export function withContract<S extends Promised>(state: S, event: ContractApplied, at: Instant): S {
  const { version, schema, description, owner, by } = event;
  const applied = { version, appliedAt: at, appliedBy: by };
  const contract: SignalContract = {
    ...applied,
    schema,
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner }),
  };
  return { ...state, contract, contractVersions: [...(state.contractVersions ?? []), applied].slice(-MOST_VERSIONS) };
}

/** The publishers with one more publication; of logs from before they were kept, as they were. */
export function withPublisher(
  { publishers }: Promised,
  by: string | undefined,
  at: Instant,
): Pick<Promised, 'publishers'> {
  if (by === undefined) return {};
  const known = publishers?.find((publisher) => publisher.by === by);
  const others = (publishers ?? []).filter((publisher) => publisher !== known);
  return { publishers: [...others, { by, count: (known?.count ?? 0) + 1, lastAt: at }].slice(-MOST_PUBLISHERS) };
}

/** Whoever publishes, without what is another each time: of `step:penguins/12.1/each[2]/announce`, `step:penguins/each/announce`. */
export function publisherOf(by: string): string {
  const [, workflow, path] = /^step:([^/]+)\/[0-9.]+\/(.+)$/u.exec(by) ?? [];
  return path === undefined || workflow === undefined ? by : `step:${workflow}/${path.replace(/\[[^\]]*\]/gu, '')}`;
}
